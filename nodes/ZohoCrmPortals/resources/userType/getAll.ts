import type { Operation } from '../../transport/operation';
import { list } from '../../transport/page';
import { userTypeOutput } from './userTypeOutput';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many user types',
	description: 'Retrieve the user types of a portal with their user counts',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type',
	scope: 'ZohoCRM.settings.clientportal.READ',
	limit: 'all in one call',
	thing: 'list of user types',
	things: 'lists of user types',
	done: 'read',
	...list({
		// Without it Zoho's newest answer leaves out the modules.
		query: (item) =>
			item.value<{ includeModules?: boolean }>('filters', {}).includeModules
				? { include: 'modules' }
				: {},
		result: userTypeOutput.trim,
	}),
};
