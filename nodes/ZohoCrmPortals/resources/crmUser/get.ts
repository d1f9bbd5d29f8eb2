import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { USERS } from '../../zoho/scopes';
import { nameOf } from '../../form/locator';
import { trim } from '../output';
import { readingOptions, crmUser } from './fields';
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
	fields: [crmUser, ...crmUserOutput.fields, readingOptions],
	options: readingOptions,
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
