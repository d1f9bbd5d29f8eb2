import type { IDataObject } from 'n8n-workflow';

import { errorData } from './error';
import { noResponse } from './retry';
import type { Attempt } from './retry';

/**
 * The error that n8n throws for a call without a complete answer. It wraps the error of its HTTP
 * client in a NodeApiError. Versions before 2.34 lose the cause, but in all versions `httpCode` has
 * the network code, and the first of `messages` is the client's own text.
 */
interface Thrown extends Error {
	httpCode?: string | null;
	messages?: string[];
}

/** The host cannot prove its identity, so another try does not help. */
const CERTIFICATE_CODE = /CERT|TLS|SSL|SIGNATURE|EPROTO/;

/** The connection could not be established. */
const CONNECT_CODES = new Set([
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
]);
const CONNECT_TEXT = /^(?:connect|getaddrinfo) /;

/** An answer had begun: n8n uses its HTTP status as the code. */
const STATUS_CODE = /^\d{3}$/;

/** The execution was stopped, and n8n canceled the call. */
const ABORTED_CODE = 'ERR_CANCELED';

/**
 * Reads the error of a call that was sent. Unless the call certainly failed before it reached Zoho,
 * its outcome is uncertain.
 */
export function readNetworkError(error: unknown): Attempt {
	const { httpCode, messages = [], message = '' } = error as Partial<Thrown>;
	const code = httpCode ?? '';
	const text = messages[0] ?? message;
	if (code === ABORTED_CODE) return doubtful('CANCELLED', {});
	if (CERTIFICATE_CODE.test(code)) return unreached(code);
	if (CONNECT_CODES.has(code) || CONNECT_TEXT.test(text)) {
		return { ...unreached(code), passing: true };
	}
	const cause = code === '' || STATUS_CODE.test(code) ? text : code;
	return { ...doubtful('BROKEN_ANSWER', { cause }), passing: true };
}

function unreached(cause: string): Attempt {
	return { response: noResponse(errorData(0, 'NO_ANSWER', { details: { cause } })) };
}

function doubtful(code: string, details: IDataObject): Attempt {
	return { response: noResponse({ ...errorData(0, code, { details }), uncertain: true }) };
}
