import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { portal } from '../fields';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get portal',
	description: 'Retrieve a portal with its login address and single sign-on settings',
	method: 'GET',
	path: '/settings/portals/{portal}',
	scopes: [CLIENT_PORTAL.read],
	limit: '1 a call',
	thing: 'portal',
	done: 'read',
	fields: [portal],
	strategy: perItem({
		group: (item) => {
			const name = item.read(portal);
			return { subject: { name }, request: item.request({ portal: name }) };
		},
		send: async (connection, { request }) => await readRow(connection, request),
	}),
};
