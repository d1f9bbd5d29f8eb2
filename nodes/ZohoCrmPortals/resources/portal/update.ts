import type { Operation } from '../../execution/operation';
import { outcomeOf, perItem } from '../../execution/perItem';
import { writeRow } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update portal',
	description: 'Rename a portal. Its login address and everything that names it change with it.',
	method: 'PUT',
	path: '/settings/portals/{portal}',
	scopes: [CLIENT_PORTAL.update],
	limit: '1 a call',
	hint: 'The login address of the portal will change with its name',
	thing: 'portal',
	done: 'renamed',
	strategy: perItem({
		group: (item) => ({
			subject: { name: item.text('portal') },
			name: item.text('name'),
			request: {
				...item.request(),
				body: { portals: [{ name: item.text('name') }] },
			},
		}),
		// Zoho's OpenAPI file shows the old name in the answer, its documentation the new one.
		send: async (connection, { name, request }) => ({
			name,
			...outcomeOf(await writeRow(connection, request)),
		}),
	}),
};
