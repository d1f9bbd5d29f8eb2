import { objectIn, objectsIn, refuse } from './answers';
import type { Json, Refusal } from './answers';
import { inferred, missing } from './guards';
import type { ModuleMeta } from './modules';
import type { World } from './world';

/** @throws Refusal for a name that Zoho does not accept */
export function checkName(id: string, name: unknown): void {
	const at = { api_name: 'name', json_path: '$.user_type[0].name' };
	if (typeof name !== 'string') {
		throw refuse(id, 'INVALID_DATA', 'wrong JSON type', { ...at, expected_data_type: 'text' });
	}
	if (name.length > 50) throw refuse(id, 'INVALID_DATA', 'too long', { ...at, maximum_length: 50 });
	if (!/^[A-Za-z0-9 ]+$/.test(name)) throw refuse(id, 'INVALID_DATA', 'special characters in name');
}

/**
 * Checks a module of a new user type.
 *
 * @param index its position in the request
 * @throws Refusal for the first error in it
 */
export function checkModule(id: string, world: World, module: Json, index: number): void {
	const path = `$.user_type[0].modules[${index}]`;
	for (const key of ['id', 'shared_type', 'permissions']) {
		if (module[key] === undefined) throw missing(id, `${path}.${key}`);
	}
	const known = moduleOf(world, module);
	if (objectIn(module.permissions).view !== true) {
		throw refuse(id, 'INVALID_DATA', 'value not in list', {
			api_name: 'view',
			supported_values: ['true'],
			json_path: `${path}.permissions.view`,
		});
	}
	const layouts = objectsIn(module.layouts);
	if (module.shared_type === 'private' && known.layouts.length > 0 && layouts.length === 0) {
		throw refuse(id, 'DEPENDENT_FIELD_MISSING', '', {
			dependee: { api_name: 'id', json_path: `${path}.id` },
			api_name: 'layouts',
			json_path: `${path}.layouts`,
		});
	}
	checkLayouts(known, module, path);
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
		const json_path = `${path}.layouts[${position}].id`;
		throw inferred('INVALID_DATA', { json_path }, 'invalid data', 'user_type');
	});
}

/** @throws Refusal for an unknown module */
export function moduleOf(world: World, { id }: Json): ModuleMeta {
	const module = world.moduleById(id);
	if (!module) throw refuse('updatePortalUserType', 'INVALID_MODULE');
	return module;
}

/** The personality module of a user type; undefined for a module that cannot be one. */
export function personalityModule(world: World, { api_name, id }: Json): ModuleMeta | undefined {
	return [...world.modules.values()].find(
		(module) => module.personality && (module.api_name === api_name || module.id === id),
	);
}
