import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { readRow } from '../../transport/request';
import { USERS } from '../../transport/scopes';
import { nameOf } from '../../form/locator';
import { trim } from '../output';
import { readSettings, crmUser } from './fields';
import { crmUserOutput } from './crmUserOutput';

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
	fields: [crmUser, ...crmUserOutput.fields, readSettings],
	options: readSettings,
	strategy: perItem({
		group: (item) => {
			const id = item.read(crmUser);
			return {
				subject: { id },
				subjectName: item.read(nameOf(crmUser)),
				request: item.request({ user: id }),
				fields: crmUserOutput.read(item),
			};
		},
		send: async (connection, { request, fields }) =>
			trim(await readRow(connection, request), fields),
	}),
};
