import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { readRow } from '../../transport/request';
import { CHANGE_OWNER, USERS } from '../../transport/scopes';
import { usersByEmail } from './userByEmail';

export const checkTransfer: Operation = {
	name: 'Check Before Transfer',
	value: 'checkTransfer',
	action: 'Check CRM user before transfer',
	description:
		'Return what someone would have to take over from a user: assignments, criteria, subordinates',
	method: 'GET',
	path: '/users/{user}/actions/validate_before_transfer',
	scopes: [CHANGE_OWNER.read, USERS.read],
	limit: '1 a call',
	thing: 'CRM user',
	done: 'checked',
	strategy: usersByEmail(
		perItem({
			group: (item) => ({
				subject: { id: item.text('user') },
				subjectName: item.nameOf('user'),
				request: item.request(),
			}),
			send: async (connection, { request }) => await readRow(connection, request),
		}),
	),
};
