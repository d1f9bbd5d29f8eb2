import { onlyPortal, usualRemovals } from '../zoho/directory';
import { dataOf } from '../http/error';
import { differencesOf } from './baseline';
import { readBelievably } from './believe';
import type { Belief, Caution } from './believe';
import { readCheaply, savesCalls } from './cheap';
import type { Watch } from './events';
import type { Memory } from './memory';
import type { TriggerParameters } from './parameters';
import type { Source } from './readPortal';
import { findRenamed } from './rename';
import type { Snapshot } from './snapshot';
import type { State } from './state';

/** The result of a reading, and the data that the process keeps. */
interface ReadAsDue {
	portalName: string;
	belief: Pick<Belief, 'findings' | 'doubtful' | 'isOther'>;
	marks: Omit<Memory, 'state'>;
}

/** Reads the small lists if that is sufficient, otherwise everybody. */
export async function readAsDue(
	source: Source,
	before: State | undefined,
	memory: Memory | undefined,
	{ portal, watch, maxRemovals, fullReading }: TriggerParameters,
	{ patient, now }: { patient: boolean; now: number },
): Promise<ReadAsDue> {
	const most = maxRemovals ?? usualRemovals(before?.known.users.size ?? 0);
	const isAsked = before !== undefined && isSame(before.watch, watch);
	let { blindSince } = memory ?? {};
	if (blindSince !== undefined && !isWithin(blindSince, HOUR, now)) blindSince = undefined;
	const mayBeCheap = isAsked && blindSince === undefined && savesCalls(before.known, watch);
	if (mayBeCheap && memory && !isDue(memory, fullReading, now)) {
		const { differences } = memory;
		const basis = { before: before.known, differences, watch, maxRemovals: most };
		const cheap = await readCheaply(source, basis);
		if (typeof cheap === 'object') {
			const { findings, amounts } = cheap;
			const noted = differencesOf(findings.userTypes, amounts, differences);
			return {
				portalName: source.portal,
				belief: { findings, isOther: false },
				marks: { ...memory, differences: noted },
			};
		}
		if (cheap === 'blind') blindSince = now;
	}
	const differences = memory?.differences ?? new Map();
	const caution = { maxRemovals: most, patient, differences };
	const { portalName, ...belief } = await readRenamed(source, before?.known, caution, portal);
	const { findings, amounts } = belief;
	const noted = differencesOf(findings.userTypes, amounts, differences);
	return { portalName, belief, marks: { fullAt: now, differences: noted, blindSince } };
}

const HOUR = 3_600_000;

/** A scheduled poll may start slightly early. */
const TOLERANCE = 10_000;

/** Whether a full reading is due. */
function isDue({ fullAt }: Memory, minutes: number, now: number): boolean {
	return !isWithin(fullAt, minutes * 60_000 - TOLERANCE, now);
}

/** False if the clock was set back. */
function isWithin(since: number, length: number, now: number): boolean {
	return now >= since && now - since < length;
}

function isSame(one: Watch, other: Watch): boolean {
	return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder({ events, userTypes, unconfirmedDays }: Watch) {
	return [events, userTypes, unconfirmedDays];
}

/** Reads a portal, under its new name if it was renamed. */
async function readRenamed(
	source: Source,
	before: Snapshot | undefined,
	caution: Caution,
	asked: string,
): Promise<Belief & { portalName: string }> {
	const readAs = async (portal: string) => ({
		...(await readBelievably({ ...source, portal }, before, caution)),
		portalName: portal,
	});
	return await readAs(source.portal).catch(async (error: unknown) => {
		if (dataOf(error).code !== 'INVALID_DATA' || !before) throw error;
		const renamed = await findRenamed(source, before);
		if (renamed !== undefined) return await readAs(renamed);
		// The only portal may be a different one now.
		const only = asked === '' ? await onlyPortal(source.connection) : source.portal;
		if (only === source.portal) throw error;
		return await readAs(only);
	});
}
