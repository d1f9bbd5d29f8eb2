import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../../http/exactJson';
import type { Connection } from '../../http/connection';
import { errorData, ZohoApiError } from '../../http/error';
import { metadata, moduleName, optionalMetadata, PERSONALITY_MODULE } from '../../zoho/metadata';
import { labelOf } from './differences';

/** Modules of a user type in the form that Zoho accepts, and the additions that were needed. */
export interface Completed {
	modules: IDataObject[];
	output: IDataObject;
}

/**
 * Completes the modules from the form. Zoho accepts no user type without Notes, and no module in
 * which a mandatory field of a layout is missing or read-only (docs, create a user type). If the
 * metadata may not be read, the modules stay unchanged and Zoho decides. A private module without a
 * chosen layout gets its only layout.
 *
 * @param personality of a new user type, which needs Notes and layouts; an existing one has them
 * @returns `output.added` (`Notes`, `Contacts.Last_Name` for a field, `Contacts layout Standard`)
 *   and `output.made_writable`, if they are not empty
 */
export async function completeModules(
	connection: Connection,
	given: IDataObject[],
	personality?: string,
): Promise<Completed> {
	const added: string[] = [];
	const madeWritable: string[] = [];
	const complete: IDataObject[] = [];
	const isNew = personality !== undefined;
	const modules = isNew ? await withPersonality(connection, given, personality) : given;
	for (const one of modules) {
		if (one.fields === undefined) {
			complete.push(one);
			continue;
		}
		const name = await moduleName(connection, String(one.id));
		const layout = isNew ? await onlyLayout(connection, name, one) : undefined;
		const module = layout ? { ...one, layouts: [{ id: layout.id }] } : one;
		if (layout) added.push(`${name} layout ${labelOf(layout)}`);
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

/** The form offers the personality module before it is known which module that is. */
async function withPersonality(
	connection: Connection,
	modules: IDataObject[],
	personality: string,
): Promise<IDataObject[]> {
	if (!modules.some(({ id }) => id === PERSONALITY_MODULE)) return modules;
	const all = await metadata(connection, 'modules');
	const found = all.find(({ api_name }) => api_name === personality);
	if (!found) {
		const missing = [`the module ${personality}`];
		throw new ZohoApiError(errorData(0, 'NO_MATCH', { details: { missing } }));
	}
	return modules.map((module) =>
		module.id === PERSONALITY_MODULE ? { ...module, id: found.id } : module,
	);
}

/** The layout of a private module that has only one, if none was chosen. Notes needs none. */
async function onlyLayout(
	connection: Connection,
	name: string | undefined,
	{ shared_type, layouts }: IDataObject,
): Promise<IDataObject | undefined> {
	if (name === undefined || name === 'Notes') return undefined;
	if (shared_type !== 'private' || listOf(layouts).length > 0) return undefined;
	const all = await optionalMetadata(connection, 'layouts', name);
	return all.length === 1 ? all[0] : undefined;
}

/** The Notes module with the permission to view, if it is missing. */
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
