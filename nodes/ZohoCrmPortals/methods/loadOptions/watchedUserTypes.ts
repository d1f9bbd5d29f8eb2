import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { isObject, listOf } from '../../http/exactJson';
import { FULL_READING, readUserTypes } from '../../zoho/directory';
import { pagesFor } from '../../http/paginate';
import { byName, portalsMeant, readOffer } from '../picker';

/**
 * Lists the user types of the chosen portal, or of the only one, with the cost of watching them.
 * The list is empty if there are several portals and none is chosen.
 */
export async function getWatchedUserTypes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const types = await readOffer(this, 'user types', async (connection) => {
		const portals = await portalsMeant(this, connection);
		return portals.length === 1 ? await readUserTypes(connection, portals[0]) : [];
	});
	const calls = callsOfPoll(types.map(({ users = 0 }) => users));
	const { cheap, full } = calls;
	const cost = `A poll of this portal costs at least ${cheap} API credits and a full reading ${full}${aDay(this, calls)}, whichever user types you choose`;
	return types
		.map(({ id, name, users = 0 }) => ({
			name,
			value: id,
			description: `${users} users. ${cost}.`,
		}))
		.sort(byName);
}

/** The least calls of a cheap poll, and those of a full reading. */
interface PollCalls {
	cheap: number;
	full: number;
}

/**
 * The calls for a portal: one for the list of user types, and for each type one for the unconfirmed
 * and one for the inactive users, or all its pages.
 *
 * @param amounts the number of users in each user type
 */
export function callsOfPoll(amounts: number[]): PollCalls {
	const full = amounts.reduce((sum, users) => sum + pagesFor(users), 1);
	return { cheap: Math.min(full, 1 + 2 * amounts.length), full };
}

/**
 * The API credits per day.
 *
 * @param polls the number of polls per day
 * @param minutes the minutes between two full readings; 0 if every poll is one
 */
export function creditsADay({ cheap, full }: PollCalls, polls: number, minutes: number): number {
	const fullReadings = minutes > 0 ? Math.min(polls, DAY / minutes) : polls;
	return Math.ceil(polls * cheap + fullReadings * (full - cheap));
}

/** Credits per day above which the node warns. */
export const MANY_CREDITS = 5_000;

/** The daily cost with the chosen poll times; empty if these are expressions. */
function aDay(context: ILoadOptionsFunctions, calls: PollCalls): string {
	const polls = pollsADay(context.getCurrentNodeParameter('pollTimes'));
	if (polls === undefined) return '';
	const minutes = Number(context.getCurrentNodeParameter('options.fullReading') ?? FULL_READING);
	const credits = creditsADay(calls, polls, minutes);
	const text = `, about ${credits.toLocaleString('en-US')} a day at these poll times`;
	return credits > MANY_CREDITS ? `${text} (poll less often to save credits)` : text;
}

/** In minutes. */
const DAY = 1_440;

/** How many times per day n8n polls; undefined if this cannot be determined. */
function pollsADay(pollTimes: unknown): number | undefined {
	const items = listOf(isObject(pollTimes) ? pollTimes.item : undefined);
	const amounts = items.map(({ mode, value, unit }) => {
		const every = Number(value) * (unit === 'hours' ? 60 : 1);
		const minutes: Record<string, number> = { everyMinute: 1, everyHour: 60, everyX: every };
		const days: Record<string, number> = { everyDay: 1, everyWeek: 7, everyMonth: 30 };
		const name = String(mode);
		return DAY / (minutes[name] ?? DAY * days[name]);
	});
	const sum = amounts.reduce((all, one) => all + one, 0);
	return sum > 0 && Number.isFinite(sum) ? sum : undefined;
}
