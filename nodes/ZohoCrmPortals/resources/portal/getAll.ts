import type { Operation } from '../../transport/operation';
import { list } from '../../transport/page';

/** Zoho gives all portals at once; an organization has one. */
export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many portals',
	description: 'Retrieve the portals of the organization with name, state and times',
	method: 'GET',
	path: '/settings/portals',
	scope: 'ZohoCRM.settings.clientportal.READ',
	limit: 'all in one call',
	thing: 'list of portals',
	things: 'lists of portals',
	done: 'read',
	...list(),
};
