import { isRefusal, isSuccess, told, unexpected } from '../answers';
import { settled } from '../finding';
import type { Question } from '../question';
import { madeUp, READ, readUsers, USER_TYPE } from '../scene';

export const unknownUserType: Question = {
	id: 'unknownUserType',
	title: 'How is an unknown user type refused?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { portal, userTypes: [{ id }] }) {
		const [unknown] = madeUp(id, 1);
		const type = await call('GET', USER_TYPE, { path: { portal, user_type_id: unknown } });
		const users = await readUsers(call, portal, unknown);
		if (!isRefusal(users) && !isSuccess(users)) {
			return unexpected(users, 'A list of portal users of no user type');
		}
		return settled(told(users), `Itself: ${told(type)}. Its users: ${told(users)}.`);
	},
};
