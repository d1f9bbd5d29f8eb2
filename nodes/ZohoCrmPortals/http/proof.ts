import type { IDataObject } from 'n8n-workflow';

import { isObject } from './exactJson';

/**
 * What a part of Zoho's JSON proves about the object that it describes:
 * - `done`: it reports success (`code` SUCCESS, or the whole object with its ID);
 * - `scheduled`: it names a job that will make the change;
 * - `notDone`: it is a refusal, with a status that Zoho uses for refusals;
 * - `uncertain`: anything else. Answers that are not Zoho's JSON, and missing answers, prove
 *   nothing.
 */
export type Proof = 'done' | 'scheduled' | 'notDone' | 'uncertain';

/** @param piece the body of an answer, or one of its rows */
export function proofIn(httpStatus: number, piece: IDataObject): Proof {
	const code = codeOf(piece);
	if (code === 'SUCCESS') return piece.status === 'error' ? 'uncertain' : 'done';
	if (code === 'SCHEDULED') return jobIdOf(piece) === undefined ? 'uncertain' : 'scheduled';
	if (blamesServer(code)) return 'uncertain';
	if (code !== '') {
		// Zoho also refuses with 2xx statuses.
		return isSuccess(httpStatus) || isRefusal(httpStatus) ? 'notDone' : 'uncertain';
	}
	return isSuccess(httpStatus) && piece.id !== undefined ? 'done' : 'uncertain';
}

/** Zoho's code in upper case. Its v2 messages have codes in lower case ("invalid_data"). */
export function codeOf({ code }: IDataObject): string {
	return typeof code === 'string' ? code.toUpperCase() : '';
}

/** Codes for faults of Zoho's own servers. Zoho's documents have both spellings. */
const SERVER_FAULTS = new Set(['INTERNAL_ERROR', 'INTERNAL_SERVER_ERROR']);

/** Whether a code blames the server, which may have made the change anyway. */
export function blamesServer(code: string): boolean {
	return SERVER_FAULTS.has(code);
}

/**
 * The ID of the job that a row names. Zoho's documentation says jobId, its OpenAPI files say
 * job_id.
 */
export function jobIdOf({ details }: IDataObject): string | undefined {
	const { job_id, jobId } = isObject(details) ? details : {};
	const id = job_id ?? jobId;
	return id === undefined || id === null || id === '' ? undefined : String(id);
}

export function isSuccess(httpStatus: number): boolean {
	return httpStatus >= 200 && httpStatus < 300;
}

/**
 * Whether a status is a refusal. Server errors and timeouts (408) may occur after the change was
 * made.
 */
export function isRefusal(httpStatus: number): boolean {
	return httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
}
