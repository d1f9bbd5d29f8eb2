import type { Operation } from '../../transport/operation';
import { outcomeOf, single } from '../../transport/single';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create portal',
	description: 'Open a portal; Zoho allows one per organization, under a name nobody else uses',
	method: 'POST',
	path: '/settings/portals',
	scope: 'ZohoCRM.settings.clientportal.CREATE',
	limit: '1 a call, 1 portal per organization',
	thing: 'portal',
	done: 'created',
	...single({
		subject: (item) => ({ name: item.text('name') }),
		request: (item) => ({ body: { portals: [{ name: item.text('name') }] } }),
		result: (row, { name }) => ({ name, ...outcomeOf(row) }),
	}),
};
