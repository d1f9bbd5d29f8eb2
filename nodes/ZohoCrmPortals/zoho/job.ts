import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { dataOf, errorData } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import { pause } from '../http/pause';
import { send } from '../http/request';
import type { ZohoRequest } from '../http/request';

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 10_000;

/** Reads with "no such job" before it is believed: a job may not be listed the moment it starts. */
const READS_WITHOUT_JOB = 3;

/** What became of a job: its last row, or why that is not known. */
export type JobResult = { job: IDataObject } | { error: ZohoErrorData };

/**
 * Reads a job of Zoho until it has ended. Whatever keeps it from being read says nothing about the
 * job: it was accepted, and goes on.
 *
 * @param read the call that reads the job
 * @param timeout in seconds
 */
export async function followJob(
	connection: Connection,
	read: ZohoRequest,
	jobId: string,
	timeout: number,
): Promise<JobResult> {
	const end = Date.now() + timeout * 1000;
	for (let attempt = 1, wait = FIRST_PAUSE; ; attempt++, wait *= 2) {
		let job: IDataObject | undefined;
		try {
			[job] = (await send(connection, read)).rows;
		} catch (error) {
			return { error: unreadable(jobId, dataOf(error)) };
		}
		if (job && ENDED.has(String(job.status))) return { job };
		if (!job && attempt === READS_WITHOUT_JOB) {
			return { error: unfinished('JOB_UNKNOWN', { job_id: jobId }) };
		}
		const left = end - Date.now();
		if (left <= 0 || connection.signal?.aborted) {
			return { error: unfinished('JOB_RUNNING', { job_id: jobId, timeout }) };
		}
		await pause(Math.min(wait, LONGEST_PAUSE, left), connection.signal);
	}
}

const ENDED = new Set(['completed', 'failed']);

/** A job that has failed; part of it may be done. */
export function jobFailure(jobId: string, { reason }: IDataObject): ZohoErrorData {
	return unfinished('JOB_FAILED', { job_id: jobId, reason });
}

function unreadable(job_id: string, { httpStatus, code, message, details }: ZohoErrorData) {
	const error = unfinished('JOB_UNREADABLE', { ...details, job_id, code });
	return { ...error, httpStatus, message };
}

function unfinished(code: string, details: IDataObject): ZohoErrorData {
	return { ...errorData(0, code, { details }), uncertain: true };
}
