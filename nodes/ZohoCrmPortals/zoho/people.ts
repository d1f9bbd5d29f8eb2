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

/** A portal user as Zoho lists it, and where. */
export interface PortalUser extends IDataObject {
	personality_id: string;
	user_type_id: string;
	user_type_name?: string;
}

/** A user type in which people are looked for: its ID, and what else is known of it. */
export type UserTypePlace = Pick<UserType, 'id'> & Partial<UserType>;

/** The call that lists the users of a user type, whatever state they are in. */
export function listOfUsers(portal: string, userType: string): ZohoRequest {
	const path = usersPath(portal, userType);
	return { method: 'GET', path, query: { type: 'AllUsers' }, scope: CLIENT_PORTAL.read };
}

/**
 * A portal user out of a row of Zoho's list.
 *
 * @throws ZohoApiError with STRANGE_ROW for a row that does not say whom it is about
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
 * The ID that a row of one of Zoho's lists has.
 *
 * @throws ZohoApiError with STRANGE_ROW where it has none
 */
export function idIn(row: IDataObject, key: string): string {
	const id = String(row[key]);
	if (/^[1-9]\d{0,18}$/.test(id)) return id;
	throw strangeRow(row, key);
}

/** A row that is not what it has to be; it is told without what it holds, which is personal. */
export function strangeRow(row: IDataObject, key: string): ZohoApiError {
	const value = row[key];
	const isNothing = value === undefined || value === null;
	const holds = isNothing ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
	return new ZohoApiError(errorData(200, 'STRANGE_ROW', { details: { key, holds } }));
}

/** When a user was invited: Zoho calls it one or the other, as its sources differ. */
export function invitedTimeOf({ invited_time, created_time }: IDataObject): IDataObject[string] {
	return invited_time ?? created_time;
}

/**
 * Reads users of a user type as they are now.
 *
 * @param query what Zoho selects by; `AllUsers` for everybody
 * @param limit of how many rows
 * @throws ZohoApiError where the list cannot be read as a whole, with EMPTY_LIST where it is empty
 * although Zoho counts people in it
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

/** Some users of a list, and what Zoho says of the others; see `Rows`. */
export type SomeUsers = Omit<Rows, 'rows'> & { users: PortalUser[] };

/** Like `readUsers`, and tells whether and how many more there are. */
export async function readSomeUsers(
	connection: Connection,
	portal: string,
	place: UserTypePlace,
	query: IDataObject,
	limit: number,
): Promise<SomeUsers> {
	const request = { ...listOfUsers(portal, place.id), query };
	const { rows, ...others } = await readList(connection, request, limit);
	const isWhole = Object.keys(query).length === 1 && query.type === 'AllUsers';
	if (rows.length === 0 && isWhole) await confirmEmpty(connection, portal, place.id);
	return { users: rows.map((row) => toPortalUser(row, place)), ...others };
}

/** A list of nobody is believed only where Zoho's counts do not say otherwise. */
async function confirmEmpty(connection: Connection, portal: string, id: string): Promise<void> {
	const find = (types: UserType[]): Partial<UserType> => types.find((type) => type.id === id) ?? {};
	if (!find(await userTypesOf(connection, portal)).users) return;
	// Everybody may be gone since.
	const { users: counted, name } = find(await readUserTypes(connection, portal));
	if (!counted) return;
	throw new ZohoApiError(errorData(204, 'EMPTY_LIST', { details: { counted, user_type: name } }));
}

/** All users of a user type, read once in a run. */
const usersOfType = oncePerRun(
	async (connection, portal: string, userType: string): Promise<PortalUser[]> =>
		await readUsers(connection, portal, { id: userType }),
);

/** The users of all user types of a portal by their records, read once in a run. */
export const usersByRecord = oncePerRun(
	async (connection, portal: string): Promise<Map<string, PortalUser>> => {
		const users = await usersOf(connection, portal, await userTypesOf(connection, portal));
		return new Map(users.map((user) => [user.personality_id, user]));
	},
);

/** All users of some user types, each list read once in a run. */
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

/** Where to look for people: in one user type, or in all of the portal. */
export async function placesOf(
	connection: Connection,
	portal: string,
	userType: string | undefined,
): Promise<UserTypePlace[]> {
	return userType === undefined ? await userTypesOf(connection, portal) : [{ id: userType }];
}

/**
 * Asks a user type for users by their IDs. Zoho's newest OpenAPI file alone has the filter
 * (`personality_ids`), with a length of 255 characters that is doubtful; it may be refused, ignored,
 * cut or followed in part.
 *
 * @returns those who are there for certain; undefined where Zoho does not go by the IDs at all, which
 * a refusal shows, or somebody who was not asked for
 */
async function askForIds(
	connection: Connection,
	portal: string,
	place: UserTypePlace,
	ids: string[],
): Promise<PortalUser[] | undefined> {
	const list = listOfUsers(portal, place.id);
	const query = { ...list.query, personality_ids: ids.join(',') };
	// Nobody is in the list twice; more would be a list that does not go by IDs.
	const reading = readPages(connection, { ...list, query }, ids.length);
	const rows = await reading.catch((error: unknown) => {
		const { httpStatus } = dataOf(error);
		// These are about the credential and the limits, whatever is asked.
		if (!isRefusal(httpStatus) || [401, 403, 429].includes(httpStatus)) throw error;
		return undefined;
	});
	const users = rows?.map((row) => toPortalUser(row, place));
	const asked = new Set(ids);
	return users?.every(({ personality_id }) => asked.has(personality_id)) ? users : undefined;
}

/** IDs that the filter takes beyond doubt, with their commas: 255 characters. */
const CERTAIN_IDS = 12;

/** Calls that `proveByIds` makes for so many people. */
export function callsToProve(people: number): number {
	return 2 * Math.ceil(people / (CERTAIN_IDS - 1));
}

/**
 * Tells who of some people is in a user type, and that the others are not.
 *
 * @param anchor the ID of somebody who is there: an answer without that one proves nothing. It is
 * asked for both first and last, so that a filter that follows some places only is found out.
 * @returns undefined where the answers prove nothing
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

/** IDs in one call of the filter where nothing has to be proved: as many as a page has rows. */
const FILTERED = PER_PAGE;

/** IDs that may be missing from an answer before the filter is taken for one that was cut. */
const MISSING = 10;

/**
 * Reads those of some people who are in some user types, as little as Zoho lets one.
 *
 * @param most rows beyond which whole lists are not worth reading
 * @returns whoever was found; who is not among them may be missed, see `findByIds`. Undefined where
 * there is no way that is worth it.
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

/** Whether the filter by IDs was found not to work. */
const filter = perRun(() => ({ isBlind: false }));

/** People as a run has read them, by ID, as long as nothing was done to them. */
const seen = perRun(() => new Map<string, PortalUser>());

/** Notes how people are whom a run has read, before it does anything to them. */
export function noteSeen(connection: Connection, users: PortalUser[]): void {
	const known = seen(connection);
	for (const user of users) known.set(user.personality_id, user);
}

/**
 * How a run has read people of a user type, by ID. It is told once, to who does something to them.
 *
 * @returns undefined where somebody was not read, or is hard to read again by ID
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

/** Undefined where the filter does not work, or not as a whole; then it is not asked again. */
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
	// The first part shows whether the filter works, before more calls are spent on it.
	const [first, ...others] = chunk(ids, FILTERED);
	if (!(await ask([first]))) return undefined;
	const known = new Set(found.map(({ personality_id }) => personality_id));
	if (first.filter((id) => !known.has(id)).length > MISSING) return undefined;
	return (await ask(others)) ? found : undefined;
}

/**
 * Finds people by their IDs: everybody who is there, and for certain nobody of the others.
 *
 * @returns by ID; more than one user where somebody is in several user types
 * @throws ZohoApiError where a list cannot be read: nobody counts as missing then
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
 * Looks once more for people whom an answer has left out, with somebody of each user type to tell by.
 *
 * @param found those whom the answer has
 * @returns undefined where that is no shorter than the whole lists, or proves nothing
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

/** The ID of somebody who is in a user type; undefined where nobody is. */
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

/** Calls that reading the whole lists takes; Infinity where Zoho does not say how long they are. */
function callsForLists(places: UserTypePlace[]): number {
	return places.reduce((sum, { users = Infinity }) => sum + pagesFor(users), 0);
}
