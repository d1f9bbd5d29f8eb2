import type { IDataObject } from 'n8n-workflow';

import { isObject, rowRefusal } from '../../transport/answer';
import type { Answer } from '../../transport/answer';
import { readRows } from '../../transport/batch';
import type { Reading, Verdict } from '../../transport/batch';
import { failedBy } from '../../transport/errors';
import { DEFAULT_JOB_TIMEOUT, followJob } from '../../transport/jobs';
import { readPages } from '../../transport/page';
import { send } from '../../transport/send';
import type { Connection, ZohoRequest } from '../../transport/send';
import { userTypesPath } from '../userType/path';
import { creditRows, failedUnclearly } from './creditRows';

/** What the parameters say about invitations. */
export interface InviteSettings extends IDataObject {
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
	request: ZohoRequest;
	settings: InviteSettings;
	type: InviteType;
}

/**
 * Invites the people behind some records: one by a call of its own, more by a job. Zoho answers
 * CANNOT_PROCESS for who was invited before, and for records that may not be invited at all.
 */
export async function inviteRecords(
	connection: Connection,
	request: ZohoRequest,
	ids: string[],
	given: IDataObject,
): Promise<Reading> {
	const settings = given as InviteSettings;
	const reading = await invite({ connection, request, settings, type: 'invite' }, ids);
	const stuck = ids.filter((id) => codeOf(reading.verdicts.get(id)) === 'CANNOT_PROCESS');
	if (stuck.length === 0) return reading;
	if (settings.whenAlreadyInvited === 'resend') {
		const again: Round = { connection, request, settings, type: 'reinvite' };
		await inviteAgain(again, stuck, reading.verdicts);
	}
	if (settings.whenAlreadyInvited === 'skip') {
		// Where the users may not be read, the refusals stay.
		const users = await portalUsersAmong(connection, settings.portal, stuck).catch(() => []);
		for (const id of users) reading.verdicts.set(id, SKIPPED);
	}
	return reading;
}

const SKIPPED: Verdict = {
	row: { code: 'SKIPPED', message: 'The record was invited before' },
	output: { invited: true, resent: false, skipped: true },
};

async function invite(round: Round, ids: string[]): Promise<Reading> {
	const reading = ids.length === 1 ? await inviteOne(round, ids) : await inviteByJob(round, ids);
	const output = { invited: true, resent: round.type === 'reinvite' };
	for (const verdict of reading.verdicts.values()) {
		if ('row' in verdict) verdict.output ??= output;
	}
	return reading;
}

async function inviteOne(round: Round, ids: string[]): Promise<Reading> {
	const { connection, request, settings, type } = round;
	const [id] = ids;
	const query = { user_type_id: settings.userType, type, language: settings.language };
	const path = request.path.replace('/actions/', `/${id}/actions/`);
	return await send(connection, { method: 'POST', path, query }).then(
		(answer) => readRows(answer, ids, 'record_id'),
		(error) => ({ verdicts: new Map([[id, { refusal: failedBy(error, {}).refusal }]]) }),
	);
}

async function inviteByJob(round: Round, ids: string[]): Promise<Reading> {
	const { connection, request, settings, type } = round;
	const { path } = request;
	const { userType: user_type_id, language } = settings;
	const data = ids.map((id) => ({ id, user_type_id, type, ...(language && { language }) }));
	const body = { portal_invite: [{ data }] };
	const answer = await send(connection, { method: 'POST', path, body });
	if (answer.httpStatus >= 300) return readMistakes(answer, ids);
	const [scheduled = {}] = answer.rows;
	const { job_id } = detailsOf(scheduled);
	if (!job_id) return readRows(answer, ids, 'record_id');
	if (!settings.waitForJob) {
		const waiting = { row: scheduled, output: { scheduled: true, job_id } };
		return { verdicts: new Map(ids.map((id) => [id, { ...waiting }])) };
	}
	const job = await followJob(
		connection,
		{ method: 'GET', path, query: { job_id } },
		String(job_id),
		settings.jobTimeout ?? DEFAULT_JOB_TIMEOUT,
	);
	const rows = Array.isArray(job.data) ? job.data.filter(isObject) : [];
	const verdicts = creditRows(rows, ids);
	const unclear = ids.filter((id) => failedUnclearly(verdicts.get(id)));
	// Nobody of them was mailed. Halved until Zoho's answer is clear: alone, everybody has their own.
	const half = Math.ceil(unclear.length / 2);
	await inviteAgain(round, unclear.slice(0, half), verdicts);
	await inviteAgain(round, unclear.slice(half), verdicts);
	return { verdicts };
}

/** Another round for records that were not invited; what becomes of them goes to `verdicts`. */
async function inviteAgain(
	round: Round,
	ids: string[],
	verdicts: Map<string, Verdict>,
): Promise<void> {
	if (ids.length === 0) return;
	const reading = await invite(round, ids).catch(wholeRefusal);
	for (const id of ids) {
		const verdict =
			reading.verdicts.get(id) ?? (reading.untouched && { refusal: reading.untouched });
		if (verdict) verdicts.set(id, verdict);
	}
}

/** Zoho names the rows that it refuses to schedule by position: `$.portal_invite[0].data[3].id`. */
function readMistakes(answer: Answer, ids: string[]): Reading {
	const verdicts = new Map<string, Verdict>();
	for (const row of answer.rows) {
		const position = /data\[(\d+)\]\.id$/.exec(String(detailsOf(row).json_path))?.[1];
		const refused = rowRefusal(answer, row);
		const id = ids[Number(position ?? -1)];
		if (id && refused) verdicts.set(id, { refusal: refused });
	}
	const [row = {}] = answer.rows;
	return { verdicts, untouched: rowRefusal(answer, row) };
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
			path: `${path}/${String(id)}/users`,
			query: { type: 'AllUsers' },
		};
		const users = await readPages(connection, list, Infinity, 200);
		for (const user of users) found.add(user.personality_id);
		if (ids.every((one) => found.has(one))) break;
	}
	return ids.filter((id) => found.has(id));
}

function wholeRefusal(error: unknown): Reading {
	return { verdicts: new Map(), untouched: failedBy(error, {}).refusal };
}

function codeOf(verdict?: Verdict): string | undefined {
	return verdict && 'refusal' in verdict ? verdict.refusal.code : undefined;
}

function detailsOf({ details }: IDataObject): IDataObject {
	return isObject(details) ? details : {};
}
