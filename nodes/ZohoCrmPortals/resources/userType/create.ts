import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../transport/answer';
import type { Operation } from '../../transport/operation';
import { outcomeOf, single } from '../../transport/single';
import { withInvitationField } from './invitationField';
import { readModules } from './modules';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create user type',
	description: 'Add a user type to a portal: whom it is for and which modules they see',
	method: 'POST',
	path: '/settings/portals/{portal}/user_type',
	scope: 'ZohoCRM.settings.clientportal.CREATE',
	limit: '1 a call, 5 user types per organization',
	thing: 'user type',
	done: 'created',
	...single({
		subject: (item) => ({ name: item.text('name') }),
		request: (item) => ({
			body: {
				user_type: [
					{
						name: item.text('name'),
						personality_module: { api_name: item.text('personalityModule') },
						active: item.value('active', true),
						modules: readModules(item),
					},
				],
			},
		}),
		complete: withInvitationField,
		result: (row) => ({ id: createdId(row), ...outcomeOf(row) }),
	}),
};

/** Zoho's documentation answers with `details.id`, its OpenAPI file with the whole user type. */
function createdId(row: IDataObject): string {
	return String((isObject(row.details) ? row.details.id : undefined) ?? row.id);
}
