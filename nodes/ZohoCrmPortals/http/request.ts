import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { renewToken } from './accessToken';
import { withConcurrency } from './concurrency';
import { credentialOf } from './connection';
import type { Connection } from './connection';
import { CREDENTIAL, obstacleIn } from './credential';
import { errorData, ZohoApiError } from './error';
import type { ZohoErrorData } from './error';
import { isObject } from './exactJson';
import { readNetworkError } from './networkError';
import { errorOfRead, readResponse, rowError } from './response';
import type { ZohoResponse } from './response';
import { noResponse, withRetries } from './retry';
import type { Attempt, RetrySafety } from './retry';
import { isCovered, scopesOf } from './grantedScopes';

const API_VERSION = 'v8';

export interface ZohoRequest {
	method: IHttpRequestMethods;
	/** Encoded path after the API version: `/users/42`. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** The OAuth scope that this call needs. */
	scope: string;
	/** A second scope, if Zoho requires two. */
	secondScope?: string;
	/**
	 * The default depends on the method: GET is `safe`, PUT and DELETE are `ambiguous`, POST is
	 * `unsafe`.
	 */
	safety?: RetrySafety;
}

/**
 * Makes one call to Zoho. This is the only network access in this package.
 *
 * @throws ZohoApiError if Zoho refuses the whole call, or if its answer proves nothing. Errors of
 *   single rows of a write stay in the answer; see `rowError`.
 */
export async function send(connection: Connection, request: ZohoRequest): Promise<ZohoResponse> {
	const { node, concurrency, outage, signal } = connection;
	const credential = node.credentials?.[CREDENTIAL];
	const safety = safetyOf(request);
	const response = await withConcurrency(
		credential?.id ?? credential?.name ?? '',
		concurrency,
		async () =>
			await withRetries(
				safety,
				async () => await attempt(connection, request, safety),
				outage,
				signal,
			),
	);
	const error = errorIn(response, safety);
	if (!error) return response;
	if (error.code === 'OAUTH_SCOPE_MISMATCH') {
		error.details = { ...error.details, scope: await lackedScope(connection, request) };
	}
	throw new ZohoApiError(error);
}

/**
 * The scope that the credential lacks, because Zoho does not say which one it misses. Of two
 * scopes, the missing one, or both as in the credential, separated by a comma.
 */
async function lackedScope(
	connection: Connection,
	{ scope, secondScope }: ZohoRequest,
): Promise<string> {
	const needed = secondScope === undefined ? [scope] : [scope, secondScope];
	const granted = scopesOf(await credentialOf(connection));
	const lacked = needed.filter((one) => !isCovered(one, granted));
	return (lacked.length > 0 ? lacked : needed).join(',');
}

/** The error of a whole call. A read changes nothing, and errors in place of data are not data. */
function errorIn(response: ZohoResponse, safety: RetrySafety): ZohoErrorData | undefined {
	const { error, doubted } = response;
	if (safety !== 'safe') {
		return error && { ...error, ...((doubted ?? error.uncertain) && { uncertain: true }) };
	}
	const failed = errorOfRead(response);
	return failed && { ...failed, uncertain: undefined };
}

/**
 * Makes a read whose answer has one row, and returns the row.
 *
 * @param find the row, if the answer may have others
 * @throws ZohoApiError also with NOT_FOUND if there is no row: Zoho then answers 204
 */
export async function readRow(
	connection: Connection,
	request: ZohoRequest,
	find = ([first]: IDataObject[]): IDataObject | undefined => first,
): Promise<IDataObject> {
	const { httpStatus, rows } = await send(connection, request);
	const row = find(rows);
	if (!row) throw new ZohoApiError(errorData(httpStatus, 'NOT_FOUND'));
	return row;
}

/**
 * Makes a write whose answer has one row, and returns the row. The row proves that the change was
 * made or that a job will make it.
 *
 * @param id the ID of the changed object, if it has one: a row with another ID proves nothing
 * @throws ZohoApiError also if the row is an error, or if there is none
 */
export async function writeRow(
	connection: Connection,
	request: ZohoRequest,
	id?: string,
): Promise<IDataObject> {
	const response = await send(connection, request);
	const [row = {}] = response.rows;
	const error = rowError(response, row);
	if (error) throw new ZohoApiError(error);
	const named = isObject(row.details) ? row.details.id : row.id;
	if (id !== undefined && named !== undefined && String(named) !== id) {
		throw new ZohoApiError({ ...errorData(response.httpStatus, 'NO_PROOF'), uncertain: true });
	}
	return row;
}

/** Whether a call must not be repeated if it is not known whether it was carried out. */
export function isUnsafe(request: Pick<ZohoRequest, 'method' | 'safety'>): boolean {
	return safetyOf(request) === 'unsafe';
}

function safetyOf({ method, safety }: Pick<ZohoRequest, 'method' | 'safety'>): RetrySafety {
	if (safety) return safety;
	if (method === 'GET') return 'safe';
	return method === 'POST' ? 'unsafe' : 'ambiguous';
}

/** One try of a call, repeated once if n8n had to renew the token for it. */
async function attempt(
	connection: Connection,
	request: ZohoRequest,
	safety: RetrySafety,
): Promise<Attempt> {
	for (;;) {
		const obstacle = await obstacleTo(connection);
		if (obstacle) return { response: noResponse(obstacle) };
		const { value, unproven } = connection.token;
		const made = await call(connection, request);
		if (!asksForToken(made.response, safety)) {
			if (value === connection.token.value) connection.token.unproven = false;
			return made;
		}
		if (unproven) return made;
		const renewal = await renewToken(connection, value);
		if ('failure' in renewal) {
			const { error, passing } = renewal.failure;
			return { response: noResponse(error), passing };
		}
		connection.token = renewal.token;
	}
}

/** Why a call must not be made, if so. */
async function obstacleTo(connection: Connection): Promise<ZohoErrorData | undefined> {
	const obstacle = obstacleIn(await credentialOf(connection));
	return connection.signal?.aborted ? errorData(0, 'CANCELLED') : obstacle;
}

/**
 * Whether an answer means that the token is invalid. A write is only repeated if Zoho itself said
 * so: a 401 from another server does not prove that nothing was changed.
 */
function asksForToken({ httpStatus, error }: ZohoResponse, safety: RetrySafety): boolean {
	if (httpStatus !== 401 || error?.code === 'OAUTH_SCOPE_MISMATCH') return false;
	return safety === 'safe' || error?.uncertain !== true;
}

async function call(connection: Connection, request: ZohoRequest): Promise<Attempt> {
	const { context, http } = connection;
	const { apiUrl } = await credentialOf(connection);
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			{
				...http,
				method: request.method,
				url: `${apiUrl}/crm/${API_VERSION}${request.path}${queryString(request.query)}`,
				body: request.body,
				headers: { Accept: 'application/json' },
				// As text, because JSON.parse would round Zoho's IDs if they are numbers.
				encoding: 'text',
				returnFullResponse: true,
				// n8n would send the token to the target of a redirect.
				disableFollowRedirect: true,
				// Every status is returned as an answer; see accessToken.ts.
				ignoreHttpStatusErrors: true,
			},
		)) as HttpResponse;
		const { statusCode, headers, body } = response;
		const text = typeof body === 'string' ? body : '';
		return {
			response: readResponse(statusCode, text),
			retryAfter: retryAfter(headers['retry-after']),
		};
	} catch (error) {
		return readNetworkError(error);
	}
}

interface HttpResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/**
 * `?a=1&ids=1,2`: percent-encoded, except for commas: encoded, the commas between 499 IDs would be
 * three times as long.
 */
function queryString(query: IDataObject = {}): string {
	const pairs = Object.entries(query)
		.filter(([, value]) => value !== undefined && value !== '')
		.map(([key, value]) => `${key}=${encodeURIComponent(String(value)).replace(/%2C/g, ',')}`);
	return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** Reads `Retry-After` in both forms (seconds or a date), in ms. */
function retryAfter(header: unknown): number | undefined {
	if (typeof header !== 'string') return undefined;
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
	return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
