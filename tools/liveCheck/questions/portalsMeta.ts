import { isRefusal, isSuccess, told, unexpected } from '../answers';
import { settled } from '../finding';
import type { Question } from '../question';

export const portalsMeta: Question = {
	id: 'portalsMeta',
	title: 'Is /settings/portals/meta open to customers?',
	needs: 'reads',
	scopes: ['ZohoCRM.settings.clientportal.ALL'],
	apart: true,
	async ask(call, { userTypes: [{ module }] }) {
		const answer = await call('GET', '/settings/portals/meta', { query: { module } });
		const seen = `${told(answer)}.`;
		if (isSuccess(answer)) return settled('yes', seen, 'hasMeta: true');
		return isRefusal(answer)
			? settled('no', seen, 'hasMeta: false')
			: unexpected(answer, 'The call');
	},
};
