import { isRefusal, isSuccess, told, unexpected } from '../answers';
import { settled } from '../finding';
import type { Question } from '../question';
import { READ, USERS } from '../scene';

export const typeOptional: Question = {
	id: 'typeOptional',
	title: 'May a list of portal users go without type?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { portal, userTypes: [{ id }] }) {
		const answer = await call('GET', USERS, { path: { portal, user_type_id: id } });
		const seen = `Without type: ${told(answer)}.`;
		if (isSuccess(answer)) return settled('yes', seen);
		return isRefusal(answer) ? settled('no', seen) : unexpected(answer, 'A list without type');
	},
};
