import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { errorData } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import { isObject } from '../http/exactJson';
import { isSuccess, jobIdOf, proofIn } from '../http/proof';
import { send } from '../http/request';
import type { ZohoRequest } from '../http/request';
import { rowError } from '../http/response';
import type { ZohoResponse } from '../http/response';
import { merged } from './merged';
import { answerIn } from './perItem';
import type { Result } from './result';

/** Zoho's answer to a call for some IDs. */
export interface IdResults {
	results: Map<string, Result>;
	/** Set if the call was refused as a whole; applies to the IDs without a result. */
	untouched?: ZohoErrorData;
}

/**
 * Makes one call for the IDs. They replace the placeholder named `idKey` in its path, or else are
 * comma-separated in its query, under `idKey` plus "s".
 *
 * @param done the output for an ID that was processed
 */
export async function sendIds(
	connection: Connection,
	request: ZohoRequest,
	ids: string[],
	idKey: string,
	done: IDataObject,
): Promise<IdResults> {
	const placeholder = `{${idKey}}`;
	const list = ids.join(',');
	const response = await send(
		connection,
		request.path.includes(placeholder)
			? { ...request, path: request.path.replace(placeholder, list) }
			: { ...request, query: { ...request.query, [`${idKey}s`]: list } },
	);
	return readRows(response, ids, idKey, done);
}

/**
 * Reads the rows of an answer, which contain their ID under `details[idKey]`. A row without an ID
 * concerns the whole call, or the ID if there was only one.
 *
 * @param done the output for an ID that was processed
 */
export function readRows(
	response: ZohoResponse,
	ids: string[],
	idKey: string,
	done: IDataObject,
): IdResults {
	const { httpStatus, rows } = response;
	const asked = new Set(ids);
	const results = new Map<string, Result>();
	const unnamed: IDataObject[] = [];
	for (const row of rows) {
		const id = idInDetails(row, idKey);
		if (id === undefined) unnamed.push(row);
		else if (asked.has(id)) results.set(id, resultOf(response, row, done));
	}
	const [whole] = unnamed;
	if (whole && (ids.length === 1 || proofIn(httpStatus, whole) === 'scheduled')) {
		const result = resultOf(response, whole, done);
		for (const id of ids) if (!results.has(id)) results.set(id, result);
	}
	// In a successful answer, an error without an ID concerns only some IDs if another ID was
	// processed.
	const refusesAll = !isSuccess(httpStatus) || results.size === 0;
	const refusal = refusesAll ? (whole ?? rows[0]) : undefined;
	return { results, untouched: refusal && rowError(response, refusal) };
}

/** The result in one row of an answer for its ID. */
export function resultOf(response: ZohoResponse, row: IDataObject, done: IDataObject): Result {
	const error = rowError(response, row);
	if (error) return { error };
	if (proofIn(response.httpStatus, row) === 'scheduled') return { output: scheduled(row) };
	return { output: merged(done, answerIn(row)) };
}

/** The output for a change that a job will make; nothing has been changed yet. */
export function scheduled(row: IDataObject): IDataObject {
	return { scheduled: true, job_id: jobIdOf(row), ...answerIn(row) };
}

/** Adds the ID of the job to the errors in results that come from it. */
export function withJob(results: Map<string, Result>, job_id: string): Map<string, Result> {
	return new Map(
		[...results].map(([id, result]): [string, Result] => [
			id,
			'error' in result
				? { error: { ...result.error, details: { ...result.error.details, job_id } } }
				: result,
		]),
	);
}

/** The error for an ID that an answer, or the job named in `details`, does not mention. */
export function notMentioned(details: IDataObject = {}): ZohoErrorData {
	return { ...errorData(0, 'NOT_MENTIONED', { details }), uncertain: true };
}

function idInDetails({ details }: IDataObject, idKey: string): string | undefined {
	const id = isObject(details) ? (details[idKey] ?? details.id) : undefined;
	return id === undefined ? undefined : String(id);
}
