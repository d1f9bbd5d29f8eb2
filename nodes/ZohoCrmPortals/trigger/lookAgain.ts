import { mapWithConcurrency } from '../http/concurrency';
import { dataOf, errorData, ZohoApiError } from '../http/error';
import { pagesFor } from '../http/paginate';
import { callsToProve, proveByIds } from '../zoho/people';
import { listingOf } from './reading';
import type { Listing, Person, ListedUserType } from './reading';
import { readPeople } from './readPortal';
import type { Source } from './readPortal';
import type { Snapshot } from './snapshot';

/** The known state of the user types in which people are looked up. */
export interface Surroundings {
	userTypes: ListedUserType[];
	/** The approximate number of people in each user type, by its ID. */
	amounts: Map<string, number>;
	/** The ID of a person in each user type, by the ID of the user type. */
	anchors: Map<string, string>;
	before: Snapshot | undefined;
}

/**
 * The user types in which people were found. People who were looked up and are not included are
 * gone.
 */
export interface FoundAgain {
	people: Map<string, Person>;
	/** IDs in rows that cannot be read, with their user type. */
	odd: Map<string, string>;
	nameless: number;
}

/**
 * Looks up people once more who are missing, or who are in more than one user type: Zoho does not
 * guarantee the order of pages, and people move while they are read. They are looked up in their
 * known user type first, and if they are not there, in all other user types.
 *
 * @param ambiguous the people who are in more than one user type
 * @throws ZohoApiError with PORTAL_CHANGING if one of them is in none any more: they move faster
 *   than they are read
 */
export async function lookAgain(
	source: Source,
	surroundings: Surroundings,
	ids: string[],
	ambiguous: Set<string>,
): Promise<FoundAgain> {
	const { userTypes, before } = surroundings;
	const found: FoundAgain = { people: new Map(), odd: new Map(), nameless: 0 };
	const usual = (id: string) => before?.users.get(id)?.userTypeId;
	const isFound = (id: string) => found.people.has(id) || found.odd.has(id);
	const look = async (asked: (type: ListedUserType) => string[]) => {
		await mapWithConcurrency(userTypes, source.connection.concurrency, async (userType) => {
			const here = asked(userType);
			if (here.length === 0) return;
			const list = await lookIn(source, userType, here, surroundings);
			const wanted = new Set(here);
			found.nameless += list.nameless;
			for (const id of list.odd) if (wanted.has(id)) found.odd.set(id, userType.id);
			for (const person of list.people) {
				// Still in two user types, so nothing proves that the person has moved.
				const isOther = found.people.has(person.id) && usual(person.id) !== userType.id;
				if (wanted.has(person.id) && !isOther) found.people.set(person.id, person);
			}
		});
	};
	const wherever = ids.filter((id) => ambiguous.has(id));
	const known = ids.filter((id) => !ambiguous.has(id));
	await look(({ id }) => [...known.filter((one) => usual(one) === id), ...wherever]);
	if (!wherever.every(isFound)) throw new ZohoApiError(errorData(200, 'PORTAL_CHANGING'));
	const missing = known.filter((id) => !isFound(id));
	await look(({ id }) => missing.filter((one) => usual(one) !== id));
	for (const id of found.odd.keys()) found.people.delete(id);
	return found;
}

/**
 * Looks up people in a user type: by ID, together with a person who is known to be there. It reads
 * the whole list instead if that takes fewer calls, if nobody is known to be there, or if Zoho does
 * not filter by ID. People who are not in that list either may have moved between its pages: if they
 * are few, they are looked up by ID once more, and if Zoho counts more people than the list has, it
 * is read once more.
 */
async function lookIn(
	source: Source,
	userType: ListedUserType,
	ids: string[],
	{ amounts, anchors }: Surroundings,
): Promise<Listing> {
	const { connection, portal } = source;
	const anchor = anchors.get(userType.id);
	const size = Math.max(amounts.get(userType.id) ?? 0, userType.count ?? 0);
	const byIds = async (some: string[]): Promise<Listing | undefined> => {
		if (anchor === undefined || callsToProve(some.length) > Math.max(2, pagesFor(size))) return;
		const proof = proveByIds(connection, portal, { id: userType.id }, some, anchor);
		const users = await proof.catch((error: unknown) => {
			if (dataOf(error).code !== 'STRANGE_ROW') throw error;
			return undefined;
		});
		return users && listingOf(users, userType);
	};
	const few = await byIds(ids);
	if (few) return few;
	const [whole] = await readPeople(source, [userType]);
	const there = new Set([...whole.people.map(({ id }) => id), ...whole.odd]);
	const missing = ids.filter((id) => !there.has(id));
	if (missing.length === 0) return whole;
	const isShort = there.size + whole.nameless < (userType.count ?? 0);
	const fewer = missing.length < ids.length ? await byIds(missing) : undefined;
	if (!fewer && !isShort) return whole;
	const again = fewer ?? (await readPeople(source, [userType]))[0];
	return {
		people: [...whole.people, ...again.people],
		odd: [...whole.odd, ...again.odd],
		nameless: whole.nameless + again.nameless,
	};
}

/** A person in each user type who is not being looked up. */
export function anchorsAmong(
	people: Iterable<{ id: string; userTypeId: string }>,
	asked: ReadonlySet<string>,
): Map<string, string> {
	const anchors = new Map<string, string>();
	for (const { id, userTypeId } of people) if (!asked.has(id)) anchors.set(userTypeId, id);
	return anchors;
}
