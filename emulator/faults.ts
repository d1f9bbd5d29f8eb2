import { objectsIn, without } from './answers';
import type { Answer, Json } from './answers';
import { Random } from './random';

/**
 * What goes wrong with a call:
 * - `reset`: the connection breaks;
 * - `cut`: the connection breaks in the middle of the body, whose full length was announced;
 * - `cutChunked`: the same in a chunked answer, which announces no length;
 * - `silent`: no answer, while the connection stays open until the client gives up;
 * - `delay`: the answer comes `pause` ms late;
 * - `drip`: the answer comes a byte at a time, with `pause` ms before each;
 * - `redirect`: to another address of the same server;
 * - `html`: a maintenance page with HTTP 200;
 * - `empty`: HTTP 200 without a body;
 * - `throttle`: 429 with `Retry-After`;
 * - `status`: any status, with the `body` that is chosen;
 * - `wrapped`: an error under the key of the resource, as if it were a row of it;
 * - `rowWithoutId`: the real answer, whose first row has lost its id;
 * - a number: that HTTP status, as a front server answers it, in HTML.
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
	/**
	 * Share of the calls that fit it, from 0 to 1; which ones depends on the seed and on the place of
	 * the fault among the planned ones, not on what the others hit.
	 */
	share?: number;
	/**
	 * `Retry-After` of `throttle` and `status`: seconds, or an HTTP date as text. Unless given,
	 * `throttle` has 0 and `status` has none.
	 */
	retryAfter?: number | string;
	/** How late `delay` answers, or each byte of `drip` comes, in ms; 0 unless given. */
	pause?: number;
	/** HTTP status of `status` and `wrapped`; 500 unless given. */
	status?: number;
	/**
	 * Body of `status`: a page, Zoho's error, nothing, JSON of a server that is not Zoho's, or any
	 * object or list. Zoho's error unless given.
	 */
	body?: 'html' | 'json' | 'empty' | 'foreign' | object;
	/** Zoho's code in `wrapped` and in the `json` of `status`; `INTERNAL_ERROR` unless given. */
	code?: string;
	/** Key of the resource in `wrapped`; `users` unless given. */
	key?: string;
}

/** A planned fault with chances of its own. */
interface Planned {
	fault: Fault;
	random: () => number;
}

/** What goes wrong between client and server, by plan or by a seeded chance. */
export class Faults {
	private planned: Planned[] = [];

	private start = 1;

	add(fault: Fault): void {
		const random = this.chances(this.planned.length);
		this.planned.push({ fault: { ...fault }, random });
	}

	/** Starts the chances of all faults anew, of those that are planned as of those to come. */
	seed(seed: number): void {
		this.start = seed;
		this.planned.forEach((one, place) => (one.random = this.chances(place)));
	}

	clear(): void {
		this.planned = [];
		this.seed(1);
	}

	/** The fault that hits a call, if any: of those that fit, the first whose chance has it so. */
	next(method: string, url: string, target: FaultTarget = 'call'): Fault | undefined {
		const hit = this.planned
			.filter(
				({ fault }) =>
					(fault.times ?? 1) > 0 &&
					(fault.during ?? 'call') === target &&
					(fault.method ?? method) === method &&
					url.includes(fault.url ?? ''),
			)
			// Every one of them draws, or what one hits would move the chances of the next.
			.filter(({ fault, random }) => fault.share === undefined || random() < fault.share)
			.at(0)?.fault;
		if (hit?.times !== undefined) hit.times--;
		return hit;
	}

	/** The first fault has the seed itself, each of the others one that is far from it. */
	private chances(place: number): () => number {
		const random = new Random((this.start + Math.imul(place, 0x9e3779b1)) | 0);
		return () => random.next();
	}
}

/** What a fault answers in the place of the API. */
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

/** The same answer with a first row that has lost its id. */
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
