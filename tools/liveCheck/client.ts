/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { setTimeout as sleep } from 'node:timers/promises';

import { parseJson } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import { NoAnswer, TooManyRequests } from './stopped';

/** What is sent beside method and path. */
export interface Sent {
	/** What stands in the place of the path's placeholders. */
	path?: Record<string, string>;
	query?: Record<string, string>;
	body?: object;
}

/** An answer as it came; long numbers in the body are texts, so that no digit is lost. */
export interface Answer {
	status: number;
	/** The text itself where it is no JSON; undefined where there is none. */
	body: unknown;
}

/** Makes a call of the API below `/crm/v8`, by the contract's path: "/settings/portals/{portal}". */
export type Call = (method: string, template: string, sent?: Sent) => Promise<Answer>;

/** A call that was answered. */
export interface Seen {
	method: string;
	template: string;
	sent: Sent;
	/** As it was on the wire, without the origin. */
	url: string;
	status: number;
	text: string;
}

/** For an answer, in ms. */
const TIMEOUT = 60_000;

interface Connection {
	/** The only place where the token goes. */
	origin: string;
	accessToken: string;
}

/**
 * A caller with a token. The calls are made one after the other as long as the caller awaits them.
 *
 * @param pause before each call, in ms
 * @param see is told of every answer
 */
export function caller(
	{ origin, accessToken }: Connection,
	pause: number,
	see: (seen: Seen) => void,
): Call {
	return async (method, template, sent = {}) => {
		await sleep(pause);
		const url = addressOf(template, sent);
		const { status, text } = await send(origin + url, {
			method,
			headers: {
				Authorization: `Zoho-oauthtoken ${accessToken}`,
				...(sent.body && { 'Content-Type': 'application/json' }),
			},
			...(sent.body && { body: JSON.stringify(sent.body) }),
		});
		see({ method, template, sent, url, status, text });
		if (status === 429) throw new TooManyRequests('Zoho answered 429');
		return { status, body: bodyOf(text) };
	};
}

/** A redirect is an answer: it is not followed, least of all with a token. */
async function send(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
	try {
		const signal = AbortSignal.timeout(TIMEOUT);
		const response = await fetch(url, { ...init, redirect: 'manual', signal });
		return { status: response.status, text: await response.text() };
	} catch {
		throw new NoAnswer('A call got no answer');
	}
}

/** Commas between ids stay as they are: encoded they would take three characters each. */
function addressOf(template: string, { path = {}, query = {} }: Sent): string {
	const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
		encodeURIComponent(path[name]),
	);
	const search = new URLSearchParams(query).toString().replace(/%2C/g, ',');
	return `/crm/v8${filled}${search && `?${search}`}`;
}

function bodyOf(text: string): unknown {
	if (text === '') return undefined;
	try {
		return parseJson(text);
	} catch {
		return text;
	}
}
