import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../transport/answer';
import type { Item } from '../../transport/item';

/** One entry of the form ("Modules" > "Module"). */
interface ModuleForm {
	module: string;
	sharedType: string;
	permissions?: string[];
	layouts?: string[];
	view?: string;
	filter?: string;
	fields?: string[];
	readOnlyFields?: string[];
}

/** What Zoho takes of a module; "Get" returns more. */
const MODULE_KEYS = [
	'id',
	'api_name',
	'plural_label',
	'shared_type',
	'permissions',
	'filters',
	'fields',
	'layouts',
	'views',
];

/**
 * The modules of a user type as Zoho takes them, from the form or from JSON, whichever the item
 * chose; undefined where it chose to leave them alone.
 *
 * @throws NodeOperationError that names the parameter
 */
export function readModules(item: Item): IDataObject[] | undefined {
	const mode = item.value<string>('modulesMode', 'fields');
	if (mode === 'none') return undefined;
	const modules = mode === 'json' ? fromJson(item) : fromForm(item);
	if (modules.length > 0) return modules;
	throw item.refuse(
		mode === 'json' ? 'modulesJson' : 'modulesUi',
		'is empty',
		'Add at least the personality module.',
	);
}

function fromForm(item: Item): IDataObject[] {
	const { module: entries = [] } = item.value<{ module?: ModuleForm[] }>('modulesUi', {});
	return entries.map((entry) => {
		const { fields = [], readOnlyFields = [] } = entry;
		return {
			id: item.checked('modulesUi', entry.module),
			shared_type: entry.sharedType,
			// Zoho refuses a user type that may not see a module it has.
			permissions: {
				view: true,
				...Object.fromEntries((entry.permissions ?? []).map((name) => [name, true])),
			},
			layouts: withIds(entry.layouts),
			views: viewOf(entry.view),
			filters: withIds(entry.filter ? [entry.filter] : []),
			fields: [
				...fields
					.filter((id) => !readOnlyFields.includes(id))
					.map((id) => ({ id, read_only: false })),
				...readOnlyFields.map((id) => ({ id, read_only: true })),
			],
		};
	});
}

/** Zoho wants the key, with null where there is nothing. */
function withIds(ids: string[] = []): Array<{ id: string }> | null {
	return ids.length > 0 ? ids.map((id) => ({ id })) : null;
}

/** The picker's value is "custom_view:42"; a bare ID is taken for a custom view. */
function viewOf(view = ''): IDataObject | null {
	if (view === '') return null;
	const [, type = 'custom_view', id] = /^(?:(\w+):)?(.*)$/.exec(view) ?? [];
	return { id, type };
}

function fromJson(item: Item): IDataObject[] {
	const value = item.value<unknown>('modulesJson', '');
	const parsed = typeof value === 'string' ? parse(item, value) : value;
	const modules = modulesIn(parsed);
	if (!modules) {
		throw item.refuse(
			'modulesJson',
			'holds no modules',
			'It takes an array of modules, or what "Get" returns for a user type.',
		);
	}
	return modules.map((module) => pick(module, MODULE_KEYS));
}

function parse(item: Item, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw item.refuse('modulesJson', 'is not valid JSON', (error as Error).message);
	}
}

/** Finds the modules in an array of them, a user type, or a whole answer of Zoho. */
function modulesIn(value: unknown): IDataObject[] | undefined {
	if (Array.isArray(value)) return value.every(isObject) ? value : undefined;
	if (!isObject(value)) return undefined;
	if (Array.isArray(value.user_type)) return modulesIn(value.user_type[0]);
	return modulesIn(value.modules);
}

function pick(object: IDataObject, keys: string[]): IDataObject {
	return Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
}
