import { isRefusal, isSuccess, told, unexpected } from '../answers';
import { settled } from '../finding';
import type { Question } from '../question';
import { READ, readUsers, readUserTypes } from '../scene';

/** No portal has it: their names are unique in all of Zoho, and of 30 characters at most. */
const NAME = 'NoPortalHasThisNameWhichIsTooLong';

export const unknownPortal: Question = {
	id: 'unknownPortal',
	title: 'How is an unknown portal refused?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { userTypes: [{ id }] }) {
		const types = await readUserTypes(call, NAME);
		const users = await readUsers(call, NAME, id);
		if (!isRefusal(users) && !isSuccess(users)) {
			return unexpected(users, 'A list of portal users of no portal');
		}
		return settled(told(users), `Its user types: ${told(types)}. Its users: ${told(users)}.`);
	},
};
