import { chunk } from '../transport/chunk';
import { mapWithConcurrency } from '../transport/concurrency';
import { CERTAIN_IDS, proveByIds } from '../transport/people';
import { personOf } from './reading';
import type { Person, Reading } from './reading';
import { callsOf, readUsers } from './readPortal';
import type { Source } from './readPortal';
import type { Snapshot } from './snapshot';

/**
 * Looks once more for people who are missing in a reading, or are in more than one user type: the
 * order of pages is not promised, and people move while they are read. Asks for each by ID; reads
 * all lists again where that takes fewer calls, or where Zoho does not go by IDs.
 *
 * @returns the reading, with everybody where they were found now
 */
export async function lookAgain(
	source: Source,
	reading: Reading,
	ids: string[],
	before: Snapshot | undefined,
): Promise<Reading> {
	if (ids.length === 0) return reading;
	const { userTypes } = reading;
	const seen =
		(await askForEach(source, reading, ids)) ?? (await readUsers(source, userTypes)).flat();
	const places = new Map(ids.map((id): [string, Person[]] => [id, []]));
	for (const person of seen) places.get(person.id)?.push(person);
	const people = new Map(reading.people);
	for (const [id, found] of places) {
		// Still in two: nothing tells that the person has moved.
		const usual = before?.users.get(id)?.userTypeId;
		const person = found.find(({ userTypeId }) => userTypeId === usual) ?? found.at(0);
		if (person) people.set(id, person);
		else people.delete(id);
	}
	return { ...reading, people, ambiguous: new Set() };
}

/**
 * Asks every user type for a few IDs at a time, with somebody who is known to be there; undefined
 * where that is not the way to go. A user type in which nobody is known is read in full.
 */
async function askForEach(
	source: Source,
	{ userTypes, people, ...reading }: Reading,
	ids: string[],
): Promise<Person[] | undefined> {
	const { connection, portal } = source;
	const parts = chunk(ids, CERTAIN_IDS - 1);
	if (parts.length * userTypes.length > callsOf({ userTypes, people, ...reading }))
		return undefined;
	const asked = new Set(ids);
	const anchors = new Map<string, string>();
	for (const { id, userTypeId } of people.values()) {
		if (!asked.has(id)) anchors.set(userTypeId, id);
	}
	const answers = await mapWithConcurrency(userTypes, connection.concurrency, async (userType) => {
		const anchor = anchors.get(userType.id);
		if (anchor === undefined) return (await readUsers(source, [userType])).flat();
		const found = await mapWithConcurrency(parts, connection.concurrency, async (part) => {
			return await proveByIds(connection, portal, { id: userType.id }, part, anchor);
		});
		const users = found.every((one) => one !== undefined) ? found.flat() : undefined;
		return users?.map((user) => personOf(user, userType));
	});
	return answers.every((one) => one !== undefined) ? answers.flat() : undefined;
}
