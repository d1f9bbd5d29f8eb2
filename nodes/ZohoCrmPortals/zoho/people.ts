import type { IDataObject } from 'n8n-workflow';

import { chunk } from '../http/chunk';
import { mapWithConcurrency } from '../http/concurrency';
import type { Connection } from '../http/connection';
import { readUserTypes, userTypesOf } from './directory';
import type { UserType } from './directory';
import { dataOf, errorData, ZohoApiError } from '../http/error';
import { oncePerRun, perRun } from '../http/once';
import { pagesFor, PER_PAGE, readList, readPages } from '../http/paginate';
import type { Rows } from '../http/paginate';
import { usersPath } from './paths';
import { isRefusal } from '../http/proof';
import { send } from '../http/request';
import type { ZohoRequest } from '../http/request';
import { CLIENT_PORTAL } from './scopes';

/** A portal user in Zoho's list, with the user type. */
export interface PortalUser extends IDataObject {
	personality_id: string;
	user_type_id: string;
	user_type_name?: string;
}

/** A user type in which people are looked up: its ID and other known properties. */
export type UserTypePlace = Pick<UserType, 'id'> & Partial<UserType>;

/** The call that lists the users of a user type in all states. */
export function listOfUsers(portal: string, userType: string): ZohoRequest {
	const path = usersPath(portal, userType);
	return { method: 'GET', path, query: { type: 'AllUsers' }, scope: CLIENT_PORTAL.read };
}

/**
 * Converts a row of Zoho's list to a portal user.
 *
 * @throws ZohoApiError with STRANGE_ROW for a row without an ID
 */
export function toPortalUser(row: IDataObject, { id, name }: UserTypePlace): PortalUser {
	return {
		...row,
		personality_id: idIn(row, 'personality_id'),
		user_type_id: id,
		...(name !== undefined && { user_type_name: name }),
		invited_time: invitedTimeOf(row) ?? null,
	};
}

/**
 * The ID in a row of one of Zoho's lists.
 *
 * @throws ZohoApiError with STRANGE_ROW if there is none
 */
export function idIn(row: IDataObject, key: string): string {
	const id = String(row[key]);
	if (/^[1-9]\d{0,18}$/.test(id)) return id;
	throw strangeRow(row, key);
}

/** The error for an invalid row. It does not contain the values, which are personal data. */
export function strangeRow(row: IDataObject, key: string): ZohoApiError {
	const value = row[key];
	const isNothing = value === undefined || value === null;
	const holds = isNothing ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
	return new ZohoApiError(errorData(200, 'STRANGE_ROW', { details: { key, holds } }));
}

/** When a user was invited. Zoho's sources have two different keys for it. */
export function invitedTimeOf({ invited_time, created_time }: IDataObject): IDataObject[string] {
	return invited_time ?? created_time;
}

/**
 * Reads the current users of a user type.
 *
 * @param query the filter that Zoho applies; `AllUsers` for everybody
 * @param limit the most rows to read
 * @throws ZohoApiError if the list cannot be read in full, with EMPTY_LIST if it is empty although
 *   Zoho counts people in it
 */
export async function readUsers(
	connection: Connection,
	portal: string,
	place: UserTypePlace,
	query: IDataObject = { type: 'AllUsers' },
	limit = Infinity,
): Promise<PortalUser[]> {
	return (await readSomeUsers(connection, portal, place, query, limit)).users;
}

/** Some users of a list, and the information about the others; see `Rows`. */
export type SomeUsers = Omit<Rows, 'rows'> & { users: PortalUser[] };

/** Like `readUsers`, but also returns whether there are more users, and how many. */
export async function readSomeUsers(
	connection: Connection,
	portal: string,
	place: UserTypePlace,
	query: IDataObject,
	limit: number,
): Promise<SomeUsers> {
	const request = { ...listOfUsers(portal, place.id), query };
	const isWhole = isWholeList(query);
	const reading = readList(connection, request, limit, !isWhole);
	const list = await reading.catch(async (error: unknown) => {
		if (isWhole || dataOf(error).code !== 'INCOMPLETE_LIST') throw error;
		const selected = selectHere(await usersOf(connection, portal, [place]), query);
		if (!selected) throw error;
		return selected;
	});
	if (Array.isArray(list)) {
		return { users: list.slice(0, limit), total: list.length, more: list.length > limit };
	}
	const { rows, ...others } = list;
	if (rows.length === 0 && isWhole) await confirmEmpty(connection, portal, place.id);
	return { users: rows.map((row) => toPortalUser(row, place)), ...others };
}

/** Whether a list with this filter has all users of a user type. */
export function isWholeList(query: IDataObject): boolean {
	return Object.keys(query).length === 1 && query.type === 'AllUsers';
}

/** Zoho's values of `type` for a list of users, with the state of the users in it. */
export const STATES = {
	ActiveConfirmedUsers: { active: true, confirm: true },
	ActiveUsers: { active: true },
	AllActiveUsers: { active: true },
	AllUsers: {},
	ConfirmedUsers: { confirm: true },
	DeactiveUsers: { active: false },
	NotConfirmedUsers: { confirm: false },
};

/** Whether a user certainly has a state. */
export function hasState(user: PortalUser, state: IDataObject): boolean {
	return Object.entries(state).every(([key, value]) => user[key] === value);
}

/**
 * Applies Zoho's filters to all users of a user type.
 *
 * @returns undefined for other filters than state and source, and if Zoho does not return the state
 *   of a user
 */
function selectHere(
	all: PortalUser[],
	{ type, Source__s, ...others }: IDataObject,
): PortalUser[] | undefined {
	const [, state] = Object.entries(STATES).find(([name]) => name === type) ?? [];
	if (!state || Object.keys(others).length > 0) return undefined;
	const isKnown = (user: PortalUser) =>
		Object.keys(state).every((key) => typeof user[key] === 'boolean');
	if (!all.every(isKnown)) return undefined;
	const source = Source__s === undefined ? {} : { Source__s };
	return all.filter((user) => hasState(user, { ...state, ...source }));
}

/** Accepts an empty list only if Zoho's counts do not contradict it. */
async function confirmEmpty(connection: Connection, portal: string, id: string): Promise<void> {
	const find = (types: UserType[]): Partial<UserType> => types.find((type) => type.id === id) ?? {};
	if (!find(await userTypesOf(connection, portal)).users) return;
	// All users may have been removed in the meantime.
	const { users: counted, name } = find(await readUserTypes(connection, portal));
	if (!counted) return;
	throw new ZohoApiError(errorData(204, 'EMPTY_LIST', { details: { counted, user_type: name } }));
}

/** All users of a user type, read once per run. */
const usersOfType = oncePerRun(
	async (connection, portal: string, userType: string): Promise<PortalUser[]> =>
		await readUsers(connection, portal, { id: userType }),
);

/** The users of all user types of a portal, by record, read once per run. */
export const usersByRecord = oncePerRun(
	async (connection, portal: string): Promise<Map<string, PortalUser>> => {
		const users = await usersOf(connection, portal, await userTypesOf(connection, portal));
		return new Map(users.map((user) => [user.personality_id, user]));
	},
);

/** All users of several user types. Each list is read once per run. */
export async function usersOf(
	connection: Connection,
	portal: string,
	places: UserTypePlace[],
): Promise<PortalUser[]> {
	const lists = await mapWithConcurrency(places, connection.concurrency, async (place) => {
		const users = await usersOfType(connection, portal, place.id);
		const { name } = place;
		return name === undefined ? users : users.map((user) => ({ ...user, user_type_name: name }));
	});
	return lists.flat();
}

/** The user types in which to look people up: one, or all of the portal. */
export async function placesOf(
	connection: Connection,
	portal: string,
	userType: string | undefined,
): Promise<UserTypePlace[]> {
	return userType === undefined ? await userTypesOf(connection, portal) : [{ id: userType }];
}

/**
 * Asks a user type for users by their IDs. Only Zoho's newest OpenAPI file has this filter
 * (`personality_ids`), with a doubtful maximum length of 255 characters. Zoho may refuse, ignore,
 * truncate or partly apply it.
 *
 * @returns the people who are certainly there; undefined if Zoho does not filter by ID at all,
 *   which is proved by a refusal or by a person who was not requested, or if it counts more people
 *   than it returns
 */
async function askForIds(
	connection: Connection,
	portal: string,
	place: UserTypePlace,
	ids: string[],
): Promise<PortalUser[] | undefined> {
	const list = listOfUsers(portal, place.id);
	const query = { ...list.query, personality_ids: ids.join(',') };
	// Nobody is in the list twice. A longer list was not filtered by ID.
	const reading = readPages(connection, { ...list, query }, ids.length, true);
	const rows = await reading.catch((error: unknown) => {
		const { httpStatus, code } = dataOf(error);
		// These errors concern the credential or the limits, not the filter.
		const isOther = !isRefusal(httpStatus) || [401, 403, 429].includes(httpStatus);
		if (isOther && code !== 'INCOMPLETE_LIST') throw error;
		return undefined;
	});
	const users = rows?.map((row) => toPortalUser(row, place));
	const asked = new Set(ids);
	return users?.every(({ personality_id }) => asked.has(personality_id)) ? users : undefined;
}

/** The number of IDs, including commas, that certainly fit into the filter (255 characters). */
const CERTAIN_IDS = 12;

/** The number of calls that `proveByIds` makes for this many people. */
export function callsToProve(people: number): number {
	return 2 * Math.ceil(people / (CERTAIN_IDS - 1));
}

/**
 * Determines which of some people are in a user type, and proves that the others are not.
 *
 * @param anchor the ID of a person who is there: an answer without this person proves nothing. It
 *   is both first and last in the request, to detect a filter that applies only some positions.
 * @returns undefined if the answers prove nothing
 */
export async function proveByIds(
	connection: Connection,
	portal: string,
	place: UserTypePlace,
	ids: string[],
	anchor: string,
): Promise<PortalUser[] | undefined> {
	const parts = chunk(ids, CERTAIN_IDS - 1);
	const answers = await mapWithConcurrency(parts, connection.concurrency, async (part) => {
		return await proveFew(connection, portal, place, part, anchor);
	});
	return answers.every((users) => users !== undefined) ? answers.flat() : undefined;
}

async function proveFew(
	connection: Connection,
	portal: string,
	place: UserTypePlace,
	ids: string[],
	anchor: string,
): Promise<PortalUser[] | undefined> {
	const found = new Map<string, PortalUser>();
	for (const question of [
		[anchor, ...ids],
		[...ids, anchor],
	]) {
		const users = await askForIds(connection, portal, place, question);
		if (!users?.some(({ personality_id }) => personality_id === anchor)) return undefined;
		for (const user of users) found.set(user.personality_id, user);
	}
	found.delete(anchor);
	return [...found.values()];
}

/** The number of IDs per filter call if nothing has to be proved: as many as a page has rows. */
const FILTERED = PER_PAGE;

/** The number of IDs that may be missing from an answer before the filter counts as truncated. */
const MISSING = 10;

/**
 * Reads those of some people who are in some user types, with as few calls as Zoho allows.
 *
 * @param most with more rows than this, whole lists are not worth reading
 * @returns the people who were found; others may have been missed, see `findByIds`. Undefined if no
 *   way is worth the calls.
 */
export async function readByIds(
	connection: Connection,
	portal: string,
	places: UserTypePlace[],
	ids: string[],
	most = Infinity,
): Promise<PortalUser[] | undefined> {
	const found = await readFiltered(connection, portal, places, ids);
	if (found) return found;
	const lists = await mapWithConcurrency(places, connection.concurrency, async (place) => {
		return await readUsers(connection, portal, place, undefined, most);
	});
	if (lists.some((list) => list.length >= most)) return undefined;
	const asked = new Set(ids);
	return lists.flat().filter(({ personality_id }) => asked.has(personality_id));
}

/** People whom a run has read while it changed or invited them, by ID. */
const met = perRun(() => new Map<string, PortalUser>());

/** Stores people whom a run reads while it changes or invites them, for their outcomes. */
export function noteMet(connection: Connection, users: PortalUser[]): void {
	const known = met(connection);
	for (const user of users) known.set(user.personality_id, user);
}

/** A person whom a run has read while it changed or invited them. */
export function metIn(connection: Connection, id: string): PortalUser | undefined {
	return met(connection).get(id);
}

/** Whether the filter by IDs is known not to work. */
const filter = perRun(() => ({ isBlind: false }));

/** The state of people as a run has read them, by ID, until the run changes them. */
const seen = perRun(() => new Map<string, PortalUser>());

/** Stores the state of people that a run has read, before it changes them. */
export function noteSeen(connection: Connection, users: PortalUser[]): void {
	const known = seen(connection);
	for (const user of users) known.set(user.personality_id, user);
}

/**
 * The state of people of a user type as a run has read them, by ID. It is returned only once, to
 * the operation that changes them.
 *
 * @returns undefined if a person was not read, or is hard to read again by ID
 */
export function takeSeen(
	connection: Connection,
	userType: string,
	ids: string[],
): Map<string, PortalUser> | undefined {
	const known = seen(connection);
	const users = ids.flatMap((id) => known.get(id) ?? []);
	for (const id of ids) known.delete(id);
	const areThere = users.every(({ user_type_id }) => user_type_id === userType);
	if (filter(connection).isBlind || users.length < ids.length || !areThere) return undefined;
	return new Map(users.map((user) => [user.personality_id, user]));
}

/**
 * Reads users with the filter; undefined if it does not work completely. It is then not used again.
 */
async function readFiltered(
	connection: Connection,
	portal: string,
	places: UserTypePlace[],
	ids: string[],
): Promise<PortalUser[] | undefined> {
	if (filter(connection).isBlind) return undefined;
	const found = await askFilter(connection, portal, places, ids);
	if (!found) filter(connection).isBlind = true;
	return found;
}

async function askFilter(
	connection: Connection,
	portal: string,
	places: UserTypePlace[],
	ids: string[],
): Promise<PortalUser[] | undefined> {
	const found: PortalUser[] = [];
	const ask = async (parts: string[][]): Promise<boolean> => {
		const calls = parts.flatMap((part) => places.map((place) => ({ part, place })));
		const answers = await mapWithConcurrency(calls, connection.concurrency, async (call) => {
			return await askForIds(connection, portal, call.place, call.part);
		});
		for (const users of answers) found.push(...(users ?? []));
		return answers.every((users) => users !== undefined);
	};
	// The first part shows whether the filter works before more calls are made.
	const [first, ...others] = chunk(ids, FILTERED);
	if (!(await ask([first]))) return undefined;
	const known = new Set(found.map(({ personality_id }) => personality_id));
	if (first.filter((id) => !known.has(id)).length > MISSING) return undefined;
	return (await ask(others)) ? found : undefined;
}

/**
 * Finds people by their IDs: everybody who is there. The others are certainly not there.
 *
 * @returns by ID; more than one user if somebody is in several user types
 * @throws ZohoApiError if a list cannot be read; then nobody counts as missing
 */
export async function findByIds(
	connection: Connection,
	portal: string,
	places: UserTypePlace[],
	ids: string[],
): Promise<PortalUser[]> {
	const whole = async () => await usersOf(connection, portal, places);
	const questions = Math.ceil(ids.length / FILTERED) * places.length;
	if (callsForLists(places) <= questions) return await whole();
	const found = await readFiltered(connection, portal, places, ids);
	if (!found) return await whole();
	const known = new Set(found.map(({ personality_id }) => personality_id));
	const missing = ids.filter((id) => !known.has(id));
	if (missing.length === 0) return found;
	const proved = await proveMissing(connection, portal, places, missing, found);
	return proved ? [...found, ...proved] : await whole();
}

/**
 * Looks up people once more who are missing from an answer, together with a known person of each
 * user type as proof.
 *
 * @param found the people in the answer
 * @returns undefined if that takes no fewer calls than the whole lists, or proves nothing
 */
async function proveMissing(
	connection: Connection,
	portal: string,
	places: UserTypePlace[],
	missing: string[],
	found: PortalUser[],
): Promise<PortalUser[] | undefined> {
	const calls = callsToProve(missing.length) * places.length;
	if (calls >= callsForLists(places)) return undefined;
	const answers = await mapWithConcurrency(places, connection.concurrency, async (place) => {
		const known = found.find(({ user_type_id }) => user_type_id === place.id);
		const anchor = known?.personality_id ?? (await anyoneIn(connection, portal, place));
		if (anchor === undefined) return undefined;
		return await proveByIds(connection, portal, place, missing, anchor);
	});
	return answers.every((users) => users !== undefined) ? answers.flat() : undefined;
}

/** The ID of any person in a user type; undefined if there is none. */
async function anyoneIn(
	connection: Connection,
	portal: string,
	{ id }: UserTypePlace,
): Promise<string | undefined> {
	const list = listOfUsers(portal, id);
	const query = { ...list.query, page: 1, per_page: PER_PAGE };
	const [row] = (await send(connection, { ...list, query })).rows;
	return row && idIn(row, 'personality_id');
}

/**
 * The number of calls for reading the whole lists; Infinity if Zoho does not return their length.
 */
function callsForLists(places: UserTypePlace[]): number {
	return places.reduce((sum, { users = Infinity }) => sum + pagesFor(users), 0);
}
