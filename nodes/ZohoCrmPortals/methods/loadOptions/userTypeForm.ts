import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { byName, chosenUserType, chosenValue, portalsMeant, readOffer } from '../picker';
import {
	isUsable,
	metadata,
	moduleName,
	PERSONALITY_MODULE,
	relatedModules,
} from '../../zoho/metadata';
import { userTypesOf } from '../../zoho/directory';
import { isObject, listOf } from '../../http/exactJson';
import type { Connection } from '../../http/connection';

/**
 * Lists the modules that a user type with the chosen personality module may have. In the form of a
 * new user type, the first entry is the personality module, whichever one is chosen.
 */
export async function getModules(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await sortedList(this, 'modules', async (connection) => {
		const chosen = await personality(this, connection);
		const related = await relatedModules(connection, chosen);
		const offered =
			related.length > 0 ? related : (await metadata(connection, 'modules')).filter(isUsable);
		if (chosenValue(this, 'operation') !== 'create') return offered;
		const own = { plural_label: 'Personality Module', ...offered.find(isNamed(chosen)) };
		return [
			{ ...own, id: PERSONALITY_MODULE },
			...offered.filter((module) => !isNamed(chosen)(module)),
		];
	});
}

/** Lists the layouts of the module chosen in the same entry. */
export async function getLayouts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listOfModule(this, 'layouts', async (connection, name, related) => {
		return related ? listOf(related.layouts) : await metadata(connection, 'layouts', name);
	});
}

/**
 * Lists the list views of the module chosen in the same entry. Values have the form
 * "custom_view:42".
 */
export async function getViews(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const found = await listOfModule(this, 'custom_views', async (connection, name, related) => {
		const views = related
			? listOf(related.views)
			: await metadata(connection, 'custom_views', name);
		return views.map((view) => ({
			...view,
			id: `${String(view.type ?? 'custom_view')}:${String(view.id)}`,
		}));
	});
	return orNone(found);
}

/**
 * Lists the lookup fields that connect the module chosen in the same entry to the personality
 * module.
 */
export async function getFilters(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const found = await listOfModule(this, 'fields', async (connection, name, related, target) => {
		if (related) return listOf(related.filters);
		return (await metadata(connection, 'fields', name)).filter((field) => pointsTo(field, target));
	});
	return orNone(found);
}

/** Lists the fields of the module chosen in the same entry. */
export async function getFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await listOfModule(this, 'fields', async (connection, name) => {
		return (await metadata(connection, 'fields', name)).filter(({ visible }) => visible !== false);
	});
}

/** n8n's editor marks an empty value as invalid unless the list contains it. */
function orNone(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return [{ name: 'None', value: '' }, ...options];
}

/** Reads the options of a picker and sorts them. */
async function sortedList(
	context: ILoadOptionsFunctions,
	what: 'custom_views' | 'fields' | 'layouts' | 'modules',
	read: (connection: Connection) => Promise<IDataObject[]>,
): Promise<INodePropertyOptions[]> {
	const rows = await readOffer(context, what.replace('_', ' '), read);
	return rows.map((row) => ({ name: shownName(row), value: String(row.id) })).sort(byName);
}

/** Zoho's metadata has the displayed name under different keys. */
export function shownName(row: IDataObject): string {
	const { plural_label, display_label, field_label, display_value, name, api_name } = row;
	return String(
		plural_label ?? display_label ?? field_label ?? display_value ?? name ?? api_name ?? row.id,
	);
}

/** API name of the chosen personality module, or that of the user type if none is chosen. */
async function personality(context: ILoadOptionsFunctions, connection: Connection) {
	const chosen =
		chosenValue(context, 'personalityModule') ||
		chosenValue(context, 'updateFields.personalityModule');
	if (chosen !== '') return chosen;
	const userType = chosenValue(context, 'userType');
	if (userType === '') return '';
	const portals = await portalsMeant(context, connection);
	const all = portals.length === 1 ? await userTypesOf(connection, portals[0]) : [];
	return chosenUserType(all, userType)?.module ?? '';
}

/** Reads the options of a picker for the module chosen in the same entry. */
async function listOfModule(
	context: ILoadOptionsFunctions,
	what: 'custom_views' | 'fields' | 'layouts',
	read: (
		connection: Connection,
		name: string,
		related: IDataObject | undefined,
		personality: string,
	) => Promise<IDataObject[]>,
): Promise<INodePropertyOptions[]> {
	const id = String(context.getCurrentNodeParameter('&module') ?? '');
	if (id === '') return [];
	return await sortedList(context, what, async (connection) => {
		const target = await personality(context, connection);
		const modules = await relatedModules(connection, target);
		const isOwn = id === PERSONALITY_MODULE;
		const related = modules.find(isOwn ? isNamed(target) : (module) => module.id === id);
		const name = isOwn ? target : (related?.api_name ?? (await moduleName(connection, id)));
		if (name === undefined || name === '') return [];
		return await read(connection, String(name), related, target);
	});
}

function isNamed(name: string): (module: IDataObject) => boolean {
	return ({ api_name }) => api_name === name;
}

function pointsTo({ lookup }: IDataObject, target: string): boolean {
	const module = isObject(lookup) ? lookup.module : undefined;
	return isObject(module) && module.api_name === target;
}
