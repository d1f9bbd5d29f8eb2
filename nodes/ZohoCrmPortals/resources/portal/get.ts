import type { Operation } from '../../transport/operation';
import { single } from '../../transport/single';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get portal',
	description: 'Retrieve a portal with its login address and single sign-on settings',
	method: 'GET',
	path: '/settings/portals/{portal}',
	scope: 'ZohoCRM.settings.clientportal.READ',
	limit: '1 a call',
	thing: 'portal',
	done: 'read',
	...single({
		subject: (item) => ({ name: item.text('portal') }),
		result: (portal) => portal,
	}),
};
