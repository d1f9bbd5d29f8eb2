import { hasCode, isSuccess, told, unexpected } from '../answers';
import { settled } from '../finding';
import type { Question } from '../question';

export const settingsAll: Question = {
	id: 'settingsAll',
	title: 'Does the scope ZohoCRM.settings.ALL cover client portals?',
	needs: 'reads',
	scopes: ['ZohoCRM.settings.ALL'],
	apart: true,
	async ask(call) {
		const answer = await call('GET', '/settings/portals');
		const seen = `The list of portals: ${told(answer)}.`;
		if (isSuccess(answer)) return settled('yes', seen);
		return hasCode(answer, 'OAUTH_SCOPE_MISMATCH')
			? settled('no', seen)
			: unexpected(answer, 'The list of portals');
	},
};
