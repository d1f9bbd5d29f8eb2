import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { outcomeOf, perItem } from '../../execution/perItem';
import type { Connection } from '../../transport/connection';
import { readRow } from '../../transport/request';
import { CLIENT_PORTAL, METADATA } from '../../transport/scopes';
import { completeModules } from './completeModules';
import { differences, readable } from './differences';
import { foreseeChange, foreseeModules, foreseeName } from './foresee';
import { isForm, readModules } from './modules';
import { writeUserType } from './writeUserType';

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
	strategy: perItem({
		group: (item) => ({
			subject: { id: item.text('userType') },
			subjectName: item.nameOf('userType'),
			request: item.request(),
			portal: item.text('portal'),
			changes: changesOf(item),
			byForm: isForm(item),
		}),
		send: async (connection, { subject, request, changes, byForm }) => {
			const { userType, output } = await complete(connection, changes, byForm);
			const { row, lacking } = await writeUserType(connection, request, userType, subject.id);
			const { name } = changes;
			return {
				...subject,
				...(name !== undefined && { name }),
				...outcomeOf(row),
				...output,
				...lacking,
			};
		},
		plan: async (connection, { subject, request, portal, changes, byForm }) => {
			const { path } = request;
			const present = await readRow(connection, {
				method: 'GET',
				path,
				scope: CLIENT_PORTAL.read,
			});
			const { name = present.name, personality_module: personality } = changes;
			if (changes.name !== undefined) {
				await foreseeName(connection, portal, changes.name, subject.id);
			}
			if (personality) await foreseeChange(connection, present, personality.api_name);
			const { userType, output } = await complete(connection, changes, byForm);
			await foreseeModules(connection, userType.modules ?? []);
			const changed = readable(differences(present, userType));
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

/** The changes with modules as Zoho takes them. */
async function complete(
	connection: Connection,
	changes: Changes,
	byForm: boolean,
): Promise<{ userType: Changes; output: IDataObject }> {
	if (!changes.modules || !byForm) return { userType: changes, output: {} };
	const { modules, output } = await completeModules(connection, changes.modules);
	return { userType: { ...changes, modules }, output };
}

/** Only what is to change: Zoho keeps the rest. */
function changesOf(item: ItemParameters): Changes {
	const { name, active, personalityModule } = item.value<IDataObject>('updateFields', {});
	const modules = readModules(item)?.map((module) => (isForm(item) ? filledIn(module) : module));
	const body = {
		...(name !== undefined && { name: item.checked('newName', name) }),
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
