import { sendIds } from '../../run/idResults';
import type { Operation } from '../../run/operation';
import { errorData } from '../../http/error';
import { USERS } from '../../zoho/scopes';
import { isGone } from '../../zoho/crmUsers';
import { settings, crmUser } from './fields';
import { onCrmUsers, unknownCrmUser } from './onCrmUsers';

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
	warnings: [{ message: 'The user will lose access to Zoho CRM for good' }],
	thing: 'CRM user',
	done: 'deleted',
	fields: [crmUser, settings],
	options: settings,
	strategy: onCrmUsers({
		maxBatchSize: 1,
		group: (item) => ({ request: item.request() }),
		send: async (connection, { request }, ids) =>
			await sendIds(connection, request, ids, 'id', { deleted: true }),
		action: 'deleted',
		foresee: (_group, present) => {
			if (!present) return unknownCrmUser();
			return isGone(present)
				? errorData(400, 'ID_ALREADY_DELETED', { details: { id: present.id } })
				: undefined;
		},
		changes: () => ({ status: 'deleted' }),
	}),
};
