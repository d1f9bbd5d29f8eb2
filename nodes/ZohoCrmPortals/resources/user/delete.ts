import { isDryRun } from '../../execution/dryRun';
import { sendIds } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import { errorData } from '../../transport/error';
import { USERS } from '../../transport/scopes';
import { isGone } from '../../transport/users';
import { onCrmUsers, unknownUser } from './onCrmUsers';

export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete CRM user',
	description:
		'Remove a user from your Zoho CRM organization for good. The records stay with the deleted user; use "Transfer and Delete" to hand them over.',
	method: 'DELETE',
	path: '/users/{id}',
	scopes: [USERS.delete, USERS.read],
	limit: '1 a call',
	hint: 'The user will lose the access to Zoho CRM for good',
	thing: 'CRM user',
	done: 'deleted',
	strategy: onCrmUsers({
		maxBatchSize: 1,
		group: (item) => ({ request: item.request('id'), dryRun: isDryRun(item) }),
		send: async (connection, { request }, ids) =>
			await sendIds(connection, request, ids, 'id', { deleted: true }),
		action: 'deleted',
		foresee: (_group, user) => {
			if (!user) return unknownUser();
			return isGone(user)
				? errorData(400, 'ID_ALREADY_DELETED', { details: { id: user.id } })
				: undefined;
		},
		changes: () => ({ status: 'deleted' }),
	}),
};
