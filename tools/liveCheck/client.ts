/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { setTimeout as sleep } from 'node:timers/promises';

import { parsed } from '../../emulator/exchange';
import { ContractCheck } from '../../emulator/schema/check';
import { isObject, parseJson } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { Answer } from './answers';
import type { Redactor } from './redact';

/** Ends a run before its end, for a reason that a person can do something about. */
export class Stopped extends Error {
	/** Who is not as before the question in which it stopped, with ids; undefined: everybody is. */
	notUndone?: string;
}

/** A call that got no answer. */
export class NoAnswer extends Stopped {}

/** Where calls go: the only place that gets the token. */
export interface Connection {
	origin: string;
	accessToken: string;
}

/** What is sent beside method and path, whose placeholders `path` fills. */
interface Sent {
	path?: Record<string, string>;
	query?: Record<string, string>;
	body?: object;
}

/** Makes a call of the API below `/crm/v8`, by the contract's path: "/settings/portals/{portal}". */
export type Call = (method: string, template: string, sent?: Sent) => Promise<Answer>;

/** A call without personal data. */
interface Evidence {
	call: string;
	query: Record<string, string>;
	status: number;
	body: unknown;
	contract: string;
}

/** Part of an answer that the contract does not have, with the schema that comes closest. */
interface Outside {
	call: string;
	status: number;
	pointer: string;
	message: string;
	schema: string;
	times: number;
}

/** Parameters that the check itself gives plain values. */
const PLAIN = ['active', 'page', 'per_page', 'type', 'type__s'];

/** Makes calls, writes them down without personal data, and holds answers against the contract. */
export class Client {
	readonly outside: Outside[] = [];

	/** Calls that were answered. */
	calls = 0;

	private readonly evidence: Evidence[] = [];

	/** @param pause milliseconds before each call */
	constructor(
		readonly pause: number,
		private readonly redactor: Redactor,
	) {}

	/** What makes calls with a token. */
	caller({ origin, accessToken }: Connection): Call {
		return async (method, template, sent = {}) => {
			await sleep(this.pause);
			const url = addressOf(template, sent);
			const body = sent.body && JSON.stringify(sent.body);
			const type = body && { 'Content-Type': 'application/json' };
			const headers = { Authorization: `Zoho-oauthtoken ${accessToken}`, ...type };
			const { status, text } = await answerTo(origin + url, { method, headers, body });
			this.calls++;
			const answer = parsed(text);
			const check = new ContractCheck();
			check.see({ method, url, body: sent.body, status, answer, fault: false });
			const call = `${method} ${template}`;
			const contract = this.judged(call, status, check);
			const query = Object.entries(sent.query ?? {}).map((one) => this.shown(...one));
			const seen = { call, query: Object.fromEntries(query), status };
			this.evidence.push({ ...seen, body: this.shapeOf(answer), contract });
			if (status === 429) throw new Stopped('Zoho answered 429');
			return new Answer(status, isObject(answer) ? parseJson(text) : answer);
		};
	}

	/** The calls since the last time. */
	take(): Evidence[] {
		return this.evidence.splice(0);
	}

	/** Whether an answer is as documented; rows of a list go astray together. */
	private judged(call: string, status: number, check: ContractCheck): string {
		const found = check.take().filter(({ part }) => part === 'answer');
		for (const { message, schema, ...one } of found) {
			const pointer = this.redactor.path(one.pointer);
			const added = { call, status, pointer, message, schema, times: 1 };
			const keys = ['call', 'status', 'pointer', 'message'] as const;
			const known = this.outside.find((other) => keys.every((key) => other[key] === added[key]));
			if (known) known.times++;
			else this.outside.push(added);
		}
		if (found.length > 0) return 'outside';
		const [assumed] = check.tolerated.keys();
		return assumed === undefined ? 'as documented' : `as the emulator assumes: ${assumed}`;
	}

	private shown(name: string, value: string): [string, string] {
		if (PLAIN.includes(name)) return [name, value];
		const ids = value.split(',').length;
		const many = `${ids} ids, ${value.length} characters`;
		return [name, ids > 2 ? many : this.redactor.placeholder(value)];
	}

	private shapeOf(answer: unknown): unknown {
		if (isObject(answer)) return this.redactor.shape(answer);
		if (typeof answer === 'string') return `a text of ${answer.length} characters that is no JSON`;
		return answer === undefined ? undefined : 'JSON that is no object';
	}
}

/** A redirect is an answer: it is not followed, least of all with a token. */
async function answerTo(url: string, init: RequestInit) {
	try {
		const signal = AbortSignal.timeout(60_000);
		const response = await fetch(url, { ...init, redirect: 'manual', signal });
		return { status: response.status, text: await response.text() };
	} catch {
		throw new NoAnswer('A call got no answer');
	}
}

/** Commas between ids stay as they are: encoded they would take three characters each. */
function addressOf(template: string, { path = {}, query = {} }: Sent): string {
	const filled = template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(path[key]));
	const search = new URLSearchParams(query).toString().replace(/%2C/g, ',');
	return `/crm/v8${filled}${search && `?${search}`}`;
}
