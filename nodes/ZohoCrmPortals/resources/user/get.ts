import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { readRow } from '../../transport/request';
import { USERS } from '../../transport/scopes';
import { nameOf } from '../../form/locator';
import { trim } from '../output';
import { readSettings, user } from './fields';
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
	fields: [user, ...userOutput.fields, readSettings],
	options: readSettings,
	strategy: usersByEmail(
		perItem({
			group: (item) => {
				const id = item.read(user);
				return {
					subject: { id },
					subjectName: item.read(nameOf(user)),
					request: item.request({ user: id }),
					fields: userOutput.read(item),
				};
			},
			send: async (connection, { request, fields }) =>
				trim(await readRow(connection, request), fields),
		}),
	),
};
