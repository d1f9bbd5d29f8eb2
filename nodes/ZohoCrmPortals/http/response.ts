import type { IDataObject } from 'n8n-workflow';

import { errorData } from './error';
import type { ZohoErrorData } from './error';
import { isObject, listOf, parseJson } from './exactJson';
import { codeOf, isSuccess, proofIn } from './proof';

/** An answer of Zoho, in one shape whichever of Zoho's shapes it had. */
export interface ZohoResponse {
	httpStatus: number;
	/** The rows of the body; a row may itself be an error, see `rowError`. */
	rows: IDataObject[];
	/** What stands beside the rows: `info` of a list. */
	info: IDataObject;
	/** Set when the call as a whole was refused, or the answer proves nothing. */
	error?: ZohoErrorData;
	/** Set when an earlier try of the same call may have been carried out. */
	doubted?: true;
}

/**
 * Reads an answer. Zoho refuses at the top of the body (`{code, details, message, status}`) or
 * inside the array under the resource's key, both with any HTTP status, 200 included; says
 * "nothing there" with 204 and no body; and its front servers answer in HTML.
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
		// Its keys alone: its values may be personal.
		const keys = Object.keys(body).join(', ').slice(0, SUMMARY_LENGTH);
		return { ...response, error: unclear(httpStatus, 'UNKNOWN_ANSWER', keys) };
	}
	response.rows = rows;
	if (isObject(body.info)) response.info = body.info;
	const [first] = rows;
	if (first === body && codeOf(body) !== '') response.error = rowError(response, body);
	if (!isSuccess(httpStatus) && !first) {
		response.error = unclear(httpStatus, `HTTP_${httpStatus}`, '');
	}
	return response;
}

/** The error that one row of an answer stands for; of what was read, any row may be data. */
export function rowError(response: ZohoResponse, row: IDataObject): ZohoErrorData | undefined {
	const proof = proofIn(response.httpStatus, row);
	if (proof === 'done' || proof === 'scheduled') return undefined;
	const data = errorData(response.httpStatus, 'NO_PROOF', row);
	// A row that says SUCCESS and error at once is no error of that name.
	if (data.code === 'SUCCESS' || data.code === 'SCHEDULED') data.code = 'NO_PROOF';
	return proof === 'uncertain' || response.doubted ? { ...data, uncertain: true } : data;
}

/** What a read failed with: Zoho refuses it as a whole, or by a row in place of data. */
export function errorOfRead(response: ZohoResponse): ZohoErrorData | undefined {
	const row = response.rows.find(isErrorRow);
	return response.error ?? (row && rowError(response, row));
}

/** Whether a row of a list is an error in place of data: Zoho refuses lists like that, too. */
function isErrorRow(row: IDataObject): boolean {
	return row.status === 'error' && codeOf(row) !== '';
}

function unclear(httpStatus: number, code: string, message: string): ZohoErrorData {
	return { ...errorData(httpStatus, code, { message }), uncertain: true };
}

/**
 * Zoho puts every list and every result in the only array of the body, under a changing key; an
 * answer about the call as a whole, and the number of users, are the body itself.
 *
 * @returns undefined for what Zoho does not answer with
 */
function rowsOf(body: IDataObject): IDataObject[] | undefined {
	const [, list] = Object.entries(body).find(isList) ?? [];
	if (Array.isArray(list)) {
		const rows = listOf(list);
		return rows.length === list.length ? rows : undefined;
	}
	return codeOf(body) !== '' || body.count !== undefined ? [body] : undefined;
}

/** Arrays that are no lists of Zoho's: the details of a refusal, and what other servers refuse with. */
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

/** The beginning of what a page says, without its tags. Reads no more than it needs. */
function summary(text: string): string {
	return text
		.slice(0, 10 * SUMMARY_LENGTH)
		.replace(/<[^<>]{0,300}>|\s+/g, ' ')
		.trim()
		.slice(0, SUMMARY_LENGTH);
}
