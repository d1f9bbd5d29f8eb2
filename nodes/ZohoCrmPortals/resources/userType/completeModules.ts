import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../../transport/exactJson';
import type { Connection } from '../../transport/connection';
import { moduleName, optionalMetadata } from '../../transport/metadata';

/** Modules of a user type as Zoho takes them, and what had to be done for that. */
interface Completed {
	modules: IDataObject[];
	output: IDataObject;
}

/**
 * Makes modules out of the form complete: Zoho takes no user type without Notes, and no module in
 * which a mandatory field of a layout is missing or read-only (docs, create a user type). Where the
 * metadata may not be read, the modules stay as they are and Zoho has its say.
 *
 * @param isNew a new user type needs Notes; one that exists has it
 * @returns with `output.added` (`Notes`, or `Contacts.Last_Name` for a field) and
 * `output.made_writable`, where there is something to name
 */
export async function completeModules(
	connection: Connection,
	modules: IDataObject[],
	isNew: boolean,
): Promise<Completed> {
	const added: string[] = [];
	const madeWritable: string[] = [];
	const complete: IDataObject[] = [];
	for (const module of modules) {
		if (module.fields === undefined) {
			complete.push(module);
			continue;
		}
		const name = await moduleName(connection, String(module.id));
		const fields = listOf(module.fields).map((field) => ({ ...field }));
		for (const { id, api_name } of await mandatoryFields(connection, name, module.layouts)) {
			const field = fields.find((one) => one.id === id);
			if (!field) {
				fields.push({ id, read_only: false });
				added.push(`${name}.${String(api_name)}`);
			} else if (field.read_only === true) {
				field.read_only = false;
				madeWritable.push(`${name}.${String(api_name)}`);
			}
		}
		complete.push({ ...module, fields });
	}
	const notes = isNew ? await missingNotes(connection, modules) : undefined;
	if (notes) {
		complete.push(notes);
		added.push('Notes');
	}
	return {
		modules: complete,
		output: {
			...(added.length > 0 && { added }),
			...(madeWritable.length > 0 && { made_writable: madeWritable }),
		},
	};
}

/** Notes that can be read, if the modules lack them. */
async function missingNotes(
	connection: Connection,
	modules: IDataObject[],
): Promise<IDataObject | undefined> {
	const all = await optionalMetadata(connection, 'modules');
	const notes = all.find((module) => module.api_name === 'Notes');
	if (!notes || modules.some(({ id }) => id === notes.id)) return undefined;
	const nothing = { layouts: null, views: null, filters: null, fields: [] };
	return { id: notes.id, shared_type: 'private', permissions: { view: true }, ...nothing };
}

async function mandatoryFields(
	connection: Connection,
	module: string | undefined,
	chosen: unknown,
): Promise<IDataObject[]> {
	const ids = new Set(listOf(chosen).map(({ id }) => id));
	if (!module || ids.size === 0) return [];
	const layouts = await optionalMetadata(connection, 'layouts', module);
	const fields = layouts
		.filter(({ id }) => ids.has(id))
		.flatMap(({ sections }) => listOf(sections))
		.flatMap((section) => listOf(section.fields))
		.filter(({ required }) => required === true);
	return [...new Map(fields.map((field) => [field.id, field])).values()];
}
