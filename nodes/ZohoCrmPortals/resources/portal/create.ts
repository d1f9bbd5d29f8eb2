import { text } from '../../form/field';
import type { Operation } from '../../run/operation';
import { answerIn, perItem } from '../../run/perItem';
import { writeRow } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';

/** The name of a portal. */
export const portalName = text({
	displayName: 'Name',
	name: 'name',
	required: true,
	placeholder: 'e.g. AcmeClients',
	description: 'The name of the portal: 6 to 30 letters and digits, unique across all of Zoho',
});

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create portal',
	description: 'Create a portal; Zoho allows one per organization, and its name must be unique',
	method: 'POST',
	path: '/settings/portals',
	scopes: [CLIENT_PORTAL.create],
	limit: '1 a call, 1 portal per organization',
	thing: 'portal',
	done: 'created',
	fields: [portalName],
	strategy: perItem({
		group: (item) => {
			const name = item.read(portalName);
			return { subject: { name }, request: { ...item.request(), body: { portals: [{ name }] } } };
		},
		send: async (connection, { subject, request }) => ({
			...subject,
			...answerIn(await writeRow(connection, request)),
		}),
	}),
};
