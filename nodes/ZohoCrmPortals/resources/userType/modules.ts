import type { IDataObject } from 'n8n-workflow';

import { booleanIn, display } from '../../form/field';
import type { Field, Place } from '../../form/field';
import type { Item } from '../../form/item';
import { isObject, listOf } from '../../http/exactJson';
import { pick } from '../../http/pick';
import { MODULE_PERMISSIONS, modulesJson } from './modulesFields';
import type { ModulesForm } from './modulesFields';

/** The keys of a module that Zoho accepts. */
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

/** The modules of an item, and their source. */
interface GivenModules {
	modules: IDataObject[];
	/** Whether they come from the form and have to be completed. */
	byForm: boolean;
}

/**
 * The modules of a user type in the form that Zoho accepts, from the form or from JSON.
 *
 * @throws NodeOperationError that names the parameter
 */
export function readModules(item: Item, way: 'fields' | 'json', form: ModulesForm): GivenModules {
	const byForm = way === 'fields';
	const modules = byForm ? item.read(form).map(toModule) : item.read(modulesOfJson);
	if (modules.length > 0) return { modules, byForm };
	const { displayName } = (byForm ? form : modulesJson).property;
	throw item.invalid(displayName, 'is empty', 'Add at least the personality module.');
}

function toModule(entry: ReturnType<ModulesForm['check']>[number]): IDataObject {
	const { module, sharedType, permissions, layouts, view, filter, fields, readOnlyFields } = entry;
	return {
		id: module,
		shared_type: sharedType,
		permissions: {
			// Zoho refuses a user type that may not view one of its modules.
			view: true,
			create: false,
			edit: false,
			delete: false,
			...Object.fromEntries(permissions.map((name) => [name, true])),
		},
		layouts: withIds(layouts),
		views: viewOf(view),
		filters: withIds(filter === undefined ? [] : [filter]),
		fields: [
			...fields
				.filter((id) => !readOnlyFields.includes(id))
				.map((id) => ({ id, read_only: false })),
			...readOnlyFields.map((id) => ({ id, read_only: true })),
		],
	};
}

/** Zoho requires the key, with null if the list is empty. */
function withIds(ids: string[] = []): Array<{ id: string }> | null {
	return ids.length > 0 ? ids.map((id) => ({ id })) : null;
}

function viewOf(view?: string): IDataObject | null {
	if (view === undefined) return null;
	const [type, id] = view.split(':');
	return { id, type };
}

/** A module as "Get" returns it, without the keys that Zoho does not accept in a request. */
export function toModuleInput(module: IDataObject): IDataObject {
	const { views } = module;
	return {
		...pick(module, MODULE_KEYS),
		...(isObject(views) && { views: pick(views, ['id', 'type']) }),
	};
}

/** Modules as JSON. */
const modulesOfJson: Field<IDataObject[]> = {
	...modulesJson,
	check: (given, at) => {
		const modules = modulesIn(modulesJson.check(given, at));
		if (modules) return modules.map((module) => toModuleInput(checkedModule(module, at)));
		throw at.invalid(
			'contains no modules',
			'Pass an array of modules, or what "Get" returns for a user type.',
		);
	},
};

/** The permissions of a module, according to Zoho's documentation and OpenAPI files. */
const PERMISSIONS = ['view', ...MODULE_PERMISSIONS.map(({ value }) => value)];

const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);

/** The parts of a module, with their check and its name. */
const SHAPES: Record<string, [isRight: (value: unknown) => boolean, what: string]> = {
	fields: [isList, 'a list of JSON objects'],
	filters: [isList, 'a list of JSON objects'],
	layouts: [isList, 'a list of JSON objects'],
	permissions: [isObject, 'a JSON object'],
	views: [isObject, 'a JSON object'],
};

/**
 * Checks a module of a definition, whose switches must be certain: Zoho reads any other value as
 * no, or silently ignores it.
 *
 * @throws NodeOperationError that names the parameter
 */
export function checkedModule(module: IDataObject, at: Place): IDataObject {
	const { permissions, fields } = module;
	const name = calledIn(module);
	for (const [key, [isRight, what]] of Object.entries(SHAPES)) {
		if (isSaid(module[key]) && !isRight(module[key])) {
			throw at.invalid(
				`has ${name}.${key}, which is not ${what}`,
				'Pass it as "Get" of a user type returns it with the output "Raw".',
			);
		}
	}
	const unknown = Object.keys(isObject(permissions) ? permissions : {}).find(
		(key) => !PERMISSIONS.includes(key),
	);
	if (unknown !== undefined) {
		throw at.invalid(
			`has ${name}.permissions.${unknown}, which is not a permission`,
			`The permissions are: ${PERMISSIONS.join(', ')}.`,
		);
	}
	return {
		...module,
		...(isObject(permissions) && {
			permissions: Object.fromEntries(
				Object.entries(permissions).map(([key, value]) => [
					key,
					yesOrNo(value, at, `${name}.permissions.${key}`),
				]),
			),
		}),
		...(Array.isArray(fields) && {
			fields: listOf(fields).map((field) => checkedField(field, at, name)),
		}),
	};
}

function checkedField(field: IDataObject, at: Place, module: string): IDataObject {
	const name = `${module}.fields.${calledIn(field)}`;
	const { read_only: readOnly, _delete: goes } = field;
	return {
		...field,
		...(isSaid(readOnly) && { read_only: yesOrNo(readOnly, at, `${name}.read_only`) }),
		...(isSaid(goes) && { _delete: yesOrNo(goes, at, `${name}._delete`) }),
	};
}

/** The name of a module or a field, which may not be text in hand-written JSON. */
function calledIn({ api_name, id }: IDataObject): string {
	return [api_name, id].find((name) => typeof name === 'string') ?? '?';
}

/** Whether a value is set: Zoho returns null for values that are not. */
export function isSaid(value: unknown): boolean {
	return value !== undefined && value !== null;
}

/** @throws NodeOperationError that names the parameter and the position in it */
export function yesOrNo(value: unknown, at: Place, place: string): boolean | null {
	if (value === null) return null;
	const said = booleanIn(value);
	if (said !== undefined) return said;
	throw at.invalid(
		`has ${display(value)} for ${place}, which is neither true nor false`,
		'Use true or false.',
	);
}

/** Finds the modules in an array of them, in a user type, or in a whole answer of Zoho. */
function modulesIn(value: unknown): IDataObject[] | undefined {
	if (Array.isArray(value)) return value.every(isObject) ? value : undefined;
	return isObject(value) ? modulesIn(userTypeIn(value).modules) : undefined;
}

/** The user type in a whole answer of Zoho; any other object is returned unchanged. */
export function userTypeIn(value: IDataObject): IDataObject {
	const [first] = listOf(value.user_type);
	return first ?? value;
}
