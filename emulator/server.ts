/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a development tool that does not ship */
import { setTimeout as sleep } from 'node:timers/promises';

import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { answerOf, errorAnswer, Refusal } from './answers';
import type { Answer, Json } from './answers';
import { authorize } from './authorize';
import { restoreSwitches, usualSwitches } from './switches';
import type { Switches } from './switches';
import { commonError } from './contract';
import type { DocumentedError } from './contractTypes';
import { registerControl } from './control';
import { deliver } from './delivery';
import { parsed } from './exchange';
import type { Exchange } from './exchange';
import { Faults } from './faults';
import type { FaultKind } from './faults';
import { inferred } from './guards';
import type { ApiRequest } from './handler';
import { Later } from './later';
import { Accounts } from './oauth';
import { registerParsers } from './parsers';
import { registerPlay } from './play/play';
import { handlers, isServed, recordHandlers } from './routes';
import { seededWorld } from './seed';
import type { World } from './world';

/** A request that reached the API. */
export interface LoggedRequest {
	method: string;
	/** As received, including the query. */
	url: string;
	body: unknown;
	/** The status that the client got, from the API or from a fault; 0 if it got none. */
	status: number;
	/** The fault of this call. */
	fault?: FaultKind;
	/** Whether the work has been done, even if only in part, regardless of the answer. */
	done: boolean;
	/** Calls in flight when it arrived, including itself. */
	inFlight: number;
}

const API = '/crm/v8';

/** The most characters of an address; `maxUrlLength` is what refuses long ones. */
const LONGEST_ADDRESS = 1024 * 1024;

/** An emulated Zoho CRM organization with portals, on a port of this machine. */
export class Emulator {
	world: World = seededWorld();

	readonly switches: Switches = structuredClone(usualSwitches);

	readonly faults = new Faults();

	readonly accounts = new Accounts(this.switches, this.faults);

	/** Calls of the API, in the order of their arrival. */
	readonly requests: LoggedRequest[] = [];

	/** Requests for a token, in the order of their arrival. */
	readonly tokenRequests = this.accounts.tokenRequests;

	/** Its address, for both the accounts server and the API: `http://127.0.0.1:4000`. */
	origin = '';

	/** Called for every call of the API after it was answered. */
	onExchange?: (exchange: Exchange) => void;

	private inFlight = 0;

	private readonly faulty = new WeakSet<FastifyRequest>();

	private held: Promise<void> = Promise.resolve();

	private readonly later = new Later();

	private forced = new Map<string, DocumentedError>();

	private constructor(private readonly app: FastifyInstance) {}

	static async start({ port = 0, host = '127.0.0.1' } = {}): Promise<Emulator> {
		const app = Fastify({
			bodyLimit: 64 * 1024 * 1024,
			exposeHeadRoutes: false,
			http: { maxHeaderSize: LONGEST_ADDRESS },
			// An address that cannot be decoded.
			frameworkErrors: (_error, request, reply) => {
				void emulator.serve(request, reply, (world) =>
					emulator.refuseAddress(request, world, 'INVALID_URL_PATTERN'),
				);
			},
			routerOptions: {
				maxParamLength: LONGEST_ADDRESS,
				// If a parameter occurs twice, the last value counts.
				querystringParser: (text) => Object.fromEntries(new URLSearchParams(text)),
			},
			forceCloseConnections: true,
		});
		const emulator = new Emulator(app);
		emulator.register();
		emulator.origin = await app.listen({ port, host });
		return emulator;
	}

	async stop(): Promise<void> {
		await this.app.close();
	}

	/** Issues tokens as if a person had consented to these scopes. */
	connect = (scope: string) => this.accounts.connect(scope);

	/** Restores the initial world, behavior and logs, and removes faults. Tokens stay valid. */
	reset(): void {
		this.world = seededWorld();
		restoreSwitches(this.switches);
		this.faults.clear();
		this.forced.clear();
		this.requests.length = 0;
		this.later.clear();
		this.accounts.reset();
	}

	/** Makes every further call of an operation fail with one of its documented errors. */
	force(operationId: string, error: DocumentedError): void {
		this.forced.set(operationId, error);
	}

	/** Leaves every call unanswered until the returned function is called. */
	hold(): () => void {
		let release = () => {};
		this.held = new Promise((resolve) => (release = resolve));
		return release;
	}

	private register(): void {
		const { app } = this;
		registerParsers(app);
		app.addHook('onSend', async (request, { statusCode }, payload) => {
			if (!this.faulty.has(request)) this.tell(request, statusCode, payload);
			return payload;
		});
		this.accounts.register(app, () => this.origin);
		registerControl(app, this);
		registerPlay(app, this);
		for (const { id, method, path, scopes, alsoScopes, handle } of [
			...handlers,
			...recordHandlers,
		]) {
			app.route({
				method,
				url: API + path.replace(/\{(\w+)\}/g, ':$1'),
				handler: async (request, reply) =>
					await this.serve(request, reply, (world) => {
						authorize(this.accounts, world, request, scopes, alsoScopes);
						const forced = this.forced.get(id);
						if (forced) throw new Refusal(errorAnswer(forced));
						return handle(this.apiRequest(request, world));
					}),
			});
		}
		app.setNotFoundHandler(
			async (request, reply) =>
				await this.serve(request, reply, (world) => {
					const [path] = request.url.split('?');
					const known = path.startsWith(API) && isServed(world, path.slice(API.length));
					const code = known ? 'INVALID_REQUEST_METHOD' : 'INVALID_URL_PATTERN';
					return this.refuseAddress(request, world, code);
				}),
		);
	}

	private refuseAddress(request: FastifyRequest, world: World, code: string): Answer {
		authorize(this.accounts, world, request, []);
		return errorAnswer(commonError(code));
	}

	/** Counts, delays, breaks and logs a call. */
	private async serve(
		request: FastifyRequest,
		reply: FastifyReply,
		work: (world: World) => Answer,
	): Promise<FastifyReply> {
		// A reset while the call waits does not change the world that it came to.
		const { switches, world } = this;
		const logged: LoggedRequest = {
			method: request.method,
			url: request.raw.url ?? '',
			body: request.body,
			status: 0,
			done: false,
			inFlight: ++this.inFlight,
		};
		this.requests.push(logged);
		const waiting = this.later.now();
		try {
			if (switches.latency > 0) await sleep(switches.latency);
			await this.held;
			const fault = this.faults.next(request.method, logged.url);
			if (fault) {
				logged.fault = fault.kind;
				// The answer is not that of the API, except if it is only late.
				if (fault.kind !== 'delay') this.markFaulty(request);
			}
			const tell = (status: number) => (logged.status = status);
			return await deliver({ request, reply, tell }, fault, () => {
				// The status if the work fails by mistake.
				tell(500);
				const answer = this.obstacle(logged) ?? attempt(() => work(world));
				tell(0);
				logged.done = answer.done ?? answer.status < 400;
				for (const { calls, act } of answer.later ?? []) {
					this.later.add(calls, () => {
						act();
						logged.done = true;
					});
				}
				return answer;
			});
		} finally {
			this.later.pass(waiting);
			this.inFlight--;
		}
	}

	private markFaulty(request: FastifyRequest): void {
		this.faulty.add(request);
		this.tell(request, 0, undefined);
	}

	private tell(request: FastifyRequest, status: number, payload: unknown): void {
		const { method, body } = request;
		const url = request.raw.url ?? '';
		if (!url.startsWith('/crm/')) return;
		const fault = this.faulty.has(request);
		this.onExchange?.({
			method,
			url,
			body: body ?? undefined,
			status,
			answer: parsed(payload),
			fault,
		});
	}

	private obstacle({ inFlight, url }: LoggedRequest): Answer | undefined {
		const { maxInFlight, throttledAs, maxUrlLength } = this.switches;
		if (inFlight > maxInFlight) {
			if (throttledAs === 400) return inferred('INTERNAL_ERROR', {}).answer;
			return errorAnswer(commonError('TOO_MANY_REQUESTS'));
		}
		if (url.length > maxUrlLength) {
			return { status: 414, raw: '<html><h1>414 Request-URI Too Large</h1></html>' };
		}
		return undefined;
	}

	private apiRequest(request: FastifyRequest, world: World): ApiRequest {
		return {
			params: request.params as Record<string, string>,
			query: request.query as Record<string, string | undefined>,
			headers: request.headers,
			body: (request.body ?? {}) as Json,
			world,
			switches: this.switches,
		};
	}
}

function attempt(work: () => Answer): Answer {
	try {
		return work();
	} catch (error) {
		return answerOf(error);
	}
}
