import { batch } from '../../transport/batch';
import type { Item } from '../../transport/item';
import type { Operation } from '../../transport/operation';

export const changeStatus: Operation = {
	name: 'Change Status',
	value: 'changeStatus',
	action: 'Change status of portal users',
	description: 'Activate or deactivate one or more portal users; a deactivated user cannot log in',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}/users/{personality_id}/actions/change_status',
	scope: 'ZohoCRM.settings.clientportal.UPDATE',
	limit: '1 user a call',
	thing: 'portal user',
	done: 'changed',
	...batch({
		parameter: 'personalityIds',
		idKey: 'personality_id',
		most: 1,
		request: (item) => ({ query: { active: isActive(item) }, repeat: 'doubtful' }),
		result: (item) => ({ active: isActive(item) }),
		done: (item) => (isActive(item) ? 'activated' : 'deactivated'),
	}),
};

function isActive(item: Item): boolean {
	return item.value('active', true);
}
