import { list } from '../../run/list';
import type { Operation } from '../../run/operation';
import { readPages } from '../../http/paginate';
import { USERS } from '../../zoho/scopes';
import { limitOf, limits } from '../fields';
import { trim } from '../output';
import { readingOptions, crmUserFilters } from './fields';
import { crmUserOutput } from './crmUserOutput';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many CRM users',
	description: 'Retrieve the users of your Zoho CRM organization (employees, not portal users)',
	method: 'GET',
	path: '/users',
	scopes: [USERS.read],
	limit: '200 a page',
	thing: 'list of CRM users',
	things: 'lists of CRM users',
	done: 'read',
	fields: [crmUserFilters, ...crmUserOutput.fields, limits.returnAll, limits.limit, readingOptions],
	options: readingOptions,
	strategy: list({
		group: (item) => {
			const { type = 'AllUsers' } = item.read(crmUserFilters);
			return {
				request: { ...item.request(), query: { type } },
				limit: limitOf(item),
				fields: crmUserOutput.read(item),
			};
		},
		read: async (connection, { request, limit, fields }) =>
			(await readPages(connection, request, limit)).map((row) => trim(row, fields)),
	}),
};
