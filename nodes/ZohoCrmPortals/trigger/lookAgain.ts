import { chunk } from '../transport/chunk';
import { mapWithConcurrency } from '../transport/concurrency';
import { dataOf } from '../transport/error';
import type { Person, Reading } from './reading';
import { callsOf, IDS_PER_CALL, readSome, readUsers } from './readPortal';
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

/** Asks every user type for a few IDs at a time; undefined where that is not the way to go. */
async function askForEach(
	source: Source,
	reading: Reading,
	ids: string[],
): Promise<Person[] | undefined> {
	const { connection } = source;
	const questions = chunk(ids, IDS_PER_CALL).flatMap((part) =>
		reading.userTypes.map((userType) => ({ userType, part })),
	);
	if (questions.length > callsOf(reading)) return undefined;
	const answers = await mapWithConcurrency(
		questions,
		connection.concurrency,
		async ({ userType, part }) => {
			const people = await readSome(source, userType, part).catch(refusedFilter);
			return people?.every(({ id }) => part.includes(id)) ? people : undefined;
		},
	);
	return answers.every((people) => people !== undefined) ? answers.flat() : undefined;
}

/** Only Zoho's newest description knows `personality_ids`; what refuses them may know lists. */
function refusedFilter(error: unknown): undefined {
	if (dataOf(error).code !== 'INVALID_DATA') throw error;
	return undefined;
}
