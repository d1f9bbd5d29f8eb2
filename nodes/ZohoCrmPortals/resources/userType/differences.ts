import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isObject, listOf } from '../../http/exactJson';

/** Something that a user type says of itself or of one of its modules. */
interface Statement {
	/** What it is about, by IDs: two user types of an organization say it under the same key. */
	about: string;
	/** ID of the module; undefined for what the user type says of itself. */
	moduleId?: string;
	/** The module as people call it. */
	module: string | null;
	/** Key of Zoho's object that says it: "permissions". */
	key: string;
	/** The same for people: "permissions.edit", "fields.Email". */
	field: string;
	/** What it says, by IDs. */
	value: GenericValue;
	/** The same for people. */
	shown: GenericValue;
}

/** Something in which two user types differ. */
export interface Difference extends Pick<Statement, 'moduleId' | 'module' | 'key' | 'field'> {
	old: GenericValue;
	new: GenericValue;
}

/** What a module says that does not mention a key. Other keys are then left open. */
const UNSAID: Record<string, GenericValue> = {
	fields: null,
	filters: [],
	layouts: [],
	permissions: false,
	views: null,
};

/**
 * What writing a user type would change about one that is there. What the new one does not mention
 * stays as it is; a field of a module goes where it is marked with `_delete`, as Zoho has it.
 *
 * @param old empty for a user type that is new
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

/** Differences as they are returned. */
export function readable(all: Difference[]): IDataObject[] {
	return all.map(({ module, field, old, new: now }) => ({ module, field, old, new: now }));
}

/** What people call something in a user type; its ID where Zoho was not asked. */
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

/** People see the layout itself unless another view of it is chosen. */
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
