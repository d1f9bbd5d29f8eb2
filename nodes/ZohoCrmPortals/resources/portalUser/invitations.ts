import type { IDataObject } from 'n8n-workflow';

import { readRows } from '../../execution/batch';
import type { IdResults } from '../../execution/batch';
import { outcomeOf } from '../../execution/perItem';
import type { Result } from '../../execution/run';
import type { Connection } from '../../transport/connection';
import { dataOf } from '../../transport/error';
import { isObject, listOf } from '../../transport/exactJson';
import { DEFAULT_JOB_TIMEOUT, followJob } from '../../transport/job';
import { readPages } from '../../transport/paginate';
import { userTypePath, userTypesPath } from '../../transport/paths';
import { send } from '../../transport/request';
import type { ZohoRequest } from '../../transport/request';
import { rowError } from '../../transport/response';
import type { ZohoResponse } from '../../transport/response';
import { failedUnclearly, matchJobRows } from './matchJobRows';

/** Invitations that are asked for in the same way. */
export interface InvitationGroup {
	/** The call that schedules them. */
	request: ZohoRequest;
	portal: string;
	userType: string;
	whenAlreadyInvited: 'error' | 'resend' | 'skip';
	/** Undefined: the portal's own language. */
	language?: string;
	waitForJob: boolean;
	/** In seconds. */
	jobTimeout?: number;
}

type InviteType = 'invite' | 'reinvite';

/** A round of invitations of one type. */
interface Round {
	connection: Connection;
	group: InvitationGroup;
	type: InviteType;
}

/**
 * Invites the people behind some records: one by a call of its own, more by a job. Zoho responses
 * CANNOT_PROCESS for who was invited before, and for records that may not be invited at all.
 */
export async function inviteRecords(
	connection: Connection,
	group: InvitationGroup,
	ids: string[],
): Promise<IdResults> {
	const reading = await invite({ connection, group, type: 'invite' }, ids);
	const stuck = ids.filter((id) => codeOf(reading.results.get(id)) === 'CANNOT_PROCESS');
	if (stuck.length === 0) return reading;
	if (group.whenAlreadyInvited === 'resend') {
		const again: Round = { connection, group, type: 'reinvite' };
		await inviteAgain(again, stuck, reading.results);
	}
	if (group.whenAlreadyInvited === 'skip') {
		// Where the users may not be read, the errors stay.
		const users = await portalUsersAmong(connection, group.portal, stuck).catch(() => []);
		for (const id of users) reading.results.set(id, SKIPPED);
	}
	return reading;
}

const SKIPPED: Result = {
	output: {
		invited: true,
		resent: false,
		skipped: true,
		code: 'SKIPPED',
		message: 'The record was invited before',
	},
};

async function invite(round: Round, ids: string[]): Promise<IdResults> {
	const reading = ids.length === 1 ? await inviteOne(round, ids) : await inviteByJob(round, ids);
	const invited = { invited: true, resent: round.type === 'reinvite' };
	for (const [id, result] of reading.results) {
		if ('error' in result || 'scheduled' in result.output || 'invited' in result.output) continue;
		reading.results.set(id, { output: { ...invited, ...result.output } });
	}
	return reading;
}

async function inviteOne(round: Round, ids: string[]): Promise<IdResults> {
	const { connection, group, type } = round;
	const [id] = ids;
	const query = { user_type_id: group.userType, type, language: group.language };
	const path = group.request.path.replace('/actions/', `/${id}/actions/`);
	return await send(connection, { method: 'POST', path, query }).then(
		(response) => readRows(response, ids, 'record_id'),
		(error) => ({ results: new Map([[id, { error: dataOf(error) }]]) }),
	);
}

async function inviteByJob(round: Round, ids: string[]): Promise<IdResults> {
	const { connection, group, type } = round;
	const { path } = group.request;
	const { userType: user_type_id, language } = group;
	const data = ids.map((id) => ({ id, user_type_id, type, ...(language && { language }) }));
	const body = { portal_invite: [{ data }] };
	const response = await send(connection, { method: 'POST', path, body });
	if (response.httpStatus >= 300) return readMistakes(response, ids);
	const [scheduled = {}] = response.rows;
	const { job_id } = detailsOf(scheduled);
	if (!job_id) return readRows(response, ids, 'record_id');
	if (!group.waitForJob) {
		const output = { scheduled: true, job_id, ...outcomeOf(scheduled) };
		return { results: new Map(ids.map((id) => [id, { output }])) };
	}
	const job = await followJob(
		connection,
		{ method: 'GET', path, query: { job_id } },
		String(job_id),
		group.jobTimeout ?? DEFAULT_JOB_TIMEOUT,
	);
	const results = matchJobRows(listOf(job.data), ids);
	const unclear = ids.filter((id) => failedUnclearly(results.get(id)));
	// Nobody of them was mailed. Halved until Zoho's answer is clear: alone, everybody has their own.
	const half = Math.ceil(unclear.length / 2);
	await inviteAgain(round, unclear.slice(0, half), results);
	await inviteAgain(round, unclear.slice(half), results);
	return { results };
}

/** Another round for records that were not invited; what becomes of them goes to `results`. */
async function inviteAgain(
	round: Round,
	ids: string[],
	results: Map<string, Result>,
): Promise<void> {
	if (ids.length === 0) return;
	const reading = await invite(round, ids).catch(wholeRefusal);
	for (const id of ids) {
		const result = reading.results.get(id) ?? (reading.untouched && { error: reading.untouched });
		if (result) results.set(id, result);
	}
}

/** Zoho names the rows that it refuses to schedule by position: `$.portal_invite[0].data[3].id`. */
function readMistakes(response: ZohoResponse, ids: string[]): IdResults {
	const results = new Map<string, Result>();
	for (const row of response.rows) {
		const position = /data\[(\d+)\]\.id$/.exec(String(detailsOf(row).json_path))?.[1];
		const error = rowError(response, row);
		const id = ids[Number(position ?? -1)];
		if (id && error) results.set(id, { error });
	}
	const [row = {}] = response.rows;
	return { results, untouched: rowError(response, row) };
}

/** Which of the records are portal users, of whatever user type. */
async function portalUsersAmong(
	connection: Connection,
	portal: string,
	ids: string[],
): Promise<string[]> {
	const path = userTypesPath(portal);
	const { rows: types } = await send(connection, { method: 'GET', path });
	const found = new Set<unknown>();
	for (const { id } of types) {
		const list: ZohoRequest = {
			method: 'GET',
			path: `${userTypePath(portal, String(id))}/users`,
			query: { type: 'AllUsers' },
		};
		const users = await readPages(connection, list, Infinity);
		for (const user of users) found.add(user.personality_id);
		if (ids.every((one) => found.has(one))) break;
	}
	return ids.filter((id) => found.has(id));
}

function wholeRefusal(error: unknown): IdResults {
	return { results: new Map(), untouched: dataOf(error) };
}

function codeOf(result?: Result): string | undefined {
	return result && 'error' in result ? result.error.code : undefined;
}

function detailsOf({ details }: IDataObject): IDataObject {
	return isObject(details) ? details : {};
}
