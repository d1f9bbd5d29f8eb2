import { chunk } from '../../transport/chunk';
import { mapWithConcurrency } from '../../transport/concurrency';
import type { Connection } from '../../transport/connection';
import { toPortalUser, usersOfType, usersRequest, userTypesOf } from '../../transport/directory';
import type { PortalUser, UserType } from '../../transport/directory';
import { pagesFor } from '../../transport/paginate';
import { readByIds } from './userReader';

/** Whom to look for, and where. */
export interface Wanted {
	portal: string;
	/** Undefined: in every user type of the portal. */
	userType?: string;
	by: 'id' | 'email';
	/** Ids as they are; e-mails in whatever case. */
	values: string[];
}

/** The portal users that each value stands for; more than one if it is ambiguous. */
export type Found = Map<string, PortalUser[]>;

/**
 * Looks up portal users, as little as Zoho lets one: by id with a filter of the list where that works
 * and takes fewer calls; else in the whole list, which is read once in a run.
 *
 * @returns an entry for every value that was found, by the value in lower case
 * @throws ZohoApiError where a list cannot be read: nobody is unknown then
 */
export async function findUsers(connection: Connection, wanted: Wanted): Promise<Found> {
	const { portal, userType, by, values } = wanted;
	const types = await typesToSearch(connection, portal, userType);
	const filtered = by === 'id' ? await filterById(connection, portal, types, values) : undefined;
	const users = filtered ?? (await usersOf(connection, portal, types));
	const key = by === 'id' ? 'personality_id' : 'email';
	const found: Found = new Map();
	for (const user of users) {
		const value = keyOf(user[key]);
		const same = found.get(value);
		if (same) same.push(user);
		else found.set(value, [user]);
	}
	return found;
}

/** How a value is written in what `findUsers` returns. */
export function keyOf(value: unknown): string {
	return String(value ?? '')
		.trim()
		.toLowerCase();
}

/** The users of some user types, read side by side. */
export async function usersOf(
	connection: Connection,
	portal: string,
	types: Array<Pick<UserType, 'id'> & Partial<UserType>>,
): Promise<PortalUser[]> {
	const lists = await mapWithConcurrency(types, connection.concurrency, async (type) => {
		const users = await usersOfType(connection, portal, type.id);
		return type.name === undefined ? users : users.map((user) => toPortalUser(user, type));
	});
	return lists.flat();
}

type SearchedType = Pick<UserType, 'id'> & Partial<UserType>;

async function typesToSearch(
	connection: Connection,
	portal: string,
	userType: string | undefined,
): Promise<SearchedType[]> {
	if (userType !== undefined) return [{ id: userType }];
	return await userTypesOf(connection, portal);
}

/** Ids in one call of the filter: 2,000 characters, what an address takes anywhere. */
const FILTERED = 100;

/** Ids that may be missing from an answer before the whole lists are read in its place. */
const DOUBTED = 10;

/**
 * The newest OpenAPI file filters the list of users by `personality_ids`. Its length is doubtful, and
 * it may be refused or ignored where it is not known, so the answers decide: somebody who was not
 * asked for shows that it is ignored; and whoever is missing is asked for once more in a short list,
 * since a long one may have been cut.
 *
 * @returns undefined where the whole lists are to be read
 */
async function filterById(
	connection: Connection,
	portal: string,
	types: SearchedType[],
	ids: string[],
): Promise<PortalUser[] | undefined> {
	const chunks = chunk(ids, FILTERED);
	if (callsForPages(types) <= chunks.length * types.length) return undefined;
	const found = new Map<string, PortalUser>();
	const ask = async (parts: string[][]): Promise<boolean> => {
		const calls = parts.flatMap((part) => types.map((type) => ({ part, type })));
		const usable = await mapWithConcurrency(calls, connection.concurrency, async (call) => {
			const { type, part } = call;
			const rows = await readByIds(connection, usersRequest(portal, type.id), part);
			for (const row of rows ?? []) found.set(String(row.personality_id), toPortalUser(row, type));
			return rows !== undefined;
		});
		return usable.every(Boolean);
	};
	const missing = (asked: string[]) => asked.filter((id) => !found.has(id));
	// The first part shows whether the filter works, before more calls are spent on it.
	const [first, ...others] = chunks;
	if (!(await ask([first])) || missing(first).length > DOUBTED) return undefined;
	if (others.length > 0 && !(await ask(others))) return undefined;
	const absent = missing(ids);
	if (absent.length === 0 || ids.length <= DOUBTED) return [...found.values()];
	if (absent.length > DOUBTED || !(await ask([absent]))) return undefined;
	// Found now, but not before: long lists are cut.
	return missing(absent).length < absent.length ? undefined : [...found.values()];
}

/** Calls that reading the whole lists takes; Infinity where Zoho does not say how long they are. */
function callsForPages(types: SearchedType[]): number {
	return types.reduce((sum, { users = Infinity }) => sum + pagesFor(users), 0);
}
