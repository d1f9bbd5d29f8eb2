import { list } from '../../run/list';
import type { Operation } from '../../run/operation';
import { send } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';

/** Zoho returns all portals at once; an organization has one. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many portals',
	description: 'Retrieve the portals of the organization with name, state and times',
	method: 'GET',
	path: '/settings/portals',
	scopes: [CLIENT_PORTAL.read],
	limit: 'all in one call',
	thing: 'list of portals',
	things: 'lists of portals',
	done: 'read',
	fields: [],
	strategy: list({
		group: (item) => ({ request: item.request() }),
		read: async (connection, { request }) => (await send(connection, request)).rows,
	}),
};
