import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import type { Item } from '../../form/item';
import { answerIn, perItem } from '../../run/perItem';
import type { Connection } from '../../http/connection';
import { readUserType, toUserType } from '../../zoho/directory';
import { CLIENT_PORTAL, METADATA } from '../../zoho/scopes';
import { collection } from '../../form/collection';
import { choice } from '../../form/field';
import { nameOf, subjectIn } from '../../form/locator';
import { portal, userType } from '../fields';
import { afterwards } from './compare';
import { completeModules } from './completeModules';
import { differences, readable } from './differences';
import { active, nameField, personalityModule, settings } from './fields';
import { foreseeChange, foreseeModules, foreseeName } from './foresee';
import { readModules } from './modules';
import { modules, modulesJson, modulesMode, WAYS } from './modulesFields';
import { plannedRows, plannedTypes } from './plannedTypes';
import { writeUserType } from './writeUserType';

const updateFields = collection(
	{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
	{
		active,
		name: nameField({
			displayName: 'New Name',
			description: 'New name of the user type: letters, digits and spaces, at most 50',
		}),
		personalityModule: personalityModule({
			description: 'The new personality module; that of the default user type cannot be changed',
		}),
	},
);

const mode = choice({
	...modulesMode,
	default: 'none',
	options: [{ name: 'Leave as They Are', value: 'none' }, ...WAYS],
});

const modulesForm = modules();

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update user type',
	description: 'Change the name, state, personality module or modules of a user type',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}',
	scopes: [CLIENT_PORTAL.update, CLIENT_PORTAL.read, METADATA.layouts, METADATA.modules],
	limit: '1 a call',
	thing: 'user type',
	done: 'updated',
	fields: [portal, userType, updateFields, mode, modulesForm, modulesJson, settings],
	options: settings,
	strategy: perItem({
		inOrder: true,
		subject: (item) => item.read(subjectIn(userType)),
		group: (item) => {
			const known = { portal: item.read(portal), userType: item.read(userType) };
			return {
				subject: { id: known.userType },
				subjectName: item.read(nameOf(userType)),
				request: item.request(known),
				inPortal: known.portal,
				...changesOf(item),
			};
		},
		send: async (connection, { subject, request, changes, byForm }) => {
			const { written, output } = await complete(connection, changes, byForm);
			const { row, lacking } = await writeUserType(connection, request, written, subject.id);
			const { name } = changes;
			return {
				...subject,
				...(name !== undefined && { name }),
				...answerIn(row),
				...output,
				...lacking,
			};
		},
		plan: async (connection, { subject, request, inPortal, changes, byForm }) => {
			const { id } = subject;
			const rows = plannedRows(connection);
			const present = rows.get(id) ?? (await readUserType(connection, request.path));
			const { name = present.name, personality_module: personality } = changes;
			const types =
				changes.name === undefined ? undefined : await plannedTypes(connection, inPortal);
			if (types && changes.name !== undefined) foreseeName(types, changes.name, id);
			if (personality) await foreseeChange(connection, present, personality.api_name);
			const { written, output } = await complete(connection, changes, byForm);
			await foreseeModules(connection, written.modules ?? []);
			const after = afterwards(present, { modules: [], ...written });
			rows.set(id, after);
			types?.set(id, toUserType(after));
			const changed = readable(differences(present, written));
			return changed.length > 0
				? { name, action: 'updated', changed, ...output }
				: { name, action: 'unchanged', unchanged: true };
		},
	}),
};

interface Changes extends IDataObject {
	name?: string;
	personality_module?: { api_name: string };
	modules?: IDataObject[];
}

/** The changes, with modules in the form that Zoho accepts. */
async function complete(
	connection: Connection,
	changes: Changes,
	byForm: boolean,
): Promise<{ written: Changes; output: IDataObject }> {
	if (!changes.modules || !byForm) return { written: changes, output: {} };
	const completed = await completeModules(connection, changes.modules);
	return { written: { ...changes, modules: completed.modules }, output: completed.output };
}

/** Only the requested changes: Zoho keeps the rest. */
function changesOf(item: Item): { changes: Changes; byForm: boolean } {
	const { name, active: isActive, personalityModule: personality } = item.read(updateFields);
	const way = item.read(mode);
	const given = way === 'none' ? undefined : readModules(item, way, modulesForm);
	const byForm = given?.byForm === true;
	const changes = {
		...(name !== undefined && { name }),
		...(isActive !== undefined && { active: isActive }),
		...(personality !== undefined && { personality_module: { api_name: personality } }),
		...(given && { modules: byForm ? given.modules.map(filledIn) : given.modules }),
	};
	if (Object.keys(changes).length > 0) return { changes, byForm };
	const { displayName } = updateFields.property;
	throw item.invalid(displayName, 'is empty', 'Add a field or modules to change.');
}

/** A module without the fields that are empty in the form. */
function filledIn(module: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(module).filter(
			([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
		),
	);
}
