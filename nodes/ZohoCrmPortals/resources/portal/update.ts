import type { Operation } from '../../run/operation';
import { outcomeOf, perItem } from '../../run/perItem';
import { writeRow } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { portal } from '../fields';
import { portalName } from './create';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update portal',
	description: 'Rename a portal. Its login address and everything that names it change with it.',
	method: 'PUT',
	path: '/settings/portals/{portal}',
	scopes: [CLIENT_PORTAL.update],
	limit: '1 a call',
	warnings: [{ message: 'The login address of the portal will change with its name' }],
	thing: 'portal',
	done: 'renamed',
	fields: [portal, portalName],
	strategy: perItem({
		group: (item) => {
			const present = item.read(portal);
			const name = item.read(portalName);
			return {
				subject: { name: present },
				name,
				request: { ...item.request({ portal: present }), body: { portals: [{ name }] } },
			};
		},
		// Zoho's OpenAPI file shows the old name in the answer, its documentation the new one.
		send: async (connection, { name, request }) => ({
			name,
			...outcomeOf(await writeRow(connection, request)),
		}),
	}),
};
