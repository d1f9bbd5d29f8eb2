import type { Operation } from '../../execution/operation';
import { outcomeOf, perItem } from '../../execution/perItem';
import { writeRow } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create portal',
	description: 'Open a portal; Zoho allows one per organization, under a name nobody else uses',
	method: 'POST',
	path: '/settings/portals',
	scopes: [CLIENT_PORTAL.create],
	limit: '1 a call, 1 portal per organization',
	thing: 'portal',
	done: 'created',
	strategy: perItem({
		group: (item) => {
			const name = item.text('name');
			return { subject: { name }, request: { ...item.request(), body: { portals: [{ name }] } } };
		},
		send: async (connection, { subject, request }) => ({
			...subject,
			...outcomeOf(await writeRow(connection, request)),
		}),
	}),
};
