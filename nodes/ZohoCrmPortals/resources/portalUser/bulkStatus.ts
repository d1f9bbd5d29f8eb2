import { chunk } from '../../http/chunk';
import { notMentioned, readRows } from '../../run/idResults';
import { answerIn } from '../../run/perItem';
import type { Result } from '../../run/result';
import { mapWithConcurrency } from '../../http/concurrency';
import { credentialOf } from '../../http/connection';
import type { Connection } from '../../http/connection';
import { dataOf, errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { perRun } from '../../http/once';
import { pause } from '../../http/pause';
import { readByIds, takeSeen } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { send } from '../../http/request';
import type { ZohoRequest } from '../../http/request';
import { isCovered, scopesOf } from '../../http/grantedScopes';
import { CLIENT_PORTAL } from '../../zoho/scopes';

/** Users that Zoho takes in one job. */
const USERS_PER_JOB = 100;

/** Rows worth reading for each user: a read of them all is an eighth of the calls one by one. */
const ROWS_PER_USER = 25;

/** Reads in a row that find nobody changed before the jobs are believed to be over. */
const READS_WITHOUT_CHANGE = 10;

/** Pause after a read that found somebody changed; it doubles with each that does not. In ms. */
const SHORTEST_PAUSE = 150;
const LONGEST_PAUSE = 10_000;

/** How long jobs are watched at most, in ms. */
const LONGEST_WATCH = 300_000;

/** What is asked for some users of one user type. */
interface StatusChange {
	/** The call that changes one user. */
	request: ZohoRequest;
	active: boolean;
	portal: string;
	userType: string;
}

/** Reads some users as they are now, by ID; undefined where that is not worth it. */
type ReadUsers = (ids: string[]) => Promise<Map<string, PortalUser> | undefined>;

/**
 * Changes the status of many users by jobs, which only Zoho's newest OpenAPI files have and no call
 * reads. What becomes of a user shows in the list of users: that is read before, and again until all
 * are as asked or nothing moves any more. Where it cannot be read, nothing is scheduled.
 *
 * @param least fewer users than that are not worth a job
 * @returns outputs of those who were read to be as asked, and uncertain errors of those who may
 * still be changed by a job; nothing of the others, who are to be changed one by one
 */
export async function changeInBulk(
	connection: Connection,
	change: StatusChange,
	ids: string[],
	least: number,
): Promise<Map<string, Result>> {
	const results = new Map<string, Result>();
	const known = takeSeen(connection, change.userType, ids);
	if (ids.length < least) return results;
	const read: ReadUsers = async (some) => {
		const { portal, userType } = change;
		const most = ids.length * ROWS_PER_USER;
		const users = await readByIds(connection, portal, [{ id: userType }], some, most);
		return users && new Map(users.map((user) => [user.personality_id, user]));
	};
	const before = known ?? (await unlessUnreadable(readBefore(connection, read, ids)));
	if (!before) return results;
	const { active } = change;
	const movable: string[] = [];
	for (const id of ids) {
		const user = before.get(id);
		if (user?.active === active) {
			results.set(id, { output: { active, unchanged: true, ...answerIn({}) } });
		} else if (user && (active || user.confirm !== false)) {
			movable.push(id);
		} else if (user) {
			// A job silently leaves out people whom Zoho does not deactivate: they have not accepted yet.
			activeOnes(connection).add(id);
		}
	}
	if (movable.length < least) return results;
	const scheduled = await schedule(connection, change, movable);
	const doubted = [...scheduled].flatMap(([id, result]) => ('error' in result ? [id] : []));
	const left = await watch(connection, read, doubted, active);
	for (const [id, result] of scheduled) {
		results.set(id, 'output' in result || left.has(id) ? result : seen(active, result.error));
	}
	return results;
}

/** Undefined where the users may not be read, or not in calls that are worth it. */
async function readBefore(
	connection: Connection,
	read: ReadUsers,
	ids: string[],
): ReturnType<ReadUsers> {
	const granted = scopesOf(await credentialOf(connection));
	return isCovered(CLIENT_PORTAL.read, granted) ? await read(ids) : undefined;
}

/** IDs of those whom a run has seen to be active, and has not changed. */
export const activeOnes = perRun(() => new Set<string>());

/**
 * Schedules the change; the first job alone, since a refusal of that holds for all.
 *
 * @returns uncertain errors of those whom a job may change, outputs of those of whom Zoho says at
 * once that they are; nothing of those whom none will change
 */
async function schedule(
	connection: Connection,
	change: StatusChange,
	ids: string[],
): Promise<Map<string, Result>> {
	const [first, ...others] = chunk(ids, USERS_PER_JOB);
	const results = await scheduleJob(connection, change, first);
	if (results.size === 0) return results;
	const more = await mapWithConcurrency(
		others,
		connection.concurrency,
		async (part) => await scheduleJob(connection, change, part),
	);
	return new Map([results, ...more].flatMap((part) => [...part]));
}

async function scheduleJob(
	connection: Connection,
	{ request, active }: StatusChange,
	ids: string[],
): Promise<Map<string, Result>> {
	const users = ids.map((personality_id) => ({ personality_id, active }));
	const results = new Map<string, Result>();
	const keep = (id: string, result: Result) => {
		if ('output' in result) {
			const { scheduled, job_id } = result.output;
			results.set(id, scheduled === true ? unseen(String(job_id)) : result);
		} else if (result.error.uncertain) {
			results.set(id, result);
		}
	};
	try {
		const response = await send(connection, {
			...request,
			path: request.path.replace('/{personality_id}', ''),
			query: undefined,
			body: { change_status: [{ users }] },
		});
		const told = readRows(response, ids, 'personality_id', { active });
		const untold = { error: told.untouched ?? notMentioned() };
		for (const id of ids) keep(id, told.results.get(id) ?? untold);
	} catch (error) {
		const refused = { error: dataOf(error) };
		for (const id of ids) keep(id, refused);
	}
	return results;
}

/**
 * Reads users until all are as asked, or nothing moves any more, or they cannot be read.
 *
 * @returns those who were not seen to be as asked
 */
async function watch(
	connection: Connection,
	read: ReadUsers,
	ids: string[],
	active: boolean,
): Promise<Set<string>> {
	const end = Date.now() + LONGEST_WATCH;
	let left = ids;
	for (let still = 0; left.length > 0; ) {
		const found = await unlessUnreadable(read(left));
		if (!found) break;
		const others = left.filter((id) => found.get(id)?.active !== active);
		still = others.length < left.length ? 0 : still + 1;
		left = others;
		if (still === READS_WITHOUT_CHANGE || Date.now() > end) break;
		if (left.length > 0) {
			await pause(Math.min(SHORTEST_PAUSE * 2 ** still, LONGEST_PAUSE), connection.signal);
		}
	}
	return new Set(left);
}

/** What is read; undefined where Zoho or the way there says no. */
async function unlessUnreadable<T>(reading: Promise<T>): Promise<T | undefined> {
	try {
		return await reading;
	} catch (error) {
		dataOf(error);
		return undefined;
	}
}

/** The doubt about somebody whom a job was to change, and whom nobody has seen changed. */
function unseen(job_id: string): Result {
	return { error: { ...errorData(0, 'JOB_UNSEEN', { details: { job_id } }), uncertain: true } };
}

/** The output of somebody who was read to be as asked after a job. */
function seen(active: boolean, { details: { job_id } }: ZohoErrorData): Result {
	return { output: { active, ...answerIn({}), ...(job_id !== undefined && { job_id }) } };
}
