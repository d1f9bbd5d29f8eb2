import { answerOf, objectIn, objectsIn, ok, refuse, without } from './answers';
import type { Answer, Json } from './answers';
import { documented, enums } from './contract';
import type { Switches } from './switches';
import { guardUsers, listIn, missing, oneOf } from './guards';
import type { ApiRequest } from './handler';
import { settle } from './mixed';
import type { Part } from './mixed';
import { now, result } from './users';
import type { OrgUser, World } from './world';

const NAME = /^[^<>{}`]*$/;

/** Keys of answers that cannot be written, so that they are ignored. */
const READ_ONLY = [
	'id',
	'confirm',
	'full_name',
	'zuid',
	'created_time',
	'Modified_Time',
	'status_reason__s',
];

const oneOfThese = (values: string[]) => (value: unknown) => values.some((one) => one === value);

/** Not case-sensitive. */
const separator = (values: string[]) => (value: unknown) =>
	typeof value === 'string' && values.includes(value.toLowerCase());

/** Keys that have some values only, with the documented cause of the refusal of others. */
const CHOICES: Array<[key: string, isRight: (value: unknown) => boolean, cause: string]> = [
	['status', oneOfThese(['active', 'inactive']), 'bad enum'],
	['time_format', oneOfThese(['HH:mm', 'hh:mm a']), 'bad enum'],
	['distance_preference__s', oneOfThese(['Kilometers', 'Miles']), 'bad enum'],
	['number_separator', separator(['comma', 'period', 'space']), 'bad number_separator'],
	['decimal_separator', separator(['comma', 'period']), 'bad decimal_separator'],
	[
		'name_format__s',
		oneOfThese([
			'Salutation,First Name,Last Name',
			'Salutation,Last Name,First Name',
			'First Name,Salutation,Last Name',
			'First Name,Last Name,Salutation',
			'Last Name,Salutation,First Name',
			'Last Name,First Name,Salutation',
		]),
		'bad name_format__s',
	],
	[
		'sort_order_preference__s',
		oneOfThese(['First Name,Last Name', 'Last Name,First Name']),
		'bad sort order',
	],
	['locale', oneOfThese(enums.languages), 'bad profile, role or locale'],
	['time_zone', isTimeZone, 'bad time_zone'],
];

function isTimeZone(value: unknown): boolean {
	if (typeof value !== 'string') return false;
	try {
		return new Intl.DateTimeFormat('en', { timeZone: value }).format() !== '';
	} catch {
		return false;
	}
}

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
	if (activeUsers(world) >= switches.userLicences) throw refuse(id, 'LICENSE_LIMIT_EXCEEDED');
	const time = now();
	const user = world.addUser(String(first_name ?? ''), String(last_name ?? ''), {
		...without(others, ...READ_ONLY),
		...named(request, given),
		email,
		confirm: false,
		created_time: time,
		Modified_Time: time,
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
	checkUser(id, request, change, user);
	const at = { id: user.id, json_path: '$.users[0].id' };
	if (change.status === 'active' && user.status === 'active') {
		throw refuse(id, 'ID_ALREADY_ACTIVE', '', at);
	}
	const { world, switches } = request;
	if (change.status === 'active' && activeUsers(world) >= switches.userLicences) {
		throw refuse(id, 'LICENSE_LIMIT_EXCEEDED', 'activation');
	}
	if (change.status === 'inactive') {
		if (user.status === 'inactive') throw refuse(id, 'ID_ALREADY_DEACTIVATED');
		if (user.id === world.primaryContact) {
			throw refuse(id, 'INVALID_REQUEST', 'primary contact', at);
		}
	}
	if (change.email !== undefined && user.confirm) {
		throw refuse(id, 'EMAIL_UPDATE_NOT_ALOWED', 'confirmed user');
	}
	if (change.email !== undefined && hasEmail(world, change.email, user)) {
		throw refuse(id, 'DUPLICATE_DATA', 'email taken');
	}
}

/** Whether anybody except one user has an email address. */
function hasEmail(world: World, email: unknown, but?: OrgUser): boolean {
	return [...world.users.values()].some((user) => user !== but && user.email === email);
}

/** The number of CRM users who use a license. */
function activeUsers({ users }: World): number {
	return [...users.values()].filter(({ status }) => status === 'active').length;
}

function apply(request: ApiRequest, user: OrgUser, change: Json): void {
	Object.assign(user, without(change, ...READ_ONLY), named(request, change));
	user.Modified_Time = now();
	user.full_name = `${user.first_name ?? ''} ${user.last_name}`.trim();
}

/** @param user the user who is changed; undefined for a new one */
function checkUser(id: string, request: ApiRequest, given: Json, user?: OrgUser): void {
	const at = (api_name: string) => ({ api_name, json_path: `$.users[0].${api_name}` });
	for (const key of ['created_by', 'Modified_By']) {
		if (given[key] !== undefined) throw refuse(id, 'NOT_SUPPORTED', 'read-only field', at(key));
	}
	if (given.type__s !== undefined) throw refuse(id, 'NOT_SUPPORTED', 'type__s sent');
	for (const [key, isRight, cause] of CHOICES) {
		if (given[key] === undefined || isRight(given[key])) continue;
		const isDocumented = documented(id).errors.some(({ when }) => when.includes(cause));
		throw refuse(id, 'INVALID_DATA', isDocumented ? cause : 'bad enum', at(key));
	}
	for (const key of ['first_name', 'last_name']) {
		if (typeof given[key] === 'string' && !NAME.test(given[key])) {
			throw refuse(id, 'INVALID_DATA', 'forbidden characters', at(key));
		}
	}
	const known = named(request, given);
	if (given.role !== undefined && !known.role) {
		throw refuse(id, 'INVALID_DATA', 'bad Reporting_To or role id');
	}
	if (given.profile !== undefined && !known.profile)
		throw refuse(id, 'INVALID_DATA', 'bad profile');
	checkManager(id, request, given, user);
	const [number, decimal] = [given.number_separator, given.decimal_separator].map((value) =>
		typeof value === 'string' ? value.toLowerCase() : undefined,
	);
	if (number !== undefined && number === decimal) throw refuse(id, 'MAPPING_MISMATCH');
}

function checkManager(
	id: string,
	{ world }: ApiRequest,
	{ Reporting_To }: Json,
	user?: OrgUser,
): void {
	if (Reporting_To === undefined || Reporting_To === null) return;
	const manager = world.users.get(String(idOf('any', Reporting_To)));
	if (!manager) throw refuse(id, 'INVALID_DATA', 'bad Reporting_To or role id');
	if (manager === user) throw refuse(id, 'INVALID_DATA', 'self as manager');
	// The deleted one has an error of its own for a new user only.
	if (manager.status === 'deleted') {
		throw user
			? refuse(id, 'INVALID_DATA', 'bad Reporting_To or role id')
			: refuse(id, 'NOT_ALLOWED', 'Reporting_To is a deleted user');
	}
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
