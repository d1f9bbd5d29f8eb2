import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { withConcurrency } from './concurrency';
import { credentialOf } from './connection';
import type { Connection } from './connection';
import { CREDENTIAL, obstacleIn } from './credential';
import type { ZohoCredential } from './credential';
import { errorData, ZohoApiError } from './error';
import type { ZohoErrorData } from './error';
import { readResponse, rowError } from './response';
import type { ZohoResponse } from './response';
import { withRetries } from './retry';
import type { Attempt, RetrySafety } from './retry';

const API_VERSION = 'v8';

export interface ZohoRequest {
	method: IHttpRequestMethods;
	/** Encoded path after the API version: `/users/42`. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** Defaults to what the method allows: GET and PUT `safe`, DELETE `ambiguous`, POST `unsafe`. */
	safety?: RetrySafety;
}

/**
 * Makes one call to Zoho: the only way to the network in this package.
 *
 * @throws ZohoApiError when Zoho refuses the call as a whole. Errors of single rows are left in the
 * answer, see `rowError`.
 */
export async function send(connection: Connection, request: ZohoRequest): Promise<ZohoResponse> {
	const { node, concurrency, signal } = connection;
	const credential = node.credentials?.[CREDENTIAL];
	const { response, doubtful } = await withConcurrency(
		credential?.id ?? credential?.name ?? '',
		concurrency,
		async () =>
			await withRetries(safetyOf(request), async () => await attempt(connection, request), signal),
	);
	if (doubtful && request.method !== 'GET') response.uncertain = true;
	const { error, uncertain } = response;
	if (error) throw new ZohoApiError(uncertain ? { ...error, uncertain } : error);
	return response;
}

/**
 * Makes a call that is answered by one row, and returns that. Zoho answers 204 without a body for
 * what does not exist when it is read, and for some writes when they are done.
 *
 * @throws ZohoApiError also when the row is an error, or there is none to read
 */
export async function sendForRow(
	connection: Connection,
	request: ZohoRequest,
): Promise<IDataObject> {
	const response = await send(connection, request);
	const [row] = response.rows;
	if (!row && request.method === 'GET') {
		throw new ZohoApiError(errorData(response.httpStatus, 'NOT_FOUND'));
	}
	const error = row && rowError(response, row);
	if (error) throw new ZohoApiError(error);
	return row ?? {};
}

/** Whether a write is over for good: it is done, or may be done and must not be done twice. */
export function isLasting(error: ZohoErrorData | undefined, request: ZohoRequest): boolean {
	return !error || (error.uncertain === true && safetyOf(request) === 'unsafe');
}

function safetyOf({ method, safety }: ZohoRequest): RetrySafety {
	if (safety) return safety;
	if (method === 'POST') return 'unsafe';
	return method === 'DELETE' ? 'ambiguous' : 'safe';
}

async function attempt(connection: Connection, request: ZohoRequest): Promise<Attempt> {
	const { context, http, signal } = connection;
	if (signal?.aborted) return failed(errorData(0, 'CANCELLED'));
	const credential = await credentialOf(connection);
	const obstacle = obstacleIn(credential);
	if (obstacle) return failed(obstacle);
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				...http,
				method: request.method,
				url: `${credential.apiUrl}/crm/${API_VERSION}${request.path}${queryString(request.query)}`,
				body: request.body,
				headers: { Accept: 'application/json' },
				// As text, because JSON.parse would round Zoho's ids where they come as numbers.
				encoding: 'text',
				returnFullResponse: true,
				// n8n sends the token along to wherever a redirect leads.
				disableFollowRedirect: true,
			},
		)) as HttpResponse;
		return answered(response.statusCode, response);
	} catch (error) {
		return await readFailure(connection, error as HttpFailure);
	}
}

interface HttpResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** n8n's NodeApiError around what its HTTP client (axios) or its OAuth client threw. */
interface HttpFailure extends Error {
	code?: string;
	cause?: {
		code?: string;
		syscall?: string;
		message?: string;
		body?: { error?: string };
		config?: { url?: string };
		response?: { status: number; headers: IDataObject; data: unknown };
	};
}

function answered(status: number, { headers, body }: Omit<HttpResponse, 'statusCode'>): Attempt {
	const text = typeof body === 'string' ? body : '';
	return { response: readResponse(status, text), retryAfter: retryAfter(headers['retry-after']) };
}

/**
 * Reads what n8n threw. It throws every status but 2xx, so that it sees a 401 itself, refreshes
 * the token and repeats the call; only a 401 that stays gets here.
 */
async function readFailure(connection: Connection, error: HttpFailure): Promise<Attempt> {
	const cause = error.cause ?? {};
	// A call that needed a new token was answered 401, so nothing was done.
	const renewing = /\/oauth\/v2\/token$/.test(cause.config?.url ?? '');
	if (cause.response && !renewing) {
		const { status, headers, data } = cause.response;
		const refused = answered(status, { headers, body: data });
		if (status === 401) await addTokenError(connection, refused.response);
		return refused;
	}
	if (connection.signal?.aborted) return failed(errorData(0, 'CANCELLED'));
	const code = cause.code ?? error.code ?? '';
	const text = cause.message ?? error.message;
	if (OAUTH_CODES.has(code) || TOKEN_TEXT.test(text)) {
		return failed(errorData(0, 'INVALID_TOKEN', { details: { error: cause.body?.error ?? text } }));
	}
	if (code === '' || CERTIFICATE_CODE.test(code)) {
		return failed(errorData(0, 'NO_ANSWER', { details: { cause: code || text } }));
	}
	if (renewing || CONNECT_CODES.has(code) || cause.syscall === 'connect') {
		return { ...failed(errorData(0, 'NO_ANSWER', { details: { cause: code } })), reached: 'no' };
	}
	return {
		...failed(errorData(0, 'BROKEN_ANSWER', { details: { cause: code } })),
		reached: 'maybe',
	};
}

/** How n8n's OAuth client says that a token could not be renewed. */
const OAUTH_CODES = new Set(['EAUTH', 'ESTATUS']);
const TOKEN_TEXT = /refresh.?token|reconnect/i;

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

/** When a refresh fails, Zoho's reason is only found in the token data that n8n stored. */
async function addTokenError({ context }: Connection, { error }: ZohoResponse): Promise<void> {
	const { oauthTokenData } = await context.getCredentials<ZohoCredential>(CREDENTIAL);
	if (error?.code === 'INVALID_TOKEN' && oauthTokenData?.error) {
		error.details = { ...error.details, error: oauthTokenData.error };
	}
}

function failed(error: ZohoErrorData): Attempt {
	return { response: { httpStatus: 0, rows: [], info: {}, body: {}, error } };
}

/** `?a=1&ids=1,2`: percent-encoded, but for commas, which 499 ids cannot afford to triple. */
function queryString(query: IDataObject = {}): string {
	const pairs = Object.entries(query)
		.filter(([, value]) => value !== undefined && value !== '')
		.map(([key, value]) => `${key}=${encodeURIComponent(String(value)).replace(/%2C/g, ',')}`);
	return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** Reads `Retry-After` in either of its forms, seconds or a date; in ms. */
function retryAfter(header: unknown): number | undefined {
	if (typeof header !== 'string') return undefined;
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
	return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
