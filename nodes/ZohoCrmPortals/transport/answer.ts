import type { IDataObject } from 'n8n-workflow';

import { parseJson } from './json';

/** Why Zoho (or the way to Zoho) said no. `code` is Zoho's, upper case, or one of our own. */
export interface Refusal {
	/** HTTP status of the answer; 0 when there was none. */
	httpStatus: number;
	code: string;
	/** Zoho's own text; never decide on it, it differs between Zoho's documents. */
	message: string;
	details: IDataObject;
	/** Set when the call may have been carried out although this refusal says otherwise. */
	uncertain?: true;
	/** Set when the call was not made because an earlier one of the same run met this refusal. */
	unsent?: true;
}

/** An answer of Zoho, in one shape whichever of Zoho's shapes it had. */
export interface Answer {
	httpStatus: number;
	/** The rows of the body; a row may itself be a refusal, see `rowRefusal`. */
	rows: IDataObject[];
	/** What stands beside the rows: `info` of a list. */
	info: IDataObject;
	/** The whole body; empty for 204. */
	body: IDataObject;
	/** Set when the call as a whole was refused. */
	refusal?: Refusal;
	/** Set when an earlier try of the same call may have been carried out. */
	uncertain?: true;
}

/**
 * Reads an answer. Zoho refuses at the top of the body (`{code, details, message, status}`) or
 * inside the array under the resource's key, both with any HTTP status, 200 included; says
 * "nothing there" with 204 and no body; and its front servers answer in HTML.
 */
export function readAnswer(httpStatus: number, text: string): Answer {
	const answer: Answer = { httpStatus, rows: [], info: {}, body: {} };
	if (text.trim() === '') {
		if (httpStatus >= 300) answer.refusal = refusal(httpStatus, 'EMPTY_ANSWER');
		return answer;
	}
	const body = parseObject(text);
	if (!body) {
		answer.refusal = refusal(httpStatus, 'UNREADABLE_ANSWER', {
			message: text
				.replace(/<[^>]*>|\s+/g, ' ')
				.trim()
				.slice(0, 200),
		});
		return answer;
	}
	answer.body = body;
	answer.rows = rowsOf(body);
	if (isObject(body.info)) answer.info = body.info;
	if (isRefusal(body) || (httpStatus >= 300 && answer.rows.length === 0)) {
		answer.refusal = refusal(httpStatus, `HTTP_${httpStatus}`, body);
	}
	return answer;
}

/** The refusal that one row of an answer stands for, if it is one. */
export function rowRefusal(answer: Answer, row: IDataObject): Refusal | undefined {
	if (!isRefusal(row) && (answer.httpStatus < 300 || row.status === 'success')) return undefined;
	const refused = refusal(answer.httpStatus, `HTTP_${answer.httpStatus}`, row);
	return answer.uncertain ? { ...refused, uncertain: true } : refused;
}

/** Builds a refusal; `code` is used where the body names none. */
export function refusal(httpStatus: number, code: string, body: IDataObject = {}): Refusal {
	return {
		httpStatus,
		// The v2 texts of Zoho's documents have codes in lower case ("invalid_data").
		code: typeof body.code === 'string' && body.code !== '' ? body.code.toUpperCase() : code,
		message: typeof body.message === 'string' ? body.message : '',
		details: isObject(body.details) ? body.details : {},
	};
}

function isRefusal(value: IDataObject): boolean {
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

/** The objects in an array; nothing for what is no array. */
export function listOf(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
