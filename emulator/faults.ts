import { objectsIn, without } from './answers';
import type { Answer, Json } from './answers';
import { Random } from './random';

/**
 * The fault of a call:
 * - `reset`: the connection is closed;
 * - `cut`: the connection is closed in the middle of the body, whose full length was announced;
 * - `cutChunked`: the same in a chunked answer, which announces no length;
 * - `silent`: no answer, while the connection stays open until the client gives up;
 * - `delay`: the answer is `pause` ms late;
 * - `drip`: the answer is sent one byte at a time, with `pause` ms before each;
 * - `redirect`: to another address of the same server;
 * - `html`: a maintenance page with HTTP 200;
 * - `empty`: HTTP 200 without a body;
 * - `throttle`: 429 with `Retry-After`;
 * - `status`: any status, with the chosen `body`;
 * - `wrapped`: an error under the key of the resource, as if it were one of its rows;
 * - `rowWithoutId`: the real answer, without the ID of the first row;
 * - a number: that HTTP status as HTML, as a front server answers.
 */
export type FaultKind =
	| AnsweringKind
	| 'reset'
	| 'cut'
	| 'cutChunked'
	| 'silent'
	| 'delay'
	| 'drip'
	| 'rowWithoutId';

/** Kinds whose answer replaces that of the API. */
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
	/** Whether the fault occurs before the work is done, or after it. */
	before: boolean;
	/** The calls that it affects; by default, calls of the API. */
	during?: FaultTarget;
	/** Only calls with this method, and this text in their URL. */
	method?: string;
	url?: string;
	/** The number of calls that it affects; by default, all. */
	times?: number;
	/**
	 * Share of the matching calls, from 0 to 1. Which ones depends on the seed and on the position
	 * of the fault in the plan, not on the other faults.
	 */
	share?: number;
	/**
	 * `Retry-After` of `throttle` and `status`: seconds, or an HTTP date as text. By default,
	 * `throttle` has 0 and `status` has none.
	 */
	retryAfter?: number | string;
	/** The delay of `delay`, or before each byte of `drip`, in ms; 0 by default. */
	pause?: number;
	/** HTTP status of `status` and `wrapped`; 500 by default. */
	status?: number;
	/**
	 * Body of `status`: a page, Zoho's error, nothing, JSON of a server that is not Zoho's, or any
	 * object or list. Zoho's error by default.
	 */
	body?: 'html' | 'json' | 'empty' | 'foreign' | object;
	/** Zoho's code in `wrapped` and in the `json` of `status`; `INTERNAL_ERROR` by default. */
	code?: string;
	/** Key of the resource in `wrapped`; `users` by default. */
	key?: string;
}

/** A planned fault with its own random numbers. */
interface Planned {
	fault: Fault;
	random: () => number;
}

/** Faults between client and server, planned or at random with a seed. */
export class Faults {
	private planned: Planned[] = [];

	private start = 1;

	add(fault: Fault): void {
		const random = this.chances(this.planned.length);
		this.planned.push({ fault: { ...fault }, random });
	}

	/** Restarts the random numbers of all faults, both planned and future ones. */
	seed(seed: number): void {
		this.start = seed;
		this.planned.forEach((one, place) => (one.random = this.chances(place)));
	}

	clear(): void {
		this.planned = [];
		this.seed(1);
	}

	/**
	 * The fault of a call, if any: of the matching ones, the first whose random number selects it.
	 */
	next(method: string, url: string, target: FaultTarget = 'call'): Fault | undefined {
		const hit = this.planned
			.filter(
				({ fault }) =>
					(fault.times ?? 1) > 0 &&
					(fault.during ?? 'call') === target &&
					(fault.method ?? method) === method &&
					url.includes(fault.url ?? ''),
			)
			// Every matching fault draws a number; otherwise, one fault would change the numbers of
			// the next.
			.filter(({ fault, random }) => fault.share === undefined || random() < fault.share)
			.at(0)?.fault;
		if (hit?.times !== undefined) hit.times--;
		return hit;
	}

	/** The first fault uses the seed itself, and each other fault one that is far from it. */
	private chances(place: number): () => number {
		const random = new Random((this.start + Math.imul(place, 0x9e3779b1)) | 0);
		return () => random.next();
	}
}

/** The answer of a fault that replaces that of the API. */
export function standIn(fault: Omit<Fault, 'kind' | 'before'> & { kind: AnsweringKind }): Answer {
	const { kind, status = 500, code = 'INTERNAL_ERROR', key = 'users', retryAfter } = fault;
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
				headers: retryHeader(retryAfter ?? 0),
				body: zohoError('TOO_MANY_REQUESTS', 'wait'),
			};
		case 'status':
			return {
				status,
				...(retryAfter !== undefined && { headers: retryHeader(retryAfter) }),
				...bodyOf(fault.body ?? 'json', status, code),
			};
		case 'wrapped':
			return { status, body: { [key]: [zohoError(code)] } };
		default:
			return { status: kind, raw: page(kind) };
	}
}

const retryHeader = (retryAfter: number | string) => ({ 'Retry-After': String(retryAfter) });

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
		default:
			return { raw: JSON.stringify(body) };
	}
}

/** The same answer without the ID of its first row. */
export function withoutFirstId(answer: Answer): Answer {
	const body = Object.entries(answer.body ?? {}).map(([key, value]) => {
		const [first, ...others] = objectsIn(value);
		return [key, first ? [without(first, 'personality_id', 'id'), ...others] : value];
	});
	return answer.body ? { ...answer, body: Object.fromEntries(body) } : answer;
}

function zohoError(code: string, message = code.toLowerCase()): Json {
	return { code, details: {}, message, status: 'error' };
}

function page(status: number): string {
	return `<html><h1>${status}</h1></html>`;
}
