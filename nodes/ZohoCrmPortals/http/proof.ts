import type { IDataObject } from 'n8n-workflow';

import { isObject } from './exactJson';

/**
 * What a piece of Zoho's own JSON proves about the thing that it speaks of:
 * - `done`: it says success (`code` SUCCESS, or the whole object with its id);
 * - `scheduled`: it names a job that will do it;
 * - `notDone`: it refuses, with a status that Zoho refuses with;
 * - `uncertain`: all the rest. What is no JSON of Zoho's, or no answer at all, proves nothing either.
 */
export type Proof = 'done' | 'scheduled' | 'notDone' | 'uncertain';

/** @param piece the body of an answer, or one row of it */
export function proofIn(httpStatus: number, piece: IDataObject): Proof {
	const code = codeOf(piece);
	if (code === 'SUCCESS') return piece.status === 'error' ? 'uncertain' : 'done';
	if (code === 'SCHEDULED') return jobIdOf(piece) === undefined ? 'uncertain' : 'scheduled';
	if (blamesServer(code)) return 'uncertain';
	if (code !== '') {
		// Zoho refuses inside 2xx, too.
		return isSuccess(httpStatus) || isRefusal(httpStatus) ? 'notDone' : 'uncertain';
	}
	return isSuccess(httpStatus) && piece.id !== undefined ? 'done' : 'uncertain';
}

/** Zoho's code, in upper case: its v2 texts have them in lower case ("invalid_data"). */
export function codeOf({ code }: IDataObject): string {
	return typeof code === 'string' ? code.toUpperCase() : '';
}

/** Codes for a fault of Zoho's own servers; Zoho's documents spell it in two ways. */
const SERVER_FAULTS = new Set(['INTERNAL_ERROR', 'INTERNAL_SERVER_ERROR']);

/** Whether a code blames the server, which may have done the work all the same. */
export function blamesServer(code: string): boolean {
	return SERVER_FAULTS.has(code);
}

/** The id of the job that a row names; Zoho's documentation says jobId, its OpenAPI files job_id. */
export function jobIdOf({ details }: IDataObject): string | undefined {
	const { job_id, jobId } = isObject(details) ? details : {};
	const id = job_id ?? jobId;
	return id === undefined || id === null || id === '' ? undefined : String(id);
}

export function isSuccess(httpStatus: number): boolean {
	return httpStatus >= 200 && httpStatus < 300;
}

/** Whether a status refuses. A server error or a time-out (408) may follow work that was done. */
export function isRefusal(httpStatus: number): boolean {
	return httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
}
