import type { Operation } from '../../transport/operation';
import { list } from '../../transport/page';
import { userOutput } from './userOutput';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many CRM users',
	description: 'Retrieve the users of your Zoho CRM organization (employees, not portal users)',
	method: 'GET',
	path: '/users',
	scope: 'ZohoCRM.users.READ',
	limit: '200 a page',
	thing: 'list of CRM users',
	things: 'lists of CRM users',
	done: 'read',
	...list({
		perPage: 200,
		query: (item) => ({ type: item.value<{ type?: string }>('filters', {}).type ?? 'AllUsers' }),
		result: userOutput.trim,
	}),
};
