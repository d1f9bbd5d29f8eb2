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
import { noteMet, readByIds, takeSeen } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { send } from '../../http/request';
import type { ZohoRequest } from '../../http/request';
import { isCovered, scopesOf } from '../../http/grantedScopes';
import { CLIENT_PORTAL } from '../../zoho/scopes';

/** The most users that Zoho accepts in one job. */
const USERS_PER_JOB = 100;

/**
 * The most rows worth reading per user: reading them all takes an eighth of the calls for single
 * users.
 */
const ROWS_PER_USER = 25;

/** After this many reads in a row without a change, the jobs are considered finished. */
const READS_WITHOUT_CHANGE = 10;

/** Pause after a read that found a change, in ms. It doubles after each read that did not. */
const SHORTEST_PAUSE = 150;
const LONGEST_PAUSE = 10_000;

/** How long jobs are watched at most, in ms. */
const LONGEST_WATCH = 300_000;

/** The change that is requested for some users of one user type. */
interface StatusChange {
	/** The call that changes one user. */
	request: ZohoRequest;
	active: boolean;
	portal: string;
	userType: string;
}

/** Reads the current state of some users, by ID; undefined if this is not worth the calls. */
type ReadUsers = (ids: string[]) => Promise<Map<string, PortalUser> | undefined>;

/**
 * Changes the status of many users in jobs. Only Zoho's newest OpenAPI files have these jobs, and
 * no call reads them. Only the list of users shows the result: it is read before the jobs, and
 * again until all users are in the requested state or nothing changes any more. If the list cannot
 * be read, no job is started.
 *
 * @param least below this number of users, a job is not worth it
 * @returns outputs of the users who were read in the requested state, and uncertain errors of those
 *   whom a job may still change; no entry for the others, who are changed one at a time
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
	noteMet(connection, [...before.values()]);
	const { active } = change;
	const movable: string[] = [];
	for (const id of ids) {
		const user = before.get(id);
		if (user?.active === active) {
			results.set(id, { output: { active, unchanged: true, ...answerIn({}) } });
		} else if (user && (active || user.confirm !== false)) {
			movable.push(id);
		} else if (user) {
			// A job silently skips people whom Zoho does not deactivate: they have not accepted
			// yet.
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

/**
 * The users before the change; undefined if they cannot be read in a reasonable number of calls.
 */
async function readBefore(
	connection: Connection,
	read: ReadUsers,
	ids: string[],
): ReturnType<ReadUsers> {
	const granted = scopesOf(await credentialOf(connection));
	return isCovered(CLIENT_PORTAL.read, granted) ? await read(ids) : undefined;
}

/** IDs of users whom a run has seen as active and has not changed since. */
export const activeOnes = perRun(() => new Set<string>());

/**
 * Starts the jobs. The first job runs alone, because a refusal of it applies to all.
 *
 * @returns uncertain errors of the users whom a job may change, and outputs of those whom Zoho
 *   reports as changed at once; no entry for those whom no job will change
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
 * Reads users until all are in the requested state, or nothing changes any more, or they cannot be
 * read.
 *
 * @returns the users who were not seen in the requested state
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

/** The result of a read; undefined if Zoho or the connection returns an error. */
async function unlessUnreadable<T>(reading: Promise<T>): Promise<T | undefined> {
	try {
		return await reading;
	} catch (error) {
		dataOf(error);
		return undefined;
	}
}

/** The uncertain error for a user whom a job was to change, but whose change was not seen. */
function unseen(job_id: string): Result {
	return { error: { ...errorData(0, 'JOB_UNSEEN', { details: { job_id } }), uncertain: true } };
}

/** The output for a user who was read in the requested state after a job. */
function seen(active: boolean, { details: { job_id } }: ZohoErrorData): Result {
	return { output: { active, ...answerIn({}), ...(job_id !== undefined && { job_id }) } };
}
