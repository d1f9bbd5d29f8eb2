import type {
	IDataObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
} from 'n8n-workflow';

import { readAnswer, refusal } from './answer';
import type { Answer, Refusal } from './answer';
import { CREDENTIAL, credentialOf, obstacleIn } from './credential';
import type { ZohoCredential } from './credential';
import { Refused } from './errors';
import { limited } from './limit';
import { withRetries } from './retry';
import type { Repeat, Try } from './retry';

const API_VERSION = 'v8';

/** The way to one Zoho organization, for one run of a node or picker. */
export interface Connection {
	context: IExecuteFunctions | IExecuteSingleFunctions | ILoadOptionsFunctions;
	node: INode;
	/** Calls in flight at once over everything that uses the same credential in this process. */
	concurrency: number;
	/** Proxy, timeout and certificate settings the user made in n8n's request options. */
	http?: Partial<IHttpRequestOptions>;
	signal?: AbortSignal;
	/** Read with the first call, see `credentialOf`. */
	credential?: Promise<ZohoCredential>;
	/**
	 * What became of writes that are done, or may be done and must not be done twice; by what was
	 * asked and of whom. Set where n8n may run the node again after a failure ("Retry On Fail").
	 */
	memory?: (asked: string) => Map<string, IDataObject>;
}

export interface ZohoRequest {
	method: IHttpRequestMethods;
	/** Encoded path after the API version: `/users/42`. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** Defaults to what the method allows: GET and PUT `yes`, DELETE `doubtful`, POST `never`. */
	repeat?: Repeat;
}

/** Zoho's Free edition takes 5 calls at once, the smallest number of all editions. */
export const DEFAULT_CONCURRENCY = 5;

/**
 * Makes one call to Zoho: the only way to the network in this package.
 *
 * @throws Refused when Zoho refuses the call as a whole. Refusals of single rows are left in the
 * answer, see `rowRefusal`.
 */
export async function send(connection: Connection, request: ZohoRequest): Promise<Answer> {
	const { node, concurrency, signal } = connection;
	const repeat = repeatOf(request);
	const credential = node.credentials?.[CREDENTIAL];
	const { answer, doubtful } = await limited(
		credential?.id ?? credential?.name ?? '',
		concurrency,
		async () => await withRetries(repeat, async () => await tryOnce(connection, request), signal),
	);
	if (doubtful && request.method !== 'GET') answer.uncertain = true;
	if (answer.refusal) {
		throw new Refused(answer.uncertain ? { ...answer.refusal, uncertain: true } : answer.refusal);
	}
	return answer;
}

/** Whether a write is over for good: it is done, or may be done and must not be done twice. */
export function isLasting(refused: Refusal | undefined, request: ZohoRequest): boolean {
	return !refused || (refused.uncertain === true && repeatOf(request) === 'never');
}

function repeatOf({ method, repeat }: ZohoRequest): Repeat {
	if (repeat) return repeat;
	if (method === 'POST') return 'never';
	return method === 'DELETE' ? 'doubtful' : 'yes';
}

async function tryOnce(connection: Connection, request: ZohoRequest): Promise<Try> {
	const { context, http, signal } = connection;
	if (signal?.aborted) return failedTry('CANCELLED');
	const credential = await credentialOf(connection);
	const obstacle = obstacleIn(credential);
	if (obstacle) return failedTry(obstacle.code, obstacle.details);
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
		return readResponse(response.statusCode, response);
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

function readResponse(status: number, { headers, body }: Omit<HttpResponse, 'statusCode'>): Try {
	const text = typeof body === 'string' ? body : '';
	return { answer: readAnswer(status, text), retryAfter: retryAfter(headers['retry-after']) };
}

/**
 * Reads what n8n threw. It throws every status but 2xx, so that it sees a 401 itself, refreshes
 * the token and repeats the call; only a 401 that stays gets here.
 */
async function readFailure(connection: Connection, error: HttpFailure): Promise<Try> {
	const cause = error.cause ?? {};
	// A call that needed a new token was answered 401, so nothing was done.
	const renewing = /\/oauth\/v2\/token$/.test(cause.config?.url ?? '');
	if (cause.response && !renewing) {
		const { status, headers, data } = cause.response;
		const failed = readResponse(status, { headers, body: data });
		if (status === 401) await addTokenError(connection, failed.answer);
		return failed;
	}
	if (connection.signal?.aborted) return failedTry('CANCELLED');
	const code = cause.code ?? error.code ?? '';
	const text = cause.message ?? error.message;
	if (OAUTH_CODES.has(code) || TOKEN_TEXT.test(text)) {
		return failedTry('INVALID_TOKEN', { error: cause.body?.error ?? text });
	}
	if (code === '' || CERTIFICATE_CODE.test(code)) {
		return failedTry('NO_ANSWER', { cause: code || text });
	}
	if (renewing || CONNECT_CODES.has(code) || cause.syscall === 'connect') {
		return { ...failedTry('NO_ANSWER', { cause: code }), reached: 'no' };
	}
	return { ...failedTry('BROKEN_ANSWER', { cause: code }), reached: 'maybe' };
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
async function addTokenError({ context }: Connection, answer: Answer): Promise<void> {
	const { oauthTokenData } = await context.getCredentials<ZohoCredential>(CREDENTIAL);
	if (answer.refusal?.code === 'INVALID_TOKEN' && oauthTokenData?.error) {
		answer.refusal.details = { ...answer.refusal.details, error: oauthTokenData.error };
	}
}

function failedTry(code: string, details: IDataObject = {}): Try {
	const answer: Answer = { httpStatus: 0, rows: [], info: {}, body: {} };
	return { answer: { ...answer, refusal: refusal(0, code, { details }) } };
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
