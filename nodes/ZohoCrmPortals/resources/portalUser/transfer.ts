import { sendIds } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import type { PortalUser, UserType } from '../../transport/directory';
import { errorData } from '../../transport/error';
import type { ZohoRequest } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { listUsers } from './listUsers';
import { onPortalUsers, userGroupOf } from './onPortalUsers';
import type { Plan } from './onPortalUsers';

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
	strategy: onPortalUsers({
		maxBatchSize: 200,
		group: (item) => {
			const target = item.text('targetUserType');
			const group = userGroupOf(item);
			const request: ZohoRequest = {
				...group.request,
				query: { transfer_To: target },
				safety: 'ambiguous',
			};
			return { ...group, target, request };
		},
		// Zoho refuses to move somebody to where they are, who are as asked.
		reads: ({ userType, target }) => userType === target,
		plan: ({ target }, user, types): Plan => planTransfer(target, user, types),
		send: async (connection, { request, target }, ids) =>
			await sendIds(connection, request, ids, 'personality_id', {
				transferred: true,
				user_type_id: target,
			}),
		probe: ({ request }) => listUsers(request),
	}),
};

/** Zoho moves people between user types with the same personality module and invitation field. */
function planTransfer(target: string, { user_type_id }: PortalUser, types: UserType[]): Plan {
	if (user_type_id === target) return { unchanged: { user_type_id } };
	const from = types.find(({ id }) => id === user_type_id);
	const to = types.find(({ id }) => id === target);
	const fits = to && to.module === from?.module && to.emailField?.id === from.emailField?.id;
	return fits
		? { action: 'transferred', target_user_type_id: target }
		: { error: errorData(400, 'INVALID_DATA', { details: { transfer_To: target } }) };
}
