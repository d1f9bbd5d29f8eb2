import type { Operation } from '../../transport/operation';
import { single } from '../../transport/single';

export const count: Operation = {
	name: 'Count',
	value: 'count',
	action: 'Count CRM users',
	description: 'Return how many users your Zoho CRM organization has, all or of one type',
	method: 'GET',
	path: '/users/actions/count',
	scope: 'ZohoCRM.users.READ',
	limit: '1 a call',
	thing: 'number of CRM users',
	done: 'read',
	...single({
		subject: () => ({}),
		request: (item) => ({
			query: { type: item.value<{ type?: string }>('filters', {}).type ?? 'AllUsers' },
		}),
		// A number in Zoho's documentation, a text in an OpenAPI file.
		result: ({ count: users }) => ({ count: Number(users) }),
	}),
};
