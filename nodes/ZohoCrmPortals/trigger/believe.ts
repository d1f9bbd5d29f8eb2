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

/** How often a portal is read in one poll before it gives up. */
const READINGS = 3;

/**
 * Says that the portal changed while its users were read, as when a user type was deleted
 * (INVALID_DATA): the next reading may be a whole one.
 */
export const CHANGING = new Set([
	'ENDLESS_PAGES',
	'INCOMPLETE_LIST',
	'INVALID_DATA',
	'PORTAL_CHANGING',
]);

/** What a poll goes by. */
export interface Belief {
	findings: Findings;
	/** How many people the lists had, by the ID of the user type. */
	amounts: Map<string, number>;
	/** What was known belongs to another portal of the same name. */
	isOther: boolean;
	/** Set when Zoho's own counts of users say otherwise. */
	doubtful?: true;
}

/** When to believe what was read. */
export interface Caution {
	/** People who may be gone at once before Zoho's counts of users have to agree. */
	maxRemovals: number;
	/** Whether to give up where the counts disagree; what was read is believed otherwise. */
	patient: boolean;
	/** How far the counts were from the lists before. */
	differences: Differences;
}

/**
 * Reads a portal until what was read can be believed. Missing people are looked for once more. Where
 * more are missing than `maxRemovals`, or everybody is, or anybody while a user type that Zoho counts
 * people in has none, it is read again, until Zoho's counts agree; without counts, three times. Where
 * there are no counts, a user type that has nobody left is read again once. A first look is believed
 * when they agree, or when it is the same twice.
 *
 * @param before what was known; undefined for a first look
 * @throws ZohoApiError with COUNTS_DISAGREE when they never do, and with INVALID_DATA for a portal
 * that Zoho does not know
 */
export async function readBelievably(
	source: Source,
	before: Snapshot | undefined,
	caution: Caution,
): Promise<Belief> {
	let earlier: Reading | undefined;
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
				const evidence = { reading, before: isOther ? undefined : before, earlier, isLast };
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

/** A reading, and what else there is to judge it by. */
interface Evidence {
	reading: Reading;
	before: Snapshot | undefined;
	/** A reading of the same poll that was not believed. */
	earlier: Reading | undefined;
	/** Whether there will be no other reading. */
	isLast: boolean;
}

/** Decides whether to believe a reading, or to read once more. */
async function judge(
	source: Source,
	{ reading, before, earlier, isLast }: Evidence,
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
	// Whoever was there in an earlier reading may only have slipped through this one.
	const seen = before ? missing : [...(earlier?.people.keys() ?? [])];
	const contested = seen.filter((id) => !isThere(reading, id) && earlier?.people.has(id));
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

/** Whether two readings in a row had the same people, as many in each user type. */
function isAsBefore(reading: Reading, earlier: Reading): boolean {
	return (
		reading.people.size === earlier.people.size &&
		[...reading.people.keys()].every((id) => earlier.people.has(id)) &&
		reading.userTypes.every(({ id }) => reading.amounts.get(id) === earlier.amounts.get(id))
	);
}

/**
 * Looks again for those who are in doubt. When somebody is gone after that, the user types must be
 * those that were looked through: else they may have moved to a new one.
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
	// A row that does not say whom it is about may be about anybody who is missing.
	const gone = nameless > 0 ? [] : [...(before?.users.keys() ?? [])].filter(isGone);
	if (gone.length > 0) await confirmUserTypes(source, { userTypes, amounts, differences });
	return { findings: { userTypes, people, gone, odd, nameless }, amounts };
}

/**
 * Makes sure that those who are gone cannot be where nobody has looked.
 *
 * @throws ZohoApiError with PORTAL_CHANGING where there is a user type that is new, or Zoho counts
 * people now in one that had none, unless the lists are believed against the counts
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

/** Whether nobody is left in a user type of which Zoho does not say how many people it has. */
function isEmptied({ userTypes, amounts }: Reading, { users }: Snapshot, missing: string[]) {
	const empty = userTypes.filter(({ id, count }) => count === undefined && amounts.get(id) === 0);
	const ids = new Set(empty.map(({ id }) => id));
	return missing.some((id) => ids.has(users.get(id)?.userTypeId ?? ''));
}

/** Whether the counts that Zoho gives are those of the people who were read, or off as usual. */
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
