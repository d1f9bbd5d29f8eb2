import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isObject, listOf } from '../../http/exactJson';

/** One setting of a user type or of one of its modules. */
interface Statement {
	/**
	 * The subject of the setting, by IDs. Two user types of an organization have it under the same
	 * key.
	 */
	about: string;
	/** ID of the module; undefined for settings of the user type itself. */
	moduleId?: string;
	/** The displayed name of the module. */
	module: string | null;
	/** The key in Zoho's object: "permissions". */
	key: string;
	/** The field in readable form: "permissions.edit", "fields.Email". */
	field: string;
	/** The value, by IDs. */
	value: GenericValue;
	/** The value in readable form. */
	shown: GenericValue;
}

/** A difference between two user types. */
export interface Difference extends Pick<Statement, 'moduleId' | 'module' | 'key' | 'field'> {
	old: GenericValue;
	new: GenericValue;
}

/** The values of a module that does not mention a key. Other keys then stay unchanged. */
const UNSAID: Record<string, GenericValue> = {
	fields: null,
	filters: [],
	layouts: [],
	permissions: false,
	views: null,
};

/**
 * The changes that writing a user type would make to an existing one. Settings that the new one
 * does not mention stay unchanged. A field of a module is removed if it is marked with `_delete`,
 * as Zoho requires.
 *
 * @param old empty for a new user type
 */
export function differences(old: IDataObject, wanted: IDataObject): Difference[] {
	const said = new Map(statementsOf(old).map((one) => [one.about, one]));
	return statementsOf(wanted).flatMap(({ about, value, shown, moduleId, module, key, field }) => {
		const before = said.get(about);
		const was = before ? before.value : UNSAID[key];
		if (JSON.stringify(was) === JSON.stringify(value)) return [];
		return [{ moduleId, module, key, field, old: before?.shown ?? null, new: shown }];
	});
}

/** Differences in the form of the output. */
export function readable(all: Difference[]): IDataObject[] {
	return all.map(({ module, field, old, new: now }) => ({ module, field, old, new: now }));
}

/** The displayed name of a part of a user type; its ID if Zoho was not asked for names. */
export function labelOf(entry: IDataObject): string {
	const { api_name, name, display_label, plural_label, id } = entry;
	return String(api_name ?? name ?? display_label ?? plural_label ?? id);
}

function statementsOf(userType: IDataObject): Statement[] {
	const { name, active, personality_module: personality } = userType;
	const own: Record<string, GenericValue> = {
		name,
		active,
		personality_module: isObject(personality) ? labelOf(personality) : undefined,
	};
	return [
		...Object.entries(own)
			.filter(([, value]) => value !== undefined)
			.map(([key, value]) => ({
				about: key,
				module: null,
				key,
				field: key,
				value,
				shown: value,
			})),
		...listOf(userType.modules).flatMap(statementsOfModule),
	];
}

function statementsOfModule(module: IDataObject): Statement[] {
	const { id, shared_type, permissions, layouts, views, filters, fields } = module;
	const moduleId = String(id);
	const say = (key: string, value: GenericValue, shown = value): Statement => {
		return {
			about: `${moduleId} ${key}`,
			moduleId,
			module: labelOf(module),
			key,
			field: key,
			value,
			shown,
		};
	};
	const list = (key: string, value: unknown, keyOf: (entry: IDataObject) => string) =>
		value === undefined
			? []
			: [say(key, listOf(value).map(keyOf).sort(), listOf(value).map(labelOf))];
	return [
		...(shared_type ? [say('shared_type', shared_type)] : []),
		...Object.entries(isObject(permissions) ? permissions : {}).map(([permission, given]) => ({
			...say('permissions', given === true),
			about: `${moduleId} permissions ${permission}`,
			field: `permissions.${permission}`,
		})),
		...list('layouts', layouts, layoutKey),
		...(views === undefined ? [] : [say('views', viewKey(views), viewLabel(views))]),
		...list('filters', filters, (filter) => String(filter.id)),
		...listOf(fields).map((field) => ({
			...say('fields', accessOf(field)),
			about: `${moduleId} fields ${String(field.id)}`,
			field: `fields.${labelOf(field)}`,
		})),
	];
}

function accessOf({ _delete: goes, read_only: readOnly }: IDataObject): string | null {
	if (goes === true) return null;
	return readOnly === true ? 'read-only' : 'writable';
}

/** Users see the layout itself unless another view of it is chosen. */
function layoutKey({ id, _default_view: view }: IDataObject): string {
	const other = isObject(view) && view.type === 'wizard' ? ` ${String(view.id)}` : '';
	return `${String(id)}${other}`;
}

function viewKey(view: unknown): string | null {
	return isObject(view) ? `${String(view.type ?? 'custom_view')} ${String(view.id)}` : null;
}

function viewLabel(view: unknown): string | null {
	return isObject(view) ? labelOf(view) : null;
}
