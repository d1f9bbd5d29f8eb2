import type { IDataObject } from 'n8n-workflow';

import type { Connection } from './connection';
import { errorData, ZohoApiError } from './error';
import { send } from './request';
import type { ZohoRequest } from './request';
import { pause } from './retry';

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 10_000;

/** Reads with "no such job" before it is believed: a job may not be listed the moment it starts. */
const READS_WITHOUT_JOB = 3;

/** How long a job is followed unless the user says otherwise, in seconds. */
export const DEFAULT_JOB_TIMEOUT = 300;

/** Whether and how long to wait for a job, as the user set it. */
export interface JobOptions {
	waitForJob?: boolean;
	/** In seconds. */
	jobTimeout?: number;
}

/**
 * Reads a job of Zoho until it has ended.
 *
 * @param read the call that reads the job
 * @param timeout in seconds
 * @returns the row of the job
 * @throws ZohoApiError with JOB_RUNNING and the job's id when the time is over; the job goes on
 */
export async function followJob(
	connection: Connection,
	read: ZohoRequest,
	jobId: string,
	timeout: number,
): Promise<IDataObject> {
	const end = Date.now() + timeout * 1000;
	for (let attempt = 1, wait = FIRST_PAUSE; ; attempt++, wait *= 2) {
		const [job] = (await send(connection, read)).rows;
		if (job && ENDED.has(String(job.status))) return job;
		if (!job && attempt === READS_WITHOUT_JOB) {
			throw unfinished('JOB_UNKNOWN', { job_id: jobId });
		}
		const left = end - Date.now();
		if (left <= 0 || connection.signal?.aborted) {
			throw unfinished('JOB_RUNNING', { job_id: jobId, timeout });
		}
		await pause(Math.min(wait, LONGEST_PAUSE, left), connection.signal);
	}
}

const ENDED = new Set(['completed', 'failed']);

function unfinished(code: string, details: IDataObject): ZohoApiError {
	return new ZohoApiError({ ...errorData(0, code, { details }), uncertain: true });
}
