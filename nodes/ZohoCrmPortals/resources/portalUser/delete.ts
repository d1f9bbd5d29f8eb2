import { batch } from '../../transport/batch';
import type { Operation } from '../../transport/operation';
import { listUsers } from './listUsers';

export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete portal users',
	description: 'Take away the portal access of one or more users for good; their CRM records stay',
	method: 'DELETE',
	path: '/settings/portals/{portal}/user_type/{userType}/users',
	scope: 'ZohoCRM.settings.clientportal.DELETE',
	limit: '499 users a call',
	hint: 'These people will lose their access to the portal for good',
	thing: 'portal user',
	done: 'deleted',
	...batch({
		parameter: 'personalityIds',
		idKey: 'personality_id',
		most: 499,
		result: () => ({ deleted: true }),
		probe: listUsers,
	}),
};
