import type { Operation } from '../../transport/operation';
import { single } from '../../transport/single';
import { userTypeOutput } from './userTypeOutput';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get user type',
	description: 'Retrieve a user type with its modules, layouts, fields and permissions',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type/{userType}',
	scope: 'ZohoCRM.settings.clientportal.READ',
	limit: '1 a call',
	thing: 'user type',
	done: 'read',
	...single({
		subject: (item) => ({ id: item.text('userType') }),
		result: (userType, _, item) => userTypeOutput.trim(userType, item),
	}),
};
