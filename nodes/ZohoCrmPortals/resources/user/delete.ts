import { batch } from '../../execution/batch';
import { sendIds } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import { USERS } from '../../transport/scopes';
import { usersByEmail } from './userByEmail';

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
	strategy: usersByEmail(
		batch({
			parameter: 'user',
			idKey: 'id',
			maxBatchSize: 1,
			group: (item) => ({ request: item.request('id') }),
			send: async (connection, { request }, ids) =>
				await sendIds(connection, request, ids, 'id', { deleted: true }),
		}),
	),
};
