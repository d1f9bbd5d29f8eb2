import { list } from '../../execution/list';
import type { Operation } from '../../execution/operation';
import { send } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { trim } from '../output';
import { userTypeOutput } from './userTypeOutput';

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
	strategy: list({
		group: (item) => {
			const { includeModules } = item.value<{ includeModules?: boolean }>('filters', {});
			return {
				// Without it Zoho's newest answer leaves out the modules.
				request: { ...item.request(), query: includeModules ? { include: 'modules' } : {} },
				fields: userTypeOutput.fields(item),
			};
		},
		read: async (connection, { request, fields }) =>
			(await send(connection, request)).rows.map((row) => trim(row, fields)),
	}),
};
