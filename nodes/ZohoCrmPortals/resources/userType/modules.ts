import type { IDataObject } from 'n8n-workflow';

import { isObject, listOf } from '../../transport/exactJson';
import { PERSONALITY_MODULE } from '../../transport/metadata';
import type { ItemParameters } from '../../execution/parameters';
import { pick } from '../pick';

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

/** What Zoho takes of a module. */
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

/** Whether an item describes the modules by the form. */
export function isForm(item: ItemParameters): boolean {
	return item.value<string>('modulesMode', 'fields') === 'fields';
}

/**
 * The modules of a user type as Zoho takes them, from the form or from JSON, whichever the item
 * chose; undefined where it chose to leave them alone.
 *
 * @throws NodeOperationError that names the parameter
 */
export function readModules(item: ItemParameters): IDataObject[] | undefined {
	if (item.value<string>('modulesMode', 'fields') === 'none') return undefined;
	const modules = isForm(item) ? fromForm(item) : fromJson(item);
	if (modules.length > 0) return modules;
	throw item.invalid(
		isForm(item) ? 'modulesUi' : 'modulesJson',
		'is empty',
		'Add at least the personality module.',
	);
}

function fromForm(item: ItemParameters): IDataObject[] {
	const { module: entries = [] } = item.value<{ module?: ModuleForm[] }>('modulesUi', {});
	return entries.map((entry) => {
		const { fields = [], readOnlyFields = [] } = entry;
		return {
			id:
				entry.module === PERSONALITY_MODULE
					? entry.module
					: item.checked('modulesUi', entry.module),
			shared_type: entry.sharedType,
			permissions: {
				// Zoho refuses a user type that may not see a module it has.
				view: true,
				create: false,
				edit: false,
				delete: false,
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

/** A module as "Get" returns it, without what Zoho does not take back. */
export function toModuleInput(module: IDataObject): IDataObject {
	const { views } = module;
	return {
		...pick(module, MODULE_KEYS),
		...(isObject(views) && { views: pick(views, ['id', 'type']) }),
	};
}

function fromJson(item: ItemParameters): IDataObject[] {
	const modules = modulesIn(item.json('modulesJson', item.value('modulesJson', '')));
	if (!modules) {
		throw item.invalid(
			'modulesJson',
			'holds no modules',
			'It takes an array of modules, or what "Get" returns for a user type.',
		);
	}
	return modules.map(toModuleInput);
}

/** Finds the modules in an array of them, a user type, or a whole answer of Zoho. */
function modulesIn(value: unknown): IDataObject[] | undefined {
	if (Array.isArray(value)) return value.every(isObject) ? value : undefined;
	return isObject(value) ? modulesIn(userTypeIn(value).modules) : undefined;
}

/** The user type in a whole answer of Zoho; what is none is taken for the user type. */
export function userTypeIn(value: IDataObject): IDataObject {
	const [first] = listOf(value.user_type);
	return first ?? value;
}
