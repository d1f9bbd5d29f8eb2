import { isObject, objectIn, objectsIn, refuse, withoutNulls } from './answers';
import type { Json, Refusal } from './answers';
import { documented, enums } from './contract';
import { inferred, missing } from './guards';
import { isRelated } from './modules';
import type { ModuleMeta } from './modules';
import type { Portal, UserType, World } from './world';

/** Whether a value has a type, by the contract's names of types. IDs are also sent as numbers. */
const HAS_TYPE = new Map<unknown, (value: unknown) => boolean>([
	['jsonobject', isObject],
	['jsonarray', Array.isArray],
	['text', (value) => typeof value === 'string'],
	['boolean', (value) => typeof value === 'boolean'],
	['integer', Number.isInteger],
	['bigint', (value) => /^\d+$/.test(String(value))],
]);

/**
 * Checks a user type against the rules of the contract: required keys, types, and values to choose
 * from. The lengths in the rules are not real ones.
 *
 * @param optional a required key that the sources disagree on
 * @throws Refusal for the first error
 */
export function checkValues(id: string, given: Json, optional?: string): void {
	for (const rule of documented(id).validation ?? []) {
		const { api_name, required, expected_data_type, supported_values } = rule;
		for (const { json_path, value } of valuesAt(given, rule.json_path)) {
			const refuseWith = (cause: string, details: Json) =>
				refuse(id, 'INVALID_DATA', cause, { api_name, ...details, json_path });
			if (value === undefined) {
				if (required === true && api_name !== optional) throw missing(id, json_path);
			} else if (value === null && required !== true) {
				continue;
			} else if (!HAS_TYPE.get(expected_data_type)?.(value)) {
				throw refuseWith('wrong JSON type', { expected_data_type });
			} else if (Array.isArray(supported_values) && !supported_values.includes(String(value))) {
				throw refuseWith('value not in list', { supported_values });
			}
		}
	}
}

/** The values at a path of the contract, with their real paths; undefined for a missing key. */
function valuesAt(given: Json, path: string): Array<{ json_path: string; value: unknown }> {
	const [, , ...keys] = path.split('.');
	return keys.reduce<Array<{ json_path: string; value: unknown }>>(
		(found, key) =>
			found.flatMap(({ json_path, value }) => {
				if (!isObject(value)) return [];
				const name = key.replace('[*]', '');
				const at = `${json_path}.${name}`;
				const inner = value[name];
				if (name === key) return [{ json_path: at, value: inner }];
				if (!Array.isArray(inner)) return [];
				return inner.map((one, index) => ({
					json_path: `${at}[${index}]`,
					value: objectIn(one),
				}));
			}),
		[{ json_path: '$.user_type[0]', value: given }],
	);
}

/** @throws Refusal for a name that Zoho does not accept */
export function checkName(id: string, name: string): void {
	const at = { api_name: 'name', json_path: '$.user_type[0].name' };
	if (name === '') throw refuse(id, 'INVALID_DATA', 'too short', { ...at, minimum_length: 1 });
	if (name.length > 50) throw refuse(id, 'INVALID_DATA', 'too long', { ...at, maximum_length: 50 });
	if (!/^[A-Za-z0-9 ]+$/.test(name)) {
		throw refuse('createPortalUserType', 'INVALID_DATA', 'special characters in name');
	}
}

/**
 * The invitation field of a user type, which is sent with an ID, an API name or both.
 *
 * @throws Refusal for a field that the personality module does not have, or that SAML rules out
 */
export function invitationField(
	id: string,
	{ saml_configuration: saml }: Portal,
	personality: ModuleMeta,
	given: unknown,
): UserType['invitation_field'] {
	const { id: fieldId, api_name } = withoutNulls(given);
	const field = personality.fields.find((one) =>
		fieldId === undefined ? one.api_name === api_name : one.id === fieldId,
	);
	if (!field) throw invalid('$.user_type[0].invitation_field.id');
	if (field.data_type === 'phone' && saml) {
		throw refuse(id, 'NOT_ALLOWED', 'invitation_field is a phone field');
	}
	return { api_name: field.api_name, id: field.id };
}

/** An error whose form is that of a field that is not allowed in portals. */
function invalid(json_path: string): Refusal {
	return inferred('INVALID_DATA', { json_path }, 'invalid data', 'user_type');
}

/**
 * Checks a module of a new user type.
 *
 * @param index its position in the request
 * @throws Refusal for the first error in it
 */
export function checkModule(
	id: string,
	world: World,
	personality: ModuleMeta,
	module: Json,
	index: number,
): void {
	const path = `$.user_type[0].modules[${index}]`;
	const known = moduleOf(world, personality, module);
	const layouts = objectsIn(module.layouts);
	if (module.shared_type === 'private' && known.layouts.length > 0 && layouts.length === 0) {
		throw refuse(id, 'DEPENDENT_FIELD_MISSING', '', {
			dependee: { api_name: 'id', json_path: `${path}.id` },
			api_name: 'layouts',
			json_path: `${path}.layouts`,
		});
	}
	checkLayouts(known, module, path);
	if (isObject(module.views)) {
		for (const key of ['type', 'id']) {
			if (withoutNulls(module.views)[key] === undefined) throw missing(id, `${path}.views.${key}`);
		}
	}
	checkView(world, known, module, path, () => invalid(`${path}.views.id`));
	objectsIn(module.filters).forEach((filter) => {
		if (!known.filters.includes(String(filter.id))) {
			throw refuse(id, 'NOT_ALLOWED', 'not on the given layout', {
				json_path: `${path}.layouts[0].id`,
			});
		}
	});
	checkMandatory(known, module, () =>
		inferred('REQUIRED_PARAM_MISSING', { api_name: 'id', json_path: `${path}.fields` }),
	);
	objectsIn(module.fields).forEach((field, position) => {
		if (field.read_only === undefined) throw refuse(id, 'REQUIRED_PARAM_MISSING');
		const meta = known.fields.find((one) => one.id === field.id);
		if (!meta || meta.allowedInPortals === false) {
			throw refuse(id, 'INVALID_DATA', 'not supported in portals', {
				json_path: `${path}.fields[${position}].id`,
			});
		}
	});
}

/**
 * Checks mandatory fields, as documented for both writes: mandatory fields of a layout stay, and
 * stay writable.
 *
 * @param left the refusal of a module that lacks one
 */
export function checkMandatory(known: ModuleMeta, module: Json, left: () => Refusal): void {
	const chosen = objectsIn(module.layouts).map((layout) => layout.id);
	const mandatory = known.layouts
		.filter((layout) => chosen.includes(layout.id))
		.flatMap((layout) => layout.mandatory);
	const fields = objectsIn(module.fields);
	for (const id of mandatory) {
		const field = fields.find((one) => one.id === id);
		if (!field) throw left();
		if (field.read_only === true) {
			throw refuse('updatePortalUserType', 'INVALID_DATA', 'mandatory field read-only');
		}
	}
}

/** Layouts must belong to the module. No source says how Zoho refuses others. */
export function checkLayouts(known: ModuleMeta, module: Json, path: string): void {
	objectsIn(module.layouts).forEach((layout, position) => {
		if (known.layouts.some((one) => one.id === layout.id)) return;
		throw invalid(`${path}.layouts[${position}].id`);
	});
}

/**
 * Checks the view of a module. Canvas views are in no list, so any ID that is not the one of
 * another view may be one.
 *
 * @param foreign the refusal of a view of another module
 */
export function checkView(
	world: World,
	known: ModuleMeta,
	{ views }: Json,
	path: string,
	foreign: () => Refusal,
): void {
	const { id, type = 'canvas_view' } = objectIn(views);
	if (!enums.viewType.includes(String(type))) {
		throw refuse('createPortalUserType', 'INVALID_DATA', 'value not in list', {
			api_name: 'type',
			supported_values: enums.viewType,
			json_path: `${path}.views.type`,
		});
	}
	if (!isObject(views) || known.views.some((view) => view.id === id)) return;
	const all = [...world.modules.values()].flatMap((module) => module.views);
	if (type === 'custom_view' || all.some((view) => view.id === id)) throw foreign();
}

/** @throws Refusal for an unknown module, or one that is not related to the personality module */
export function moduleOf(world: World, personality: ModuleMeta, { id }: Json): ModuleMeta {
	const module = world.moduleById(id);
	if (!module || !isRelated(module, personality)) {
		throw refuse('updatePortalUserType', 'INVALID_MODULE');
	}
	return module;
}

/** The personality module of a user type; undefined for a module that cannot be one. */
export function personalityModule(world: World, { api_name, id }: Json): ModuleMeta | undefined {
	return [...world.modules.values()].find(
		(module) => module.personality && (module.api_name === api_name || module.id === id),
	);
}
