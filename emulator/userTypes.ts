import { isObject, objectIn, objectsIn, ok, refuse, without, withoutNulls } from './answers';
import type { Answer, Json } from './answers';
import { guardUserTypes, inferred, listIn, userTypeOf } from './guards';
import type { ApiRequest } from './handler';
import { rememberUsers, usersBefore } from './lag';
import { pickModule } from './modules';
import type { ModuleMeta } from './modules';
import {
	checkLayouts,
	checkMandatory,
	checkModule,
	checkName,
	checkValues,
	checkView,
	invitationField,
	moduleOf,
	personalityModule,
} from './userTypeChecks';
import { created, described } from './userTypeModules';
import type { UserType, World } from './world';

export function getPortalUserTypes(request: ApiRequest): Answer {
	guardUserTypes('getPortalUserTypes', request);
	const { world, switches, query, params } = request;
	rememberUsers(request);
	const withModules = switches.sources === 'docs' || query.include === 'modules';
	const types = [...world.userTypes.values()].filter(({ portal }) => portal === params.portal);
	return ok({ user_type: types.map((type) => present(request, type, withModules)) });
}

export function getPortalUserType(request: ApiRequest): Answer {
	guardUserTypes('getPortalUserType', request);
	return ok({ user_type: [present(request, userTypeOf(request), true)] });
}

export function createPortalUserType(request: ApiRequest): Answer {
	const id = 'createPortalUserType';
	const portal = guardUserTypes(id, request);
	const { world, switches, params } = request;
	const given = readBody(id, request.body);
	// Only the OpenAPI files have the invitation field.
	checkValues(id, given, switches.sources === 'docs' ? 'invitation_field' : undefined);
	const name = String(given.name);
	checkName(id, name);
	const personality = personalityModule(world, objectIn(given.personality_module));
	if (!personality) throw refuse('updatePortalUserType', 'INVALID_DATA', 'unsuitable module');
	const invitation_field =
		given.invitation_field === undefined
			? undefined
			: invitationField(id, portal, personality, given.invitation_field);
	const modules = objectsIn(given.modules);
	const ids = modules.map((module) => module.id);
	if (!ids.includes(personality.id) || !ids.includes(world.module('Notes').id)) {
		throw refuse(id, 'MANDATORY_NOT_FOUND', 'lacks one of the two');
	}
	modules.forEach((module, index) => checkModule(id, world, personality, module, index));
	if (switches.refusesTwins && twinOf(request, name)) {
		throw refuse('updatePortalUserType', 'DUPLICATE_DATA');
	}
	if (world.userTypes.size >= switches.userTypeLicences) {
		throw refuse(id, 'LICENSE_LIMIT_EXCEEDED');
	}
	const userType = world.addUserType(params.portal, name, {
		active: given.active === true,
		personality_module: pickModule(personality),
		...(invitation_field && { invitation_field }),
		modules: modules.map((module) => created(moduleOf(world, personality, module), module)),
	});
	if (switches.sources === 'oas') {
		const { default: isDefault, active, personality_module } = userType;
		return {
			status: 201,
			body: {
				user_type: [
					{
						default: isDefault,
						personality_module,
						name,
						active,
						invitation_field: userType.invitation_field,
						id: userType.id,
						modules: userType.modules.map(asCreated),
					},
				],
			},
		};
	}
	return ok(result({ id: userType.id }, 'user type created successfully.'));
}

export function updatePortalUserType(request: ApiRequest): Answer {
	const id = 'updatePortalUserType';
	guardUserTypes(id, request);
	const { world } = request;
	const userType = userTypeOf(request);
	const change = readBody(id, request.body);
	checkValues(id, change);
	const { name, active } = change;
	if (typeof name === 'string') {
		checkName(id, name);
		if (twinOf(request, name, userType)) throw refuse(id, 'DUPLICATE_DATA');
	}
	const personality = changedPersonality(world, userType, change);
	const modules = [...userType.modules];
	const sent = Array.isArray(change.modules) ? change.modules.map(objectIn) : [];
	for (const [index, module] of sent.entries()) {
		const position = modules.findIndex((one) => one.id === module.id);
		const path = `$.user_type[0].modules[${index}]`;
		const changed = changedModule(request, personality, modules[position] ?? {}, module, path);
		modules.splice(position < 0 ? modules.length : position, 1, changed);
	}
	// Nothing is changed before everything is checked.
	if (typeof name === 'string') userType.name = name;
	if (typeof active === 'boolean') userType.active = active;
	userType.personality_module = pickModule(personality);
	userType.modules = modules;
	return ok(result({ id: userType.id }, 'Portal user type updated successfully.'));
}

/** The personality module of a user type after a change. */
function changedPersonality(world: World, userType: UserType, change: Json): ModuleMeta {
	const id = 'updatePortalUserType';
	const { api_name, id: current } = userType.personality_module;
	if (change.personality_module === undefined) return world.module(api_name);
	const personality = personalityModule(world, objectIn(change.personality_module));
	if (userType.default && personality?.id !== current) {
		throw refuse(id, 'NOT_ALLOWED', 'default type');
	}
	if (!personality) throw refuse(id, 'INVALID_DATA', 'unsuitable module');
	return personality;
}

/** A module of a user type after a change; what the change does not mention stays. */
function changedModule(
	{ world, switches }: ApiRequest,
	personality: ModuleMeta,
	before: Json,
	module: Json,
	path: string,
): Json {
	const id = 'updatePortalUserType';
	const known = moduleOf(world, personality, module);
	if (known.shared_type === 'public' && module.shared_type === 'private') {
		throw refuse(id, 'INVALID_MODULE');
	}
	if (objectIn(module.permissions).view === false) {
		throw refuse(id, 'INVALID_DATA', 'view false');
	}
	if ([...objectsIn(module.layouts), ...objectsIn([module.views])].some((one) => !one.id)) {
		throw refuse(id, 'DEPENDENT_FIELD_MISSING');
	}
	checkLayouts(known, module, path);
	checkView(world, known, module, path, () => refuse(id, 'INVALID_DATA', 'view of another'));
	const unrelated = objectsIn(module.filters).some(
		(filter) =>
			!known.fields.some((one) => one.id === filter.id && one.lookup === personality.api_name),
	);
	if (unrelated) throw refuse(id, 'INVALID_DATA', 'filter not related');
	const merged: Json = {
		...before,
		...module,
		shared_type: module.shared_type ?? before.shared_type ?? known.shared_type,
		permissions: { ...objectIn(before.permissions), ...withoutNulls(module.permissions) },
	};
	if (objectsIn(before.layouts).length > 0 && objectsIn(merged.layouts).length === 0) {
		throw refuse(id, 'CANNOT_REMOVE');
	}
	const kept = switches.keepsFields ? objectsIn(before.fields) : [];
	merged.fields = mergedFields(kept, objectsIn(merged.fields));
	checkMandatory(known, merged, () => refuse(id, 'CANNOT_REMOVE'));
	return described(known, merged);
}

/** Another user type of the portal with this name. */
function twinOf({ world, params }: ApiRequest, name: string, self?: UserType) {
	return [...world.userTypes.values()].find(
		(other) => other.portal === params.portal && other.name === name && other !== self,
	);
}

export function deletePortalUserType(request: ApiRequest): Answer {
	const id = 'deletePortalUserType';
	guardUserTypes(id, request);
	const { world, switches, query } = request;
	const userType = userTypeOf(request);
	if (userType.default) throw inferred('NOT_ALLOWED', { resource_path_index: 4 });
	const users = world.usersOf(userType.id);
	if (query.transfer_To !== undefined) {
		checkTarget(world, userType, query.transfer_To);
		for (const user of users) user.userTypeId = query.transfer_To;
	} else if (users.length > 0) {
		throw refuse(id, 'INVALID_DATA', 'still has users');
	}
	world.userTypes.delete(userType.id);
	const body = result({ id: userType.id }, 'Portal user type deleted successfully.');
	if (switches.sources === 'oas') return ok(body);
	// The documentation shows the ID as a number that is too long for JSON.parse.
	return { status: 200, raw: JSON.stringify(body).replace(/"id":"(\d+)"/, '"id":$1') };
}

/** Users can move to a type with the same personality module and the same invitation field. */
export function checkTarget(world: World, source: UserType, target: string): void {
	const type = world.userTypes.get(target);
	const fits =
		type &&
		type.portal === source.portal &&
		type.id !== source.id &&
		type.personality_module.id === source.personality_module.id &&
		type.invitation_field.id === source.invitation_field.id;
	if (!fits) {
		throw refuse('transferPortalUsers', 'INVALID_DATA', 'bad target user type', {
			transfer_To: target,
		});
	}
}

function readBody(id: string, body: unknown): Json {
	if (!isObject(body)) throw refuse(id, 'INVALID_DATA', 'body not a JSON object');
	const [given] = listIn(body, 'user_type');
	return given;
}

/** Fields are removed with `_delete`, which only the documentation describes. */
function mergedFields(before: Json[], sent: Json[]): Json[] {
	const kept = before.filter(({ id }) => !sent.some((field) => field.id === id));
	return [...kept, ...sent.filter((field) => field._delete !== true)];
}

/** The answer to a creation does not contain the view. */
function asCreated({ views, ...module }: Json): Json {
	const [view] = objectsIn([views]);
	return { ...module, views: views === null ? null : { id: view.id, type: view.type } };
}

function present(request: ApiRequest, type: UserType, withModules: boolean): Json {
	const { modules } = type;
	const shown = without(type, 'portal', 'modules');
	return { ...shown, ...countsOf(request, type), ...(withModules && { modules }) };
}

function countsOf(request: ApiRequest, { id }: UserType): Json {
	const { sources, userCounts, countsLag, countsOff } = request.switches;
	const users = usersBefore(request, countsLag, id);
	const inactive = users.filter((user) => !user.active).length;
	const told = Math.max(0, users.length + countsOff);
	const usual = sources === 'oas' ? 'byState' : 'total';
	switch (userCounts === 'sources' ? usual : userCounts) {
		case 'byState':
			return {
				active_user_count: Math.max(0, told - inactive),
				deactive_user_count: Math.min(told, inactive),
			};
		case 'total':
			return { no_of_users: told };
		case 'none':
			return {};
	}
}

function result(details: Json, message: string): Json {
	return { user_type: [{ code: 'SUCCESS', details, message, status: 'success' }] };
}
