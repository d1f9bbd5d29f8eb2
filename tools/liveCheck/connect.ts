/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';

import { isObject } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import { otherDataCenter } from '../../nodes/ZohoCrmPortals/transport/dataCenter';
import type { Options } from './options';
import { apiOriginOf } from './origins';
import type { Redactor } from './redact';
import { Stopped } from './stopped';
import type { Terminal } from './terminal';

/** A connection that a person consented to. The token is kept in memory only. */
export interface Connection {
	/** Where the API is. */
	origin: string;
	accessToken: string;
}

/** For a person to consent, in ms. */
const PATIENCE = 10 * 60 * 1000;

/**
 * Has a person consent to these scopes in a browser, and takes the token. Without `access_type=offline`
 * Zoho gives no refresh token, so nothing outlives the hour of the access token.
 *
 * @throws Stopped
 */
export async function connect(
	options: Options,
	scopes: string[],
	{ terminal, redactor }: { terminal: Terminal; redactor: Redactor },
): Promise<Connection> {
	const state = randomBytes(16).toString('hex');
	const server = createServer();
	try {
		const port = await listen(server, options.port);
		const redirectUri = `http://localhost:${port}/callback`;
		const consent = new URL('/oauth/v2/auth', options.accounts);
		consent.search = new URLSearchParams({
			client_id: options.clientId,
			response_type: 'code',
			redirect_uri: redirectUri,
			scope: scopes.join(','),
			access_type: 'online',
			prompt: 'consent',
			state,
		}).toString();
		const answer = callback(server, state);
		terminal.open(consent.href, redirectUri);
		const code = codeIn(await answer, options);
		redactor.hide(code);
		return await exchange(options, { code, redirectUri }, redactor);
	} finally {
		server.close();
		server.closeAllConnections();
	}
}

/** Ends a token before its time. It ends by itself within an hour. */
export async function disconnect(
	{ accounts }: Options,
	{ accessToken }: Connection,
): Promise<void> {
	const body = new URLSearchParams({ token: accessToken });
	const revocation = fetch(new URL('/oauth/v2/token/revoke', accounts), {
		method: 'POST',
		body,
		redirect: 'manual',
	});
	await revocation.catch(() => undefined);
}

async function listen(server: Server, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', () => reject(new Stopped(`Port ${port} is in use: try --port.`)));
		server.listen(port, '127.0.0.1', resolve);
	});
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : port;
}

/** What Zoho sends the browser back with. Requests that do not have our state are not from Zoho. */
async function callback(server: Server, state: string): Promise<URLSearchParams> {
	return await new Promise((resolve, reject) => {
		const late = () => reject(new Stopped('Nobody consented within ten minutes.'));
		const timer = setTimeout(late, PATIENCE);
		server.on('request', (request: IncomingMessage, response) => {
			const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
			const ours = pathname === '/callback' && searchParams.get('state') === state;
			response.writeHead(ours ? 200 : 404, { 'Content-Type': 'text/plain' });
			response.end(ours ? 'You can close this page and go back to the terminal.' : 'Not found');
			if (!ours) return;
			clearTimeout(timer);
			resolve(searchParams);
		});
	});
}

function codeIn(answer: URLSearchParams, { dataCenter }: Options): string {
	const other = otherDataCenter(dataCenter, answer.get('location') ?? undefined);
	if (other !== undefined) {
		throw new Stopped(`This organization is in another data center: --data-center ${other}.`);
	}
	const code = answer.get('code');
	if (code === null) throw new Stopped('Zoho gave no code: the consent was refused.');
	return code;
}

async function exchange(
	{ accounts, clientId, clientSecret, dataCenter, api }: Options,
	{ code, redirectUri }: { code: string; redirectUri: string },
	redactor: Redactor,
): Promise<Connection> {
	const request = fetch(new URL('/oauth/v2/token', accounts), {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			client_id: clientId,
			client_secret: clientSecret,
			redirect_uri: redirectUri,
			code,
		}),
		redirect: 'manual',
	});
	const response = await request.catch(() => {
		throw new Stopped('The accounts server did not answer.');
	});
	const answer: unknown = await response.json().catch(() => undefined);
	const token = isObject(answer) ? answer : {};
	// Zoho refuses with HTTP 200 as well.
	if (typeof token.access_token !== 'string') {
		const reason = typeof token.error === 'string' ? token.error : `HTTP ${response.status}`;
		throw new Stopped(`Zoho gave no token: ${reason}.`);
	}
	redactor.hide(token.access_token);
	if (typeof token.refresh_token === 'string') redactor.hide(token.refresh_token);
	return {
		origin: apiOriginOf(token.api_domain, dataCenter, api),
		accessToken: token.access_token,
	};
}
