import { dataOf, errorData, ZohoApiError } from '../http/error';
import { isExplained, isHollow } from './baseline';
import type { Differences } from './baseline';
import { anchorsAmong, lookAgain } from './lookAgain';
import { readingOf } from './reading';
import type { Findings, Reading, ListedUserType } from './reading';
import { readPeople, readPortalTypes } from './readPortal';
import type { Source } from './readPortal';
import { isSamePortal } from './snapshot';
import type { Snapshot } from './snapshot';

/** How often a poll reads a portal before it gives up. */
const READINGS = 3;

/**
 * Error codes that mean that the portal changed while its users were read, for example because a
 * user type was deleted (INVALID_DATA). The next reading may be complete.
 */
export const CHANGING = new Set([
	'ENDLESS_PAGES',
	'INCOMPLETE_LIST',
	'INVALID_DATA',
	'PORTAL_CHANGING',
]);

/** A reading that a poll accepts. */
export interface Belief {
	findings: Findings;
	/** The number of people in the lists, by the ID of the user type. */
	amounts: Map<string, number>;
	/** The known state belongs to another portal with the same name. */
	isOther: boolean;
	/** Set if Zoho's own user counts do not agree. */
	doubtful?: true;
}

/** The conditions for accepting a reading. */
export interface Caution {
	/** The number of people who may be gone at once before Zoho's user counts have to agree. */
	maxRemovals: number;
	/** Whether to give up if the counts disagree. Otherwise, the reading is accepted. */
	patient: boolean;
	/** The differences between counts and lists in the previous full reading. */
	differences: Differences;
}

/**
 * Reads a portal until the reading can be accepted. Missing people are looked up once more. The
 * portal is read again until Zoho's counts agree (without counts: three times) in these cases: more
 * people are missing than `maxRemovals`; everybody is missing; or anybody is missing while a user
 * type is empty for which Zoho counts people. Without counts, a user type that became empty is read
 * once more. A first reading is accepted if the counts agree, or if two readings are the same.
 *
 * @param before the known state; undefined for a first reading
 * @throws ZohoApiError with COUNTS_DISAGREE if the counts never agree, and with INVALID_DATA for a
 *   portal that Zoho does not know
 */
export async function readBelievably(
	source: Source,
	before: Snapshot | undefined,
	caution: Caution,
): Promise<Belief> {
	let earlier: Reading | undefined;
	const met = new Set<string>();
	for (let attempt = 1; ; attempt++) {
		const isLast = attempt === READINGS;
		const userTypes = await readPortalTypes(source);
		const isOther = before !== undefined && !isSamePortal(before, userTypes);
		if (!source.withPeople) {
			const findings = { ...readingOf(userTypes, []), gone: [] };
			return { findings, amounts: findings.amounts, isOther };
		}
		const judged = await readPeople(source, userTypes)
			.then(async (lists) => {
				const reading = readingOf(userTypes, lists);
				for (const id of reading.people.keys()) met.add(id);
				const evidence = { reading, before: isOther ? undefined : before, earlier, met, isLast };
				return await judge(source, evidence, caution);
			})
			.catch((error: unknown) => {
				if (isLast || !CHANGING.has(dataOf(error).code)) throw error;
				return undefined;
			});
		if (judged && 'findings' in judged) return { ...judged, isOther };
		earlier = judged?.doubted ?? earlier;
	}
}

/** A reading with the data for judging it. */
interface Evidence {
	reading: Reading;
	before: Snapshot | undefined;
	/** A previous reading of the same poll that was not accepted. */
	earlier: Reading | undefined;
	/** IDs of everybody in this reading and the previous ones of the same poll. */
	met: ReadonlySet<string>;
	/** Whether this is the last reading. */
	isLast: boolean;
}

/** Decides whether to accept a reading, or to read once more. */
async function judge(
	source: Source,
	{ reading, before, earlier, met, isLast }: Evidence,
	{ maxRemovals, patient, differences }: Caution,
): Promise<Omit<Belief, 'isOther'> | { doubted: Reading }> {
	const missing = [...(before?.users.keys() ?? [])].filter((id) => !isThere(reading, id));
	const hollow = reading.userTypes.some((one) =>
		isHollow(one, reading.amounts.get(one.id), differences),
	);
	const agrees = countsAgree(reading, differences);
	const believed = before
		? missing.length <= maxRemovals &&
			!lostEverybody(reading, before) &&
			!(missing.length > 0 && hollow) &&
			!(earlier === undefined && isEmptied(reading, before, missing))
		: agrees || (!hollow && earlier !== undefined && isAsBefore(reading, earlier));
	if (believed) return await settle(source, reading, missing, before, differences);
	const isCounted = reading.userTypes.every(({ count }) => count !== undefined);
	const agreed = earlier !== undefined && agrees && (isCounted || isLast);
	if (!agreed && !isLast) return { doubted: reading };
	const doubtful = !agreed && (before !== undefined || hollow);
	if (doubtful && patient) throw disagreement(reading, missing.length);
	// A single reading is not enough for removals: people slip between the pages of a portal that
	// changes so fast that the other readings failed.
	if (doubtful && earlier === undefined) throw new ZohoApiError(errorData(200, 'PORTAL_CHANGING'));
	// People who were in an earlier reading may merely be missing from this one.
	const contested = [...met].filter(
		(id) => !isThere(reading, id) && (before?.users.has(id) ?? true),
	);
	const settled = await settle(
		source,
		reading,
		contested,
		before,
		agreed ? differences : undefined,
	);
	return { ...settled, ...(doubtful && { doubtful: true }) };
}

function isThere({ people, odd }: Reading, id: string): boolean {
	return people.has(id) || odd.has(id);
}

/** Whether two consecutive readings have the same people, and the same number in each user type. */
function isAsBefore(reading: Reading, earlier: Reading): boolean {
	return (
		reading.people.size === earlier.people.size &&
		[...reading.people.keys()].every((id) => earlier.people.has(id)) &&
		reading.userTypes.every(({ id }) => reading.amounts.get(id) === earlier.amounts.get(id))
	);
}

/**
 * Looks up uncertain people again. If somebody is gone after that, the user types must be the ones
 * that were searched; otherwise, the person may have moved to a new one.
 */
async function settle(
	source: Source,
	reading: Reading,
	missing: string[],
	before: Snapshot | undefined,
	differences: Differences | undefined,
): Promise<Omit<Belief, 'isOther'>> {
	const { userTypes, amounts, ambiguous } = reading;
	const ids = [...new Set([...missing, ...ambiguous])];
	const anchors = anchorsAmong(reading.people.values(), new Set(ids));
	const found = await lookAgain(source, { userTypes, amounts, anchors, before }, ids, ambiguous);
	const people = new Map(reading.people);
	for (const id of ids) people.delete(id);
	for (const [id, person] of found.people) people.set(id, person);
	const odd = new Map([...reading.odd, ...found.odd]);
	const nameless = reading.nameless + found.nameless;
	const isGone = (id: string) => !people.has(id) && !odd.has(id);
	// A row without an ID may belong to any missing person.
	const gone = nameless > 0 ? [] : [...(before?.users.keys() ?? [])].filter(isGone);
	if (gone.length > 0) await confirmUserTypes(source, { userTypes, amounts, differences });
	return { findings: { userTypes, people, gone, odd, nameless }, amounts };
}

/**
 * Makes sure that missing people cannot be in a user type that was not searched.
 *
 * @throws ZohoApiError with PORTAL_CHANGING if there is a new user type, or if Zoho now counts
 *   people in one that was empty, unless the lists are trusted more than the counts
 */
export async function confirmUserTypes(
	source: Source,
	looked: { userTypes: ListedUserType[]; amounts: Map<string, number>; differences?: Differences },
): Promise<void> {
	const ids = new Set(looked.userTypes.map(({ id }) => id));
	const { amounts, differences } = looked;
	const isAsSeen = (one: ListedUserType) =>
		ids.has(one.id) && !(differences && isHollow(one, amounts.get(one.id) ?? 0, differences));
	if ((await readPortalTypes(source)).every(isAsSeen)) return;
	throw new ZohoApiError(errorData(200, 'PORTAL_CHANGING'));
}

function lostEverybody({ people, odd }: Reading, before: Snapshot): boolean {
	return people.size + odd.size === 0 && before.users.size > 0;
}

/** Whether a user type became empty for which Zoho returns no count. */
function isEmptied({ userTypes, amounts }: Reading, { users }: Snapshot, missing: string[]) {
	const empty = userTypes.filter(({ id, count }) => count === undefined && amounts.get(id) === 0);
	const ids = new Set(empty.map(({ id }) => id));
	return missing.some((id) => ids.has(users.get(id)?.userTypeId ?? ''));
}

/** Whether Zoho's counts match the people who were read, apart from the usual differences. */
function countsAgree({ userTypes, amounts }: Reading, differences: Differences): boolean {
	return userTypes.every((userType) => {
		const { id, count } = userType;
		const amount = amounts.get(id) ?? 0;
		return count === undefined || count === amount || isExplained(userType, amount, differences);
	});
}

function disagreement({ userTypes, amounts }: Reading, missing: number): ZohoApiError {
	const counted = userTypes.reduce((sum, { count = 0 }) => sum + count, 0);
	const read = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
	const details = { missing, counted, read };
	return new ZohoApiError(errorData(200, 'COUNTS_DISAGREE', { details }));
}
