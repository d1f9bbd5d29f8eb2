import { list } from '../../run/list';
import type { Operation } from '../../run/operation';
import { send } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { collection } from '../../form/collection';
import { flag } from '../../form/field';
import { portal } from '../fields';
import { trim } from '../output';
import { userTypeOutput } from './userTypeOutput';

const filters = collection(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' },
	{
		includeModules: flag({
			displayName: 'Include Modules',
			name: 'includeModules',
			description: 'Whether to return the modules of each user type as well',
		}),
	},
);

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many user types',
	description: 'Retrieve the user types of a portal with their user counts',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type',
	scopes: [CLIENT_PORTAL.read],
	limit: 'all in one call',
	thing: 'list of user types',
	things: 'lists of user types',
	done: 'read',
	fields: [portal, ...userTypeOutput.fields, filters],
	strategy: list({
		group: (item) => {
			const { includeModules } = item.read(filters);
			const request = item.request({ portal: item.read(portal) });
			return {
				// Without this parameter, Zoho's newest answers leave out the modules.
				request: { ...request, query: includeModules ? { include: 'modules' } : {} },
				fields: userTypeOutput.read(item),
			};
		},
		read: async (connection, { request, fields }) =>
			(await send(connection, request)).rows.map((row) => trim(row, fields)),
	}),
};
