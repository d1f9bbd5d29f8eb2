import type { IDataObject } from 'n8n-workflow';

import { errorData } from './error';
import type { ZohoErrorData } from './error';
import { isObject, listOf, parseJson } from './exactJson';
import { codeOf, isSuccess, proofIn } from './proof';

/** An answer of Zoho in one format, whichever of Zoho's formats it had. */
export interface ZohoResponse {
	httpStatus: number;
	/** The rows of the body. A row may itself be an error; see `rowError`. */
	rows: IDataObject[];
	/** Information next to the rows: `info` of a list. */
	info: IDataObject;
	/** Set if the whole call was refused, or if the answer proves nothing. */
	error?: ZohoErrorData;
	/** Set if an earlier try of the same call may have been carried out. */
	doubted?: true;
}

/**
 * Reads an answer. Zoho puts refusals at the top of the body (`{code, details, message, status}`)
 * or inside the array under the resource's key, both with any HTTP status, including 200. An empty
 * result is a 204 without a body. Zoho's front servers answer in HTML.
 */
export function readResponse(httpStatus: number, text: string): ZohoResponse {
	const response: ZohoResponse = { httpStatus, rows: [], info: {} };
	if (httpStatus === 204) return response;
	if (text.trim() === '') {
		return { ...response, error: unclear(httpStatus, 'EMPTY_ANSWER', '') };
	}
	const value = parsed(text);
	if (value === undefined) {
		return { ...response, error: unclear(httpStatus, 'UNREADABLE_ANSWER', summary(text)) };
	}
	const body = isObject(value) ? value : {};
	const rows = rowsOf(body);
	if (!rows) {
		// Only the keys, because the values may be personal data.
		const keys = Object.keys(body).join(', ').slice(0, SUMMARY_LENGTH);
		return { ...response, error: unclear(httpStatus, 'UNKNOWN_ANSWER', keys) };
	}
	response.rows = rows;
	if (isObject(body.info)) response.info = body.info;
	const [first] = rows;
	// With 401 Zoho refuses the caller, not one of the rows.
	const isWhole = first === body || httpStatus === 401;
	if (first && isWhole && codeOf(first) !== '') response.error = rowError(response, first);
	if (!isSuccess(httpStatus) && !first) {
		response.error = unclear(httpStatus, `HTTP_${httpStatus}`, '');
	}
	return response;
}

/** The error in one row of an answer. In the answer to a read, rows may be data. */
export function rowError(response: ZohoResponse, row: IDataObject): ZohoErrorData | undefined {
	const proof = proofIn(response.httpStatus, row);
	if (proof === 'done' || proof === 'scheduled') return undefined;
	const data = errorData(response.httpStatus, 'NO_PROOF', row);
	// A row that has both the code SUCCESS and an error must not keep that code.
	if (data.code === 'SUCCESS' || data.code === 'SCHEDULED') data.code = 'NO_PROOF';
	return proof === 'uncertain' || response.doubted ? { ...data, uncertain: true } : data;
}

/** The error of a read: Zoho refuses the whole call, or returns an error row in place of data. */
export function errorOfRead(response: ZohoResponse): ZohoErrorData | undefined {
	const row = response.rows.find(isErrorRow);
	return response.error ?? (row && rowError(response, row));
}

/** Whether a row of a list is an error in place of data. Zoho also refuses lists this way. */
function isErrorRow(row: IDataObject): boolean {
	return row.status === 'error' && codeOf(row) !== '';
}

function unclear(httpStatus: number, code: string, message: string): ZohoErrorData {
	return { ...errorData(httpStatus, code, { message }), uncertain: true };
}

/**
 * Zoho puts every list and every result in the only array of the body, under varying keys. An
 * answer about the whole call, and the number of users, are the body itself.
 *
 * @returns undefined for a body that Zoho does not send
 */
function rowsOf(body: IDataObject): IDataObject[] | undefined {
	const [, list] = Object.entries(body).find(isList) ?? [];
	if (Array.isArray(list)) {
		const rows = listOf(list);
		return rows.length === list.length ? rows : undefined;
	}
	return codeOf(body) !== '' || body.count !== undefined ? [body] : undefined;
}

/** Arrays that are not lists of Zoho: the details of a refusal, and the errors of other servers. */
const NO_LISTS = new Set(['details', 'error', 'errors']);

function isList([key, value]: [string, unknown]): boolean {
	return Array.isArray(value) && !NO_LISTS.has(key);
}

function parsed(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

const SUMMARY_LENGTH = 200;

/** The beginning of the text of a page, without tags. It reads no more than it needs. */
function summary(text: string): string {
	return text
		.slice(0, 10 * SUMMARY_LENGTH)
		.replace(/<[^<>]{0,300}>|\s+/g, ' ')
		.trim()
		.slice(0, SUMMARY_LENGTH);
}
