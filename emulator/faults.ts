import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * - `reset`: the connection breaks;
 * - `redirect`: to another address of the same server;
 * - `html`: a maintenance page with HTTP 200;
 * - a number: that HTTP status, as a front server answers it, in HTML;
 * - `throttle`: 429 with `Retry-After`.
 */
export type FaultKind = 'reset' | 'redirect' | 'html' | 'throttle' | 500 | 502 | 503 | 504;

export interface Fault {
	kind: FaultKind;
	/** Before the work is done, or after it. */
	before: boolean;
	/** Only calls with this method, and this text in their address. */
	method?: string;
	url?: string;
	/** How many calls it hits; unset: all. */
	times?: number;
	/** Share of the calls that it hits, from 0 to 1; which ones depends on the seed only. */
	share?: number;
	/** Seconds that `throttle` asks to wait; 0 unless given. */
	retryAfter?: number;
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
	next(method: string, url: string): Fault | undefined {
		const fault = this.planned.find(
			(one) =>
				(one.times ?? 1) > 0 &&
				(one.method ?? method) === method &&
				url.includes(one.url ?? '') &&
				(one.share === undefined || this.random() < one.share),
		);
		if (fault?.times !== undefined) fault.times--;
		return fault;
	}

	apply(
		{ kind, retryAfter = 0 }: Fault,
		request: FastifyRequest,
		reply: FastifyReply,
	): FastifyReply {
		switch (kind) {
			case 'reset':
				reply.hijack();
				request.raw.socket.destroy();
				return reply;
			case 'redirect':
				return reply.redirect('/crm/v8/users');
			case 'html':
				return reply.status(200).type('text/html').send('<html><h1>Maintenance</h1></html>');
			case 'throttle':
				return reply
					.status(429)
					.header('Retry-After', String(retryAfter))
					.send({ code: 'TOO_MANY_REQUESTS', details: {}, message: 'wait', status: 'error' });
			default:
				return reply.status(kind).type('text/html').send(`<html><h1>${kind}</h1></html>`);
		}
	}
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
