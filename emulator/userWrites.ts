import { answerOf, objectIn, objectsIn, ok, refuse } from './answers';
import type { Answer, Json } from './answers';
import type { Switches } from './switches';
import { guardUsers, listIn, missing, oneOf } from './guards';
import type { ApiRequest } from './handler';
import { settle } from './mixed';
import type { Part } from './mixed';
import { result } from './users';
import type { OrgUser, World } from './world';

const NAME = /^[^<>{}`]*$/;

export function createUser(request: ApiRequest): Answer {
	const id = 'createUser';
	guardUsers(id, request, 'NOT_ALLOWED');
	const { world, switches, body } = request;
	if (switches.usersManagedElsewhere) throw refuse(id, 'UNAPPROVABLE', 'Zoho One');
	const given = oneOf(id, body, 'users');
	checkUser(id, request, given);
	const { first_name, last_name, email, role, profile, ...others } = given;
	if (!first_name && !last_name) throw refuse(id, 'MANDATORY_NOT_FOUND', 'last name');
	if (!role) throw refuse(id, 'INVALID_DATA', 'bad Reporting_To or role id');
	if (!profile) throw refuse(id, 'INVALID_DATA', 'bad profile');
	if (typeof email !== 'string' || !email.includes('@')) {
		throw refuse(id, 'INVALID_DATA', 'bad email');
	}
	if (email.endsWith('@zoho.com')) throw refuse(id, 'INVALID_DATA', 'zoho.com address');
	if (hasEmail(world, email)) throw refuse(id, 'DUPLICATE_DATA', 'email taken');
	if (world.users.size >= switches.userLicences) throw refuse(id, 'LICENSE_LIMIT_EXCEEDED');
	const user = world.addUser(String(first_name ?? ''), String(last_name ?? ''), {
		...others,
		...named(request, given),
		email,
		confirm: false,
	});
	return { status: 201, body: result({ id: user.id }, 'User added') };
}

export function updateUser(request: ApiRequest): Answer {
	const id = 'updateUser';
	guardUsers(id, request, 'UNAPPROVABLE');
	const { params, body } = request;
	const user = changeable(id, request, params.user_id);
	const change = oneOf(id, body, 'users');
	checkChange(id, request, user, change);
	apply(request, user, change);
	return ok({ users: [updated(user)] });
}

/** The most users in an update: one in the documentation and in a stray example. */
const MOST_UPDATES = { oas: 10, docs: 1 };

/** Updates several users. `mixedIds` determines the result for right and wrong ones in one call. */
export function updateUsers(request: ApiRequest): Answer {
	const id = 'updateUsers';
	guardUsers(id, request, 'UNAPPROVABLE');
	const { switches, body } = request;
	const changes = listIn(body, 'users');
	const most = MOST_UPDATES[switches.sources];
	if (changes.length > most) {
		const at = { maximum_length: most, api_name: 'users', json_path: '$.users' };
		throw refuse(id, 'INVALID_DATA', 'more than ten users', at);
	}
	// A single user who is refused gets the documented answer, which is not always that of a row.
	if (changes.length === 1) return settle(switches.mixedIds, [partOf(id, request, changes[0])]);
	const parts = changes.map((change, index): Part => {
		try {
			return partOf(id, request, change);
		} catch (error) {
			return { row: rowOf(answerOf(error), index) };
		}
	});
	return settle(switches.mixedIds, parts);
}

/** @throws Refusal if the user is refused */
function partOf(id: string, request: ApiRequest, change: Json): Part {
	if (change.id === undefined) throw missing(id, '$.users[0].id');
	const user = changeable(id, request, String(change.id));
	checkChange(id, request, user, change);
	return { act: () => apply(request, user, change), row: updated(user) };
}

/** The error of an answer as a row for the user at this position of the request. */
function rowOf({ body = {} }: Answer, index: number): Json {
	const [row = body] = objectsIn(body.users);
	return JSON.parse(JSON.stringify(row).replaceAll('$.users[0]', `$.users[${index}]`)) as Json;
}

function updated({ id }: OrgUser): Json {
	return { code: 'SUCCESS', details: { id }, message: 'User updated', status: 'success' };
}

function changeable(id: string, { world }: ApiRequest, userId: string): OrgUser {
	const user = world.users.get(userId);
	if (!user) throw refuse(id, 'INVALID_DATA', 'unknown user id');
	if (user.status === 'deleted') throw refuse(id, 'CANNOT_UPDATE_DELETED_USER');
	return user;
}

function checkChange(id: string, request: ApiRequest, user: OrgUser, change: Json): void {
	checkUser(id, request, change);
	const at = { id: user.id, json_path: '$.users[0].id' };
	if (change.status === 'active' && user.status === 'active') {
		throw refuse(id, 'ID_ALREADY_ACTIVE', '', at);
	}
	if (change.status === 'inactive') {
		if (user.status === 'inactive') throw refuse(id, 'ID_ALREADY_DEACTIVATED');
		if (user.id === request.world.primaryContact) {
			throw refuse(id, 'INVALID_REQUEST', 'primary contact', at);
		}
	}
	if (change.email !== undefined && user.confirm) {
		throw refuse(id, 'EMAIL_UPDATE_NOT_ALOWED', 'confirmed user');
	}
	if (change.email !== undefined && hasEmail(request.world, change.email, user)) {
		throw refuse(id, 'DUPLICATE_DATA', 'email taken');
	}
}

/** Whether anybody except one user has an email address. */
function hasEmail(world: World, email: unknown, but?: OrgUser): boolean {
	return [...world.users.values()].some((user) => user !== but && user.email === email);
}

function apply(request: ApiRequest, user: OrgUser, change: Json): void {
	Object.assign(user, change, named(request, change));
	user.full_name = `${user.first_name ?? ''} ${user.last_name}`.trim();
}

function checkUser(id: string, request: ApiRequest, given: Json): void {
	if (given.created_by !== undefined) throw refuse(id, 'NOT_SUPPORTED', 'read-only field');
	for (const key of ['first_name', 'last_name']) {
		if (typeof given[key] === 'string' && !NAME.test(given[key])) {
			throw refuse(id, 'INVALID_DATA', 'forbidden characters', {
				api_name: key,
				json_path: `$.users[0].${key}`,
			});
		}
	}
	const known = named(request, given);
	if (given.role !== undefined && !known.role) {
		throw refuse(id, 'INVALID_DATA', 'bad Reporting_To or role id');
	}
	if (given.profile !== undefined && !known.profile)
		throw refuse(id, 'INVALID_DATA', 'bad profile');
	const { number_separator: number, decimal_separator: decimal } = given;
	if (number !== undefined && number === decimal) throw refuse(id, 'MAPPING_MISMATCH');
}

/** Role, profile and manager with their names, if they are known and in an accepted format. */
function named(
	{ world, switches }: ApiRequest,
	{ role, profile, Reporting_To }: Json,
): Partial<OrgUser> {
	const [roleId, profileId] = [role, profile].map((value) => idOf(switches.rolesAs, value));
	const knownRole = world.roles.find(({ id }) => id === roleId);
	const knownProfile = world.profiles.find(({ id }) => id === profileId);
	const manager = world.users.get(String(idOf('any', Reporting_To)));
	return {
		...(manager && { Reporting_To: { id: manager.id, name: manager.full_name } }),
		...(knownRole && { role: knownRole }),
		...(knownProfile && { profile: knownProfile }),
	};
}

function idOf(rolesAs: Switches['rolesAs'], value: unknown): unknown {
	const isText = typeof value === 'string';
	if (rolesAs !== 'any' && isText !== (rolesAs === 'text')) return undefined;
	return isText ? value : objectIn(value).id;
}
