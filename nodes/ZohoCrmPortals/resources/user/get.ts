import type { Operation } from '../../transport/operation';
import { single } from '../../transport/single';
import { userOutput } from './userOutput';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get CRM user',
	description: 'Retrieve a user of your Zoho CRM organization with role, profile and state',
	method: 'GET',
	path: '/users/{user}',
	scope: 'ZohoCRM.users.READ',
	limit: '1 a call',
	thing: 'CRM user',
	done: 'read',
	...single({
		subject: (item) => ({ id: item.text('user') }),
		result: (user, _, item) => userOutput.trim(user, item),
	}),
};
