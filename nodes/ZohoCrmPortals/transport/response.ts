import type { IDataObject } from 'n8n-workflow';

import { errorData } from './error';
import type { ZohoErrorData } from './error';
import { isObject, listOf, parseJson } from './exactJson';

/** An answer of Zoho, in one shape whichever of Zoho's shapes it had. */
export interface ZohoResponse {
	httpStatus: number;
	/** The rows of the body; a row may itself be an error, see `rowError`. */
	rows: IDataObject[];
	/** What stands beside the rows: `info` of a list. */
	info: IDataObject;
	/** The whole body; empty for 204. */
	body: IDataObject;
	/** Set when the call as a whole was refused. */
	error?: ZohoErrorData;
	/** Set when an earlier try of the same call may have been carried out. */
	uncertain?: true;
}

/**
 * Reads an answer. Zoho refuses at the top of the body (`{code, details, message, status}`) or
 * inside the array under the resource's key, both with any HTTP status, 200 included; says
 * "nothing there" with 204 and no body; and its front servers answer in HTML.
 */
export function readResponse(httpStatus: number, text: string): ZohoResponse {
	const response: ZohoResponse = { httpStatus, rows: [], info: {}, body: {} };
	if (text.trim() === '') {
		if (httpStatus >= 300) response.error = errorData(httpStatus, 'EMPTY_ANSWER');
		return response;
	}
	const body = parseObject(text);
	if (!body) {
		response.error = errorData(httpStatus, 'UNREADABLE_ANSWER', {
			message: text
				.replace(/<[^>]*>|\s+/g, ' ')
				.trim()
				.slice(0, 200),
		});
		return response;
	}
	response.body = body;
	response.rows = rowsOf(body);
	if (isObject(body.info)) response.info = body.info;
	if (isError(body) || (httpStatus >= 300 && response.rows.length === 0)) {
		response.error = errorData(httpStatus, `HTTP_${httpStatus}`, body);
	}
	return response;
}

/** The error that one row of an answer stands for, if it is one. */
export function rowError(response: ZohoResponse, row: IDataObject): ZohoErrorData | undefined {
	if (!isError(row) && (response.httpStatus < 300 || row.status === 'success')) return undefined;
	const data = errorData(response.httpStatus, `HTTP_${response.httpStatus}`, row);
	return response.uncertain ? { ...data, uncertain: true } : data;
}

function isError(value: IDataObject): boolean {
	return value.status === 'error' && typeof value.code === 'string';
}

/**
 * Zoho puts every list and every result in the only array of the body, under a changing key. A body
 * of mere values stands for itself: `{"count": 11}`.
 */
function rowsOf(body: IDataObject): IDataObject[] {
	const values = Object.values(body);
	const rows: unknown = values.find(Array.isArray);
	if (rows) return listOf(rows);
	return values.length > 0 && values.every((value) => typeof value !== 'object') ? [body] : [];
}

function parseObject(text: string): IDataObject | undefined {
	try {
		const value = parseJson(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
