import { batch, sendIds } from '../../execution/batch';
import type { Operation } from '../../execution/operation';

export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete CRM user',
	description:
		'Remove a user from your Zoho CRM organization for good. The records stay with the deleted user; use "Transfer and Delete" to hand them over.',
	method: 'DELETE',
	path: '/users/{id}',
	scope: 'ZohoCRM.users.DELETE',
	limit: '1 a call',
	hint: 'The user will lose the access to Zoho CRM for good',
	thing: 'CRM user',
	done: 'deleted',
	strategy: batch({
		parameter: 'user',
		idKey: 'id',
		maxBatchSize: 1,
		group: (item) => ({ request: item.request('id') }),
		send: async (connection, { request }, ids) => await sendIds(connection, request, ids, 'id'),
		output: () => ({ deleted: true }),
	}),
};
