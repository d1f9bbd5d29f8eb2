import type { IDataObject } from 'n8n-workflow';

import { isObject } from './exactJson';

/** What Zoho, or the way to Zoho, said no with. `code` is Zoho's, upper case, or one of our own. */
export interface ZohoErrorData {
	/** HTTP status of the answer; 0 when there was none. */
	httpStatus: number;
	code: string;
	/** Zoho's own text; never decide on it, it differs between Zoho's documents. */
	message: string;
	details: IDataObject;
	/** Set when the call may have been carried out although this error says otherwise. */
	uncertain?: true;
	/** Set when the call was not made because an earlier one of the same run met this error. */
	unsent?: true;
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
		// The v2 texts of Zoho's documents have codes in lower case ("invalid_data").
		code: typeof body.code === 'string' && body.code !== '' ? body.code.toUpperCase() : code,
		message: typeof body.message === 'string' ? body.message : '',
		details: isObject(body.details) ? body.details : {},
	};
}

/** The data of a caught ZohoApiError. Any other error is thrown on. */
export function dataOf(error: unknown): ZohoErrorData {
	if (error instanceof ZohoApiError) return error.data;
	throw error;
}
