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
	const full = types.reduce((sum, { users = 0 }) => sum + pagesFor(users), 1);
	// One call for the list of user types, and for each type one for the unconfirmed and one for
	// the inactive users.
	const cheap = Math.min(full, 1 + 2 * types.length);
	const cost = `A poll of this portal costs at least ${cheap} API credits and a full reading ${full}${aDay(this, cheap, full)}, whichever user types you choose`;
	return types
		.map(({ id, name, users = 0 }) => ({
			name,
			value: id,
			description: `${users} users. ${cost}.`,
		}))
		.sort(byName);
}

/** Credits per day above which the list shows a warning. */
const MANY = 5_000;

/** The daily cost with the chosen poll times; empty if these are expressions. */
function aDay(context: ILoadOptionsFunctions, cheap: number, full: number): string {
	const polls = pollsADay(context.getCurrentNodeParameter('pollTimes'));
	if (polls === undefined) return '';
	const minutes = Number(context.getCurrentNodeParameter('options.fullReading') ?? FULL_READING);
	const fullReadings = minutes > 0 ? Math.min(polls, DAY / minutes) : polls;
	const credits = Math.ceil(polls * cheap + fullReadings * (full - cheap));
	const text = `, about ${credits.toLocaleString('en-US')} a day at these poll times`;
	return credits > MANY ? `${text} (poll less often to save credits)` : text;
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
