import type { IDataObject } from 'n8n-workflow';

import type { Item } from '../../transport/item';
import type { Operation } from '../../transport/operation';
import { outcomeOf, single } from '../../transport/single';
import { mendForm } from './mendForm';
import { isForm, readModules } from './modules';

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
		complete: async (request, connection, item) => {
			const [userType] = request.body?.user_type as [{ modules?: IDataObject[] }];
			if (!userType.modules || !isForm(item)) return { request };
			const { modules, output } = await mendForm(connection, userType.modules, false);
			return { request: { ...request, body: { user_type: [{ ...userType, modules }] } }, output };
		},
		result: (row, { id }) => ({ id, ...outcomeOf(row) }),
	}),
};

/** Only what is to change: Zoho keeps the rest. */
function changes(item: Item): IDataObject {
	const { name, active, personalityModule } = item.value<IDataObject>('updateFields', {});
	const modules = readModules(item)?.map((module) => (isForm(item) ? filledIn(module) : module));
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

/** A module without what the form leaves empty. */
function filledIn(module: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(module).filter(
			([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
		),
	);
}
