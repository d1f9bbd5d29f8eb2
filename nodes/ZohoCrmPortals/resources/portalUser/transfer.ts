import { batch } from '../../execution/batch';
import { sendIds } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import type { ZohoRequest } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { listUsers } from './listUsers';

export const transfer: Operation = {
	name: 'Transfer',
	value: 'transfer',
	action: 'Transfer portal users',
	description: 'Move one or more users to another user type of the portal, with its permissions',
	method: 'POST',
	// "action" in the singular and "transfer_To" with a capital T are Zoho's own.
	path: '/settings/portals/{portal}/user_type/{userType}/users/action/transfer',
	scopes: [CLIENT_PORTAL.update, CLIENT_PORTAL.read],
	limit: '200 users a call',
	hint: 'These people will see what the target user type may see, and nothing else',
	thing: 'portal user',
	done: 'transferred',
	strategy: batch({
		parameter: 'personalityIds',
		idKey: 'personality_id',
		maxBatchSize: 200,
		group: (item) => {
			const target = item.text('targetUserType');
			const request: ZohoRequest = {
				...item.request(),
				query: { transfer_To: target },
				safety: 'ambiguous',
			};
			return { target, request };
		},
		send: async (connection, { request, target }, ids) =>
			await sendIds(connection, request, ids, 'personality_id', {
				transferred: true,
				user_type_id: target,
			}),
		probe: ({ request }) => listUsers(request),
	}),
};
