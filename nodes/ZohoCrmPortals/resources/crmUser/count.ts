import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { USERS } from '../../zoho/scopes';
import { crmUserFilters } from './fields';

export const count: Operation = {
	name: 'Count',
	value: 'count',
	action: 'Count CRM users',
	description: 'Return how many users your Zoho CRM organization has, all or of one type',
	method: 'GET',
	path: '/users/actions/count',
	scopes: [USERS.read],
	limit: '1 a call',
	thing: 'number of CRM users',
	done: 'read',
	fields: [crmUserFilters],
	strategy: perItem({
		group: (item) => {
			const { type = 'AllUsers' } = item.read(crmUserFilters);
			return { subject: {}, request: { ...item.request(), query: { type } } };
		},
		// A number in Zoho's documentation, text in an OpenAPI file.
		send: async (connection, { request }) => ({
			count: Number((await readRow(connection, request)).count),
		}),
	}),
};
