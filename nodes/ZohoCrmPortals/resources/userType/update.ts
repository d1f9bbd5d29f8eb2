import type { IDataObject } from 'n8n-workflow';

import type { Item } from '../../transport/item';
import type { Operation } from '../../transport/operation';
import { outcomeOf, single } from '../../transport/single';
import { readModules } from './modules';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update user type',
	description: 'Change the name, state, personality module or modules of a user type',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}',
	scope: 'ZohoCRM.settings.clientportal.UPDATE',
	limit: '1 a call',
	thing: 'user type',
	done: 'updated',
	...single({
		subject: (item) => ({ id: item.text('userType') }),
		request: (item) => ({ body: { user_type: [changes(item)] } }),
		result: (row, { id }) => ({ id, ...outcomeOf(row) }),
	}),
};

/** Only what is to change: Zoho keeps the rest. */
function changes(item: Item): IDataObject {
	const { name, active, personalityModule } = item.value<IDataObject>('updateFields', {});
	const modules = readModules(item);
	const body = {
		...(name !== undefined && { name: item.checked('name', name) }),
		...(active !== undefined && { active }),
		...(personalityModule !== undefined && {
			personality_module: { api_name: item.checked('personalityModule', personalityModule) },
		}),
		...(modules && { modules }),
	};
	if (Object.keys(body).length > 0) return body;
	throw item.refuse('updateFields', 'is empty', 'Add a field to change, or modules.');
}
