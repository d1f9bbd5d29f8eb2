import type { Operation } from '../../transport/operation';
import { outcomeOf, single } from '../../transport/single';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update portal',
	description: 'Rename a portal. Its login address and everything that names it change with it.',
	method: 'PUT',
	path: '/settings/portals/{portal}',
	scope: 'ZohoCRM.settings.clientportal.UPDATE',
	limit: '1 a call',
	hint: 'The login address of the portal will change with its name',
	thing: 'portal',
	done: 'renamed',
	...single({
		subject: (item) => ({ name: item.text('portal') }),
		// Asked again after a rename that got no clear answer, Zoho does not know the old name.
		request: (item) => ({
			body: { portals: [{ name: item.text('name') }] },
			repeat: 'doubtful',
		}),
		// Zoho's OpenAPI file shows the old name in the answer, its documentation the new one.
		result: (row, _, item) => ({ name: item.text('name'), ...outcomeOf(row) }),
	}),
};
