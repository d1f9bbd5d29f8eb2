import type { IDataObject } from 'n8n-workflow';

import { errorData } from './error';
import { noResponse } from './retry';
import type { Attempt } from './retry';

/**
 * What n8n throws for a call without a whole answer. It wraps what its HTTP client threw in a
 * NodeApiError, of which versions before 2.34 lose the cause: the code of the network is in
 * `httpCode` on all, the client's own text the first of `messages`.
 */
interface Thrown extends Error {
	httpCode?: string | null;
	messages?: string[];
}

/** The host cannot prove who it is: trying again will not change that. */
const CERTIFICATE_CODE = /CERT|TLS|SSL|SIGNATURE|EPROTO/;

/** No connection came about. */
const CONNECT_CODES = new Set([
	'EAI_AGAIN',
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
]);
const CONNECT_TEXT = /^(?:connect|getaddrinfo) /;

/** An answer had begun: n8n gives its HTTP status for a code. */
const STATUS_CODE = /^\d{3}$/;

/** The execution was stopped, and n8n ended the call. */
const ABORTED_CODE = 'ERR_CANCELED';

/** Reads what a call threw that was sent. What is not known to have failed before is in doubt. */
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
