import type { IDataObject } from 'n8n-workflow';

import { isObject } from './exactJson';
import { codeOf } from './proof';

/**
 * An error from Zoho or from the connection to it. `code` is Zoho's, in upper case, or one of this
 * package.
 */
export interface ZohoErrorData {
	/** HTTP status of the answer; 0 if there was none. */
	httpStatus: number;
	code: string;
	/** Zoho's own text. Never base a decision on it: it differs between Zoho's documents. */
	message: string;
	details: IDataObject;
	/** Set if the change may have been made despite this error. */
	uncertain?: true;
	/** Set if the call was not made because an earlier call of the same run met this error. */
	unsent?: true;
	/**
	 * Set if only an earlier try of the run may have made the change: this one stopped before it
	 * sent anything.
	 */
	stopped?: true;
	/** Set if this is the error that a dry run expects from Zoho. */
	foreseen?: true;
	/** How long Zoho asks to wait, in ms, if it does. */
	retryAfter?: number;
}

/** An error from Zoho or from the connection to it, until it becomes an item or ends the run. */
export class ZohoApiError extends Error {
	constructor(readonly data: ZohoErrorData) {
		super(data.code);
	}
}

/** Builds the data of an error. `code` is used if the body has none. */
export function errorData(httpStatus: number, code: string, body: IDataObject = {}): ZohoErrorData {
	return {
		httpStatus,
		code: codeOf(body) || code,
		message: typeof body.message === 'string' ? body.message : '',
		details: isObject(body.details) ? body.details : {},
	};
}

/** The data of a refusal that is certain before Zoho is asked, as a dry run tells it. */
export function foreseenRefusal(code: string, details: IDataObject, message = ''): ZohoErrorData {
	return { ...errorData(400, code, { details, message }), foreseen: true };
}

/**
 * The error data of a caught error. Anything but a ZohoApiError is a bug in this package and does
 * not say what Zoho has done. Its text is left out, because it may contain the data being read.
 */
export function dataOf(caught: unknown): ZohoErrorData {
	if (caught instanceof ZohoApiError) return caught.data;
	const { name } = caught instanceof Error ? caught : new Error();
	return { ...errorData(0, 'NODE_FAULT', { details: { name } }), uncertain: true };
}

/**
 * The error for a call that is not sent because an earlier call of the run met this error. The
 * change has certainly not been made.
 */
export function unsentBecause({
	httpStatus,
	code,
	message,
	details,
}: ZohoErrorData): ZohoErrorData {
	return { httpStatus, code, message, details, unsent: true };
}
