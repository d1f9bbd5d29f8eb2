import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { dataOf, errorData } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import { pause } from '../http/pause';
import { send } from '../http/request';
import type { ZohoRequest } from '../http/request';

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 10_000;

/**
 * The number of reads with "no such job" before that is accepted: a new job may not be listed at
 * once.
 */
const READS_WITHOUT_JOB = 3;

/** The result of a job: its last row, or why the result is unknown. */
export type JobResult = { job: IDataObject } | { error: ZohoErrorData };

/**
 * Reads a Zoho job until it has ended. If it cannot be read, that says nothing about the job: it
 * was accepted, and continues.
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
			job = jobIn((await send(connection, read)).rows, jobId);
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

/** The job with an ID. Jobs that transfer data have none in their row. */
export function jobIn(rows: IDataObject[], jobId: string): IDataObject | undefined {
	return rows.find(({ job_id: id }) => String(id ?? jobId) === jobId);
}

const ENDED = new Set(['completed', 'failed']);

/** The error for a job that has failed. Part of it may have been done. */
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
