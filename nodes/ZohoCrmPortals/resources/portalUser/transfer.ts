import { batch } from '../../transport/batch';
import type { Operation } from '../../transport/operation';
import { listUsers } from './listUsers';

export const transfer: Operation = {
	name: 'Transfer',
	value: 'transfer',
	action: 'Transfer portal users',
	description: 'Move one or more users to another user type of the portal, with its permissions',
	method: 'POST',
	// "action" in the singular and "transfer_To" with a capital T are Zoho's own.
	path: '/settings/portals/{portal}/user_type/{userType}/users/action/transfer',
	scope: 'ZohoCRM.settings.clientportal.UPDATE',
	limit: '200 users a call',
	hint: 'These people will see what the target user type may see, and nothing else',
	thing: 'portal user',
	done: 'transferred',
	...batch({
		parameter: 'personalityIds',
		idKey: 'personality_id',
		most: 200,
		request: (item) => ({
			query: { transfer_To: item.text('targetUserType') },
			repeat: 'doubtful',
		}),
		result: (item) => ({ transferred: true, user_type_id: item.text('targetUserType') }),
		probe: listUsers,
	}),
};
