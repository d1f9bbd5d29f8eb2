import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { readRow } from '../../transport/request';
import { USERS } from '../../transport/scopes';
import { trim } from '../output';
import { userOutput } from './userOutput';
import { usersByEmail } from './userByEmail';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get CRM user',
	description: 'Retrieve a user of your Zoho CRM organization with role, profile and state',
	method: 'GET',
	path: '/users/{user}',
	scopes: [USERS.read],
	limit: '1 a call',
	thing: 'CRM user',
	done: 'read',
	strategy: usersByEmail(
		perItem({
			group: (item) => ({
				subject: { id: item.text('user') },
				subjectName: item.nameOf('user'),
				request: item.request(),
				fields: userOutput.fields(item),
			}),
			send: async (connection, { request, fields }) =>
				trim(await readRow(connection, request), fields),
		}),
	),
};
