import type { IDataObject } from 'n8n-workflow';

import { isObject } from './exactJson';
import { codeOf } from './proof';

/** What Zoho, or the way to Zoho, said no with. `code` is Zoho's, upper case, or one of our own. */
export interface ZohoErrorData {
	/** HTTP status of the answer; 0 when there was none. */
	httpStatus: number;
	code: string;
	/** Zoho's own text; never decide on it, it differs between Zoho's documents. */
	message: string;
	details: IDataObject;
	/** Set when it may have been done although this error says otherwise. */
	uncertain?: true;
	/** Set when the call was not made because an earlier one of the same run met this error. */
	unsent?: true;
	/** Set when it is what a dry run expects Zoho to say. */
	foreseen?: true;
	/** How long Zoho asks to wait, in ms, where it does. */
	retryAfter?: number;
}

/** An error of Zoho, or of the way there, until it becomes an item or ends the run. */
export class ZohoApiError extends Error {
	constructor(readonly data: ZohoErrorData) {
		super(data.code);
	}
}

/** Builds the data of an error; `code` is used where the body names none. */
export function errorData(httpStatus: number, code: string, body: IDataObject = {}): ZohoErrorData {
	return {
		httpStatus,
		code: codeOf(body) || code,
		message: typeof body.message === 'string' ? body.message : '',
		details: isObject(body.details) ? body.details : {},
	};
}

/**
 * The data of whatever was caught. What is no ZohoApiError is a fault of this package, which says
 * nothing of what Zoho has done; its text is left out, since it may hold what was being read.
 */
export function dataOf(caught: unknown): ZohoErrorData {
	if (caught instanceof ZohoApiError) return caught.data;
	const { name } = caught instanceof Error ? caught : new Error();
	return { ...errorData(0, 'NODE_FAULT', { details: { name } }), uncertain: true };
}

/** An error for what is not sent, because an earlier call of the run met it: certainly not done. */
export function unsentBecause({
	httpStatus,
	code,
	message,
	details,
}: ZohoErrorData): ZohoErrorData {
	return { httpStatus, code, message, details, unsent: true };
}
