import { dataOf, errorData, ZohoApiError } from '../transport/error';
import { lookAgain } from './lookAgain';
import { readingOf } from './reading';
import type { Reading } from './reading';
import { readUsers, readUserTypes } from './readPortal';
import type { Source } from './readPortal';
import type { Snapshot } from './snapshot';

/** How often a portal is read in one poll before it gives up. */
const READINGS = 3;

/**
 * Says that the portal changed while its users were read, as when a user type was deleted
 * (INVALID_DATA): the next reading may be a whole one.
 */
const CHANGING = new Set(['ENDLESS_PAGES', 'INCOMPLETE_LIST', 'INVALID_DATA', 'PORTAL_CHANGING']);

/** What a poll goes by. */
export interface Belief {
	reading: Reading;
	/** Set when Zoho's own counts of users say otherwise. */
	doubtful?: true;
}

/** When to believe what was read. */
export interface Caution {
	/** People who may be gone at once before Zoho's counts of users have to agree. */
	maxRemovals: number;
	/** Whether to give up where the counts disagree; what was read is believed otherwise. */
	patient: boolean;
}

/**
 * Reads a portal until what was read can be believed. Who is missing is looked for once more. Where
 * more are missing than `maxRemovals`, or everybody is, or a user type that Zoho counts people in
 * has none, it is read again, until Zoho's counts agree.
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
		const userTypes = await readUserTypes(source);
		const judged = await readUsers(source, userTypes)
			.then(async (lists) => {
				const reading = readingOf(userTypes, lists);
				return await judge(source, { reading, before, earlier, isLast }, caution);
			})
			.catch((error: unknown) => {
				if (isLast || !CHANGING.has(dataOf(error).code)) throw error;
				return undefined;
			});
		if (judged && 'reading' in judged) return judged;
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
	{ maxRemovals, patient }: Caution,
): Promise<Belief | { doubted: Reading }> {
	const missing = [...(before?.users.keys() ?? [])].filter((id) => !reading.people.has(id));
	const manyMissing = missing.length > maxRemovals || lostEverybody(reading, before);
	if (!manyMissing && !isHollow(reading, before)) {
		return { reading: await settle(source, reading, missing, before) };
	}
	const agreed = earlier !== undefined && countsAgree(reading);
	if (!agreed && !isLast) return { doubted: reading };
	if (!agreed && patient) throw disagreement(reading, missing.length);
	// Whoever was there in an earlier reading may only have slipped through this one.
	const contested = missing.filter((id) => earlier?.people.has(id));
	const settled = await settle(source, reading, contested, before);
	return { reading: settled, ...(!agreed && { doubtful: true }) };
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
): Promise<Reading> {
	const doubted = [...new Set([...missing, ...reading.ambiguous])];
	const settled = await lookAgain(source, reading, doubted, before);
	const isGone = (id: string) => !settled.people.has(id);
	if (![...(before?.users.keys() ?? [])].some(isGone)) return settled;
	const userTypes = await readUserTypes(source);
	if (userTypes.every(({ id }) => reading.amounts.has(id))) return settled;
	throw new ZohoApiError(errorData(200, 'PORTAL_CHANGING'));
}

function lostEverybody({ people }: Reading, before: Snapshot | undefined): boolean {
	return people.size === 0 && before !== undefined && before.users.size > 0;
}

/** Whether a user type came back empty that Zoho counts people in, unless it was known to be empty. */
function isHollow({ userTypes, amounts }: Reading, before: Snapshot | undefined): boolean {
	const inhabited = before && new Set([...before.users.values()].map((user) => user.userTypeId));
	return userTypes.some(
		({ id, count = 0 }) => count > 0 && amounts.get(id) === 0 && (inhabited?.has(id) ?? true),
	);
}

/** Whether all counts that Zoho gives are those of the people who were read. */
function countsAgree({ userTypes, amounts }: Reading): boolean {
	return userTypes.every(({ id, count }) => count === undefined || count === amounts.get(id));
}

function disagreement({ userTypes, amounts }: Reading, missing: number): ZohoApiError {
	const counted = userTypes.reduce((sum, { count = 0 }) => sum + count, 0);
	const read = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
	const details = { missing, counted, read };
	return new ZohoApiError(errorData(200, 'COUNTS_DISAGREE', { details }));
}
