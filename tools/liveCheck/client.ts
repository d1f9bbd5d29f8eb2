/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { setTimeout as sleep } from 'node:timers/promises';

import { parseJson } from '../../nodes/ZohoCrmPortals/transport/exactJson';

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

/** An answer: JSON, in which long numbers are texts, or the text itself, or undefined for no body. */
export interface Answer {
	status: number;
	body: unknown;
}

/** Makes a call of the API below `/crm/v8`, by the contract's path: "/settings/portals/{portal}". */
export type Call = (method: string, template: string, sent?: Sent) => Promise<Answer>;

/** A call that was answered, with its address without the origin. */
export type Seen = {
	method: string;
	template: string;
	sent: Sent;
	url: string;
	text: string;
} & Pick<Answer, 'status'>;

/** A caller with a token that waits some ms before each call, and shows each answer. */
export function caller(
	{ origin, accessToken }: Connection,
	pause: number,
	see: (seen: Seen) => void,
): Call {
	return async (method, template, sent = {}) => {
		await sleep(pause);
		const url = addressOf(template, sent);
		const body = sent.body && JSON.stringify(sent.body);
		const type = body && { 'Content-Type': 'application/json' };
		const headers = { Authorization: `Zoho-oauthtoken ${accessToken}`, ...type };
		const { status, text } = await answerTo(origin + url, { method, headers, body });
		see({ method, template, sent, url, status, text });
		if (status === 429) throw new Stopped('Zoho answered 429');
		return { status, body: bodyOf(text) };
	};
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

function bodyOf(text: string): unknown {
	try {
		return text === '' ? undefined : parseJson(text);
	} catch {
		return text;
	}
}
