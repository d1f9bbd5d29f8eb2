import type { Answer, Json } from './answers';

/**
 * What goes wrong with a call:
 * - `reset`: the connection breaks;
 * - `cut`: the connection breaks in the middle of the body, whose full length was announced;
 * - `silent`: no answer, while the connection stays open until the client gives up;
 * - `delay`: the answer comes `pause` ms late;
 * - `redirect`: to another address of the same server;
 * - `html`: a maintenance page with HTTP 200;
 * - `empty`: HTTP 200 without a body;
 * - `throttle`: 429 with `Retry-After`;
 * - `status`: any status, with the `body` that is chosen;
 * - `wrapped`: an error under the key of the resource, as if it were a row of it;
 * - a number: that HTTP status, as a front server answers it, in HTML.
 */
export type FaultKind = AnsweringKind | 'reset' | 'cut' | 'silent' | 'delay';

/** Kinds that put an answer of their own in the place of the API's. */
type AnsweringKind =
	| 'redirect'
	| 'html'
	| 'empty'
	| 'throttle'
	| 'status'
	| 'wrapped'
	| 500
	| 502
	| 503
	| 504;

/** Calls of the API, or requests for a token: `POST /oauth/v2/token`. */
export type FaultTarget = 'call' | 'token';

export interface Fault {
	kind: FaultKind;
	/** Before the work is done, or after it. */
	before: boolean;
	/** What it hits; unset: calls of the API. */
	during?: FaultTarget;
	/** Only calls with this method, and this text in their address. */
	method?: string;
	url?: string;
	/** How many calls it hits; unset: all. */
	times?: number;
	/** Share of the calls that it hits, from 0 to 1; which ones depends on the seed only. */
	share?: number;
	/** Seconds that `throttle` asks to wait; 0 unless given. */
	retryAfter?: number;
	/** How late `delay` answers, in ms; 0 unless given. */
	pause?: number;
	/** HTTP status of `status` and `wrapped`; 500 unless given. */
	status?: number;
	/**
	 * Body of `status`: a page, Zoho's error, nothing, or JSON of a server that is not Zoho's. Zoho's
	 * error unless given.
	 */
	body?: 'html' | 'json' | 'empty' | 'foreign';
	/** Zoho's code in `wrapped` and in the `json` of `status`; `INTERNAL_ERROR` unless given. */
	code?: string;
	/** Key of the resource in `wrapped`; `users` unless given. */
	key?: string;
}

/** What goes wrong between client and server, by plan or by a seeded chance. */
export class Faults {
	private planned: Fault[] = [];

	private random = seededRandom(1);

	add(fault: Fault): void {
		this.planned.push({ ...fault });
	}

	seed(seed: number): void {
		this.random = seededRandom(seed);
	}

	clear(): void {
		this.planned = [];
		this.seed(1);
	}

	/** The fault that hits a call, if any. */
	next(method: string, url: string, target: FaultTarget = 'call'): Fault | undefined {
		const fault = this.planned.find(
			(one) =>
				(one.times ?? 1) > 0 &&
				(one.during ?? 'call') === target &&
				(one.method ?? method) === method &&
				url.includes(one.url ?? '') &&
				(one.share === undefined || this.random() < one.share),
		);
		if (fault?.times !== undefined) fault.times--;
		return fault;
	}
}

/** What a fault answers in the place of the API. */
export function standIn(fault: Omit<Fault, 'kind' | 'before'> & { kind: AnsweringKind }): Answer {
	const { kind, status = 500, code = 'INTERNAL_ERROR', key = 'users', retryAfter = 0 } = fault;
	switch (kind) {
		case 'redirect':
			return { status: 302, headers: { location: '/crm/v8/users' } };
		case 'html':
			return { status: 200, raw: '<html><h1>Maintenance</h1></html>' };
		case 'empty':
			return { status: 200 };
		case 'throttle':
			return {
				status: 429,
				headers: { 'Retry-After': String(retryAfter) },
				body: zohoError('TOO_MANY_REQUESTS', 'wait'),
			};
		case 'status':
			return { status, ...bodyOf(fault.body ?? 'json', status, code) };
		case 'wrapped':
			return { status, body: { [key]: [zohoError(code)] } };
		default:
			return { status: kind, raw: page(kind) };
	}
}

function bodyOf(
	body: NonNullable<Fault['body']>,
	status: number,
	code: string,
): Pick<Answer, 'body' | 'raw'> {
	switch (body) {
		case 'html':
			return { raw: page(status) };
		case 'json':
			return { body: zohoError(code) };
		case 'foreign':
			return { body: { error: 'bad gateway' } };
		case 'empty':
			return {};
	}
}

function zohoError(code: string, message = code.toLowerCase()): Json {
	return { code, details: {}, message, status: 'error' };
}

function page(status: number): string {
	return `<html><h1>${status}</h1></html>`;
}

/** Mulberry32: the same numbers between 0 and 1 for the same seed. */
function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
