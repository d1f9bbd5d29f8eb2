import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { outcomeOf, perItem } from '../../execution/perItem';
import { CLIENT_PORTAL, METADATA } from '../../transport/scopes';
import { completeModules } from './completeModules';
import { isForm, readModules } from './modules';
import { writeUserType } from './writeUserType';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update user type',
	description: 'Change the name, state, personality module or modules of a user type',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}',
	scopes: [CLIENT_PORTAL.update, METADATA.layouts, METADATA.modules],
	limit: '1 a call',
	thing: 'user type',
	done: 'updated',
	strategy: perItem({
		group: (item) => ({
			subject: { id: item.text('userType') },
			request: item.request(),
			changes: changesOf(item),
			byForm: isForm(item),
		}),
		send: async (connection, { subject, request, changes, byForm }) => {
			const { modules, output } =
				changes.modules && byForm
					? await completeModules(connection, changes.modules, false)
					: { modules: changes.modules, output: {} };
			const userType = { ...changes, ...(modules && { modules }) };
			const { row, lacking } = await writeUserType(connection, request, userType, subject.id);
			return { ...subject, ...outcomeOf(row), ...output, ...lacking };
		},
	}),
};

interface Changes extends IDataObject {
	modules?: IDataObject[];
}

/** Only what is to change: Zoho keeps the rest. */
function changesOf(item: ItemParameters): Changes {
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
	throw item.invalid('updateFields', 'is empty', 'Add a field to change, or modules.');
}

/** A module without what the form leaves empty. */
function filledIn(module: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(module).filter(
			([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
		),
	);
}
