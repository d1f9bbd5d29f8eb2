import { objectIn, objectsIn, ok, refuse, without } from './answers';
import type { Answer, Json } from './answers';
import { guardUserTypes, inferred, listIn, missing, userTypeOf } from './guards';
import type { ApiRequest } from './handler';
import { rememberUsers, usersBefore } from './lag';
import { pickModule } from './modules';
import {
	checkLayouts,
	checkMandatory,
	checkModule,
	checkName,
	moduleOf,
	personalityModule,
} from './userTypeChecks';
import { described } from './userTypeModules';
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
	guardUserTypes(id, request);
	const { world, switches, params } = request;
	const given = readBody(id, request.body);
	const required = ['personality_module', 'name', 'modules'];
	// Only the OpenAPI files have the invitation field.
	if (switches.sources === 'oas') required.push('invitation_field');
	for (const key of required) {
		if (given[key] === undefined) throw missing(id, `$.user_type[0].${key}`);
	}
	checkName(id, given.name);
	const personality = personalityModule(world, objectIn(given.personality_module));
	if (!personality) throw refuse('updatePortalUserType', 'INVALID_DATA', 'unsuitable module');
	const modules = objectsIn(given.modules);
	const ids = modules.map((module) => module.id);
	if (!ids.includes(personality.id) || !ids.includes(world.module('Notes').id)) {
		throw refuse(id, 'MANDATORY_NOT_FOUND', 'lacks one of the two');
	}
	modules.forEach((module, index) => checkModule(id, world, module, index));
	const twin = [...world.userTypes.values()].some(
		(other) => other.portal === params.portal && other.name === given.name,
	);
	if (twin && switches.refusesTwins) throw refuse('updatePortalUserType', 'DUPLICATE_DATA');
	if (world.userTypes.size >= switches.userTypeLicences) {
		throw refuse(id, 'LICENSE_LIMIT_EXCEEDED');
	}
	const userType = world.addUserType(params.portal, String(given.name), {
		active: given.active === true,
		personality_module: pickModule(personality),
		...(given.invitation_field !== undefined && {
			invitation_field: given.invitation_field as UserType['invitation_field'],
		}),
		modules: modules.map((module) => described(moduleOf(world, module), module)),
	});
	if (switches.sources === 'oas') {
		const { default: isDefault, name, active, personality_module, invitation_field } = userType;
		return {
			status: 201,
			body: {
				user_type: [
					{
						default: isDefault,
						personality_module,
						name,
						active,
						invitation_field,
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
	const { world, switches } = request;
	const userType = userTypeOf(request);
	const change = readBody(id, request.body);
	if (change.name !== undefined) {
		if (typeof change.name !== 'string') {
			throw refuse(id, 'INVALID_DATA', 'wrong JSON type', {
				api_name: 'name',
				expected_data_type: 'text',
				json_path: '$.user_type[0].name',
			});
		}
		const twin = [...world.userTypes.values()].find(
			(other) => other.name === change.name && other.id !== userType.id,
		);
		if (twin) throw refuse(id, 'DUPLICATE_DATA');
		userType.name = change.name;
	}
	if (change.personality_module !== undefined) {
		const personality = personalityModule(world, objectIn(change.personality_module));
		if (userType.default && personality?.id !== userType.personality_module.id) {
			throw refuse(id, 'NOT_ALLOWED', 'default type');
		}
		if (!personality) throw refuse(id, 'INVALID_DATA', 'unsuitable module');
		userType.personality_module = pickModule(personality);
	}
	if (typeof change.active === 'boolean') userType.active = change.active;
	for (const [index, module] of objectsIn(change.modules).entries()) {
		const known = world.moduleById(module.id);
		if (!known) throw refuse(id, 'INVALID_MODULE');
		if (known.shared_type === 'public' && module.shared_type === 'private') {
			throw refuse(id, 'INVALID_MODULE');
		}
		if (objectIn(module.permissions).view === false) {
			throw refuse(id, 'INVALID_DATA', 'view false');
		}
		checkLayouts(known, module, `$.user_type[0].modules[${index}]`);
		const position = userType.modules.findIndex((one) => one.id === module.id);
		const merged = { ...userType.modules[position], ...module };
		const before = switches.keepsFields ? objectsIn(userType.modules[position]?.fields) : [];
		merged.fields = mergedFields(before, objectsIn(merged.fields));
		checkMandatory(known, merged, () => refuse(id, 'CANNOT_REMOVE'));
		if (position < 0) userType.modules.push(described(known, merged));
		else userType.modules[position] = described(known, merged);
	}
	return ok(result({ id: userType.id }, 'Portal user type updated successfully.'));
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
	if (typeof body !== 'object' || body === null) {
		throw refuse(id, 'INVALID_DATA', 'body not a JSON object');
	}
	const [given] = listIn(objectIn(body), 'user_type');
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
