import type { IDataObject } from 'n8n-workflow';

import { notMentioned, readRows, scheduled, withJob } from '../../run/idResults';
import type { IdResults } from '../../run/idResults';
import type { JobOptions } from '../fields';
import type { Result } from '../../run/result';
import type { RetryMemory } from '../../run/retryMemory';
import type { Connection } from '../../http/connection';
import { sayInvitedBefore } from '../../errors/messages';
import { upper } from '../../errors/words';
import { userTypesOf } from '../../zoho/directory';
import { findByIds, noteMet, usersByRecord } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { dataOf } from '../../http/error';
import { isObject, listOf } from '../../http/exactJson';
import { followJob, jobFailure } from '../../zoho/job';
import { perRun } from '../../http/once';
import { isSuccess, jobIdOf } from '../../http/proof';
import { send } from '../../http/request';
import type { ZohoRequest } from '../../http/request';
import { rowError } from '../../http/response';
import type { ZohoResponse } from '../../http/response';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { failedUnclearly, matchJobRows } from './matchJobRows';

/** The settings of invitations. */
export interface InvitationGroup extends JobOptions {
	/** The call that schedules them. */
	request: ZohoRequest;
	/** API name of the module of the records. */
	module: string;
	portal: string;
	whenAlreadyInvited: 'error' | 'resend' | 'skip';
}

/** The invitation of one person. */
export interface Invitation {
	userType: string;
	/** Undefined for the portal's own language. */
	language?: string;
}

type InvitationOf = (id: string) => Invitation;

/** A round of invitations of one type. */
interface Round {
	connection: Connection;
	group: InvitationGroup;
	type: 'invite' | 'reinvite';
	invitationOf: InvitationOf;
}

/**
 * Invites the people behind some records: one person with a single call, several with a job. Zoho
 * answers CANNOT_PROCESS for people who were invited before, and for records that must not be
 * invited at all. People who were emailed earlier in the run or in an earlier try, or may have
 * been, are not emailed again.
 */
export async function inviteRecords(
	connection: Connection,
	group: InvitationGroup,
	ids: string[],
	invitationOf: InvitationOf,
	memory?: RetryMemory,
): Promise<IdResults> {
	const mailed = mailedIn(connection);
	const mailedBefore = memory?.recall(MAILED);
	const keyOf = (id: string) => JSON.stringify([group.module, id, invitationOf(id).userType]);
	const keep = (some: string[], result: Result): void => {
		if (!mayBeMailed(result)) return;
		for (const id of some) {
			mailed.set(keyOf(id), result);
			if ('output' in result) invitedIn(connection).add(recordKey(group.module, id));
			memory?.keep(MAILED, keyOf(id), result);
		}
	};
	const before = ids.flatMap((id): Array<[string, Result]> => {
		const result = mailed.get(keyOf(id)) ?? mailedBefore?.get(keyOf(id));
		return result ? [[id, result]] : [];
	});
	const known = new Map(before);
	const open = ids.filter((id) => !known.has(id));
	if (open.length === 0) return { results: known };
	const told = inviteAsTold(connection, group, open, invitationOf);
	const said = await told.catch((error: unknown) => {
		keep(open, { error: dataOf(error) });
		throw error;
	});
	const untold = { error: said.untouched ?? notMentioned() };
	for (const id of open) keep([id], said.results.get(id) ?? untold);
	return { ...said, results: new Map([...known, ...said.results]) };
}

/** People who were emailed in a run, or may have been, by record and user type. */
const mailedIn = perRun(() => new Map<string, Result>());

/** People whom a run has invited, by record. */
const invitedIn = perRun(() => new Set<string>());

function recordKey(module: string, id: string): string {
	return JSON.stringify([module, id]);
}

/** The key under which the retry memory stores people who were emailed. */
const MAILED = 'mailed';

function mayBeMailed(result: Result): boolean {
	return 'output' in result ? result.output.skipped !== true : result.error.uncertain === true;
}

/** Sends invitations, and treats people who were invited before as the options say. */
async function inviteAsTold(
	connection: Connection,
	group: InvitationGroup,
	ids: string[],
	invitationOf: InvitationOf,
): Promise<IdResults> {
	const first = await invite({ connection, group, type: 'invite', invitationOf }, ids);
	const stuck = ids.filter((id) => cannotProcess(first.results.get(id)));
	if (stuck.length === 0) return first;
	if (group.whenAlreadyInvited === 'error') {
		return { ...first, results: await withState(connection, group.portal, stuck, first.results) };
	}
	if (group.whenAlreadyInvited === 'skip') {
		const second = await skip(connection, group, stuck);
		return { ...first, results: new Map([...first.results, ...second]) };
	}
	const second = await inviteAgain({ connection, group, type: 'reinvite', invitationOf }, stuck);
	const results = new Map([...first.results, ...second]);
	const refused = stuck.filter((id) => cannotProcess(results.get(id)));
	if (refused.length === 0) return { ...first, results };
	// Another invitation is only useful to people who have not accepted.
	const isUser = ({ confirm }: PortalUser) => confirm === true;
	const told = await withState(connection, group.portal, refused, results, isUser);
	return { ...first, results: told };
}

/** Invites people again who were invited before and have not accepted. */
export async function reinviteRecords(
	connection: Connection,
	group: InvitationGroup,
	ids: string[],
	invitationOf: InvitationOf,
): Promise<IdResults> {
	return await invite({ connection, group, type: 'reinvite', invitationOf }, ids);
}

async function invite(round: Round, ids: string[]): Promise<IdResults> {
	return ids.length === 1 ? await inviteOne(round, ids) : await inviteByJob(round, ids);
}

async function inviteOne(round: Round, ids: string[]): Promise<IdResults> {
	const { connection, group, type, invitationOf } = round;
	const { request } = group;
	const { userType, language } = invitationOf(ids[0]);
	try {
		const response = await send(connection, {
			...request,
			path: request.path.replace('/actions/', `/${ids[0]}/actions/`),
			query: { user_type_id: userType, type, language },
		});
		return readRows(response, ids, 'record_id', done(type));
	} catch (error) {
		return { results: forAll(ids, { error: dataOf(error) }) };
	}
}

async function inviteByJob(round: Round, ids: string[]): Promise<IdResults> {
	const { connection, group, type, invitationOf } = round;
	const { request } = group;
	const data = ids.map((id) => {
		const { userType: user_type_id, language } = invitationOf(id);
		return { id, user_type_id, type, ...(language && { language }) };
	});
	const body = { portal_invite: [{ data }] };
	const response = await send(connection, { ...request, body });
	const [row = {}] = response.rows;
	if (!isSuccess(response.httpStatus)) return readMistakes(response, ids);
	const job_id = jobIdOf(row);
	if (job_id === undefined || rowError(response, row)) {
		return readRows(response, ids, 'record_id', done(type));
	}
	if (!group.waitForJob) return { results: forAll(ids, { output: scheduled(row) }) };
	return { results: await resultsOfJob(round, job_id, ids) };
}

async function resultsOfJob(
	round: Round,
	job_id: string,
	ids: string[],
): Promise<Map<string, Result>> {
	const { connection, group, type } = round;
	const { path } = group.request;
	const read: ZohoRequest = { method: 'GET', path, query: { job_id }, scope: CLIENT_PORTAL.read };
	const followed = await followJob(connection, read, job_id, group.jobTimeout);
	if ('error' in followed) return forAll(ids, followed);
	const { job } = followed;
	const told = withJob(matchJobRows(listOf(job.data), ids, done(type)), job_id);
	const untold = job.status === 'failed' ? jobFailure(job_id, job) : notMentioned({ job_id });
	const results = new Map([...forAll(ids, { error: untold }), ...told]);
	const unclear = ids.filter((id) => failedUnclearly(results.get(id)));
	// None of them was emailed. The list is halved until Zoho's answer is clear; a single person
	// always has a clear result.
	const half = Math.ceil(unclear.length / 2);
	for (const part of [unclear.slice(0, half), unclear.slice(half)]) {
		for (const [id, result] of await inviteAgain(round, part)) results.set(id, result);
	}
	return results;
}

/** Another round for records that were certainly not invited. */
async function inviteAgain(round: Round, ids: string[]): Promise<Map<string, Result>> {
	if (ids.length === 0) return new Map();
	try {
		const { results, untouched } = await invite(round, ids);
		const rest = untouched ?? notMentioned();
		return new Map([...forAll(ids, { error: rest }), ...results]);
	} catch (error) {
		return forAll(ids, { error: dataOf(error) });
	}
}

/**
 * Zoho names the rows that it refuses to schedule by their position:
 * `$.portal_invite[0].data[3].id`.
 */
function readMistakes(response: ZohoResponse, ids: string[]): IdResults {
	const results = new Map<string, Result>();
	for (const row of response.rows) {
		const position = /data\[(\d+)\]\.id$/.exec(String(detailsOf(row).json_path))?.[1];
		const error = rowError(response, row);
		const id = ids[Number(position ?? -1)];
		if (id && error) results.set(id, { error });
	}
	// A row that proves nothing makes the result uncertain for everybody who is not in another row.
	const errors = response.rows.flatMap((row) => rowError(response, row) ?? []);
	const untouched = errors.find(({ uncertain }) => uncertain) ?? errors.at(0);
	return { results, untouched: untouched ?? rowError(response, {}) };
}

/**
 * The results, in which refusals of existing portal users include their user type and state.
 *
 * @param explains whether the state of a user is the reason for the refusal
 */
async function withState(
	connection: Connection,
	portal: string,
	ids: string[],
	results: Map<string, Result>,
	explains: (user: PortalUser) => boolean = () => true,
): Promise<Map<string, Result>> {
	const told = new Map(results);
	try {
		const places = await userTypesOf(connection, portal);
		const users = await findByIds(connection, portal, places, ids);
		noteMet(connection, users);
		for (const user of users) {
			const result = results.get(user.personality_id);
			if (!result || !('error' in result) || !explains(user)) continue;
			const details = { ...result.error.details, ...stateOf(user) };
			told.set(user.personality_id, { error: { ...result.error, details } });
		}
	} catch (error) {
		// The refusal remains if the user cannot be read.
		dataOf(error);
	}
	return told;
}

/** The user type and state of a person in a portal. */
export function stateOf(user: Partial<PortalUser>): IDataObject {
	const { user_type_id, user_type_name, active, confirm, invited_time } = user;
	return { user_type_id, user_type_name, active, confirm, invited_time };
}

/** Skips people who are already portal users, of any user type. */
async function skip(
	connection: Connection,
	{ portal, module }: InvitationGroup,
	ids: string[],
): Promise<Map<string, Result>> {
	try {
		const known = await usersByRecord(connection, portal);
		noteMet(
			connection,
			ids.flatMap((id) => known.get(id) ?? []),
		);
		// The list may have been read before the run invited them to another user type.
		const invited = invitedIn(connection);
		return new Map(
			ids.flatMap((id): Array<[string, Result]> => {
				const user = known.get(id);
				if (user) return [[id, skipped(user)]];
				return invited.has(recordKey(module, id)) ? [[id, skipped({})]] : [];
			}),
		);
	} catch (error) {
		return forAll(ids, { error: dataOf(error) });
	}
}

/** The output for a person who was invited before and is skipped, with the data that was read. */
function skipped(user: Partial<PortalUser>): Result {
	const { invited_time, ...state } = stateOf(user);
	const message = upper(sayInvitedBefore({ ...state, invited_time }).reason);
	return {
		output: {
			invited: user.active !== false,
			resent: false,
			skipped: true,
			...state,
			code: 'SKIPPED',
			message,
		},
	};
}

function done(type: Round['type']): IDataObject {
	return { invited: true, resent: type === 'reinvite' };
}

function forAll(ids: string[], result: Result): Map<string, Result> {
	return new Map(ids.map((id) => [id, result]));
}

function cannotProcess(result: Result | undefined): boolean {
	if (!result || !('error' in result)) return false;
	return result.error.code === 'CANNOT_PROCESS' && !result.error.uncertain;
}

function detailsOf({ details }: IDataObject): IDataObject {
	return isObject(details) ? details : {};
}
