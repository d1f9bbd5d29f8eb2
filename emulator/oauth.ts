import { randomBytes } from 'node:crypto';

import type { FastifyInstance } from 'fastify';

import type { Answer } from './answers';
import type { Switches } from './switches';
import { deliver } from './delivery';
import type { Faults } from './faults';

export const CLIENT_ID = 'emulator-client';
export const CLIENT_SECRET = 'emulator-example';

/** An access token with its scopes and expiry. */
interface Access {
	scopes: string[];
	expires: number;
	refreshToken: string;
}

/** A code that can be exchanged for tokens once. */
interface Code {
	scopes: string[];
	/** Whether it is good for a refresh token. */
	refreshes: boolean;
	/** The address that it was sent to; none for a self client, which only has the code. */
	redirectUri?: string;
	expires: number;
}

/** Lifetimes of codes in ms; those of self clients can be chosen, up to this. */
const CODE_LIFE = 3 * 60 * 1000;
const SELF_CLIENT_CODE_LIFE = 10 * 60 * 1000;

/** A request for a token. */
export interface TokenRequest {
	/** `authorization_code` or `refresh_token`; empty if the client sent none. */
	grant: string;
	/**
	 * The status that the client got; 0 if it got no answer. Like Zoho's, most refusals have the
	 * status 200.
	 */
	status: number;
}

/** The number of access tokens per refresh token, and the period in ms, if there is a limit. */
const MOST_TOKENS = 10;
const TOKEN_PERIOD = 10 * 60 * 1000;

/** Zoho's error after too many requests for tokens. */
const ACCESS_DENIED = {
	error_description:
		'You have made too many requests continuously. Please try again after some time.',
	error: 'Access Denied',
	status: 'failure',
};

type Form = Record<string, string | undefined>;

/**
 * Zoho's accounts server: consent page, code, token, refresh, revocation. Like Zoho's, it answers
 * most failures with HTTP 200 and `{"error": …}`.
 */
export class Accounts {
	private readonly codes = new Map<string, Code>();

	/** Whether a person has consented to offline access since the last reset. */
	private consented = false;

	private readonly access = new Map<string, Access>();

	private readonly refreshTokens = new Map<string, { scopes: string[] }>();

	/** When each refresh token was used to get an access token, in ms. */
	private readonly uses = new Map<string, number[]>();

	/** If set, the token endpoint refuses everything with this error. */
	refusal?: { status: number; error: string };

	/** Requests for a token, in the order of their arrival. */
	readonly tokenRequests: TokenRequest[] = [];

	constructor(
		private readonly switches: Switches,
		private readonly faults: Faults,
	) {}

	/** Valid refresh tokens with their scopes, which have to be kept after a restart. */
	get grants(): Array<[refreshToken: string, grant: { scopes: string[] }]> {
		return [...this.refreshTokens];
	}

	/** Accepts refresh tokens that an earlier emulator issued. */
	restore(grants: Accounts['grants']): void {
		for (const [refreshToken, grant] of grants) this.refreshTokens.set(refreshToken, grant);
	}

	/** Issues tokens as if a person had consented. */
	connect(scopes: string): { access_token: string; refresh_token: string } {
		const refreshToken = `1000.refresh.${randomBytes(8).toString('hex')}`;
		this.refreshTokens.set(refreshToken, { scopes: scopes.split(',') });
		return { access_token: this.issue(refreshToken), refresh_token: refreshToken };
	}

	/** A code as the API console shows one for a self client. */
	selfClientCode(scopes: string): string {
		return this.addCode(scopes, { refreshes: true, expires: Date.now() + SELF_CLIENT_CODE_LIFE });
	}

	private addCode(scopes: string, code: Omit<Code, 'scopes'>): string {
		const id = `1000.code.${randomBytes(8).toString('hex')}`;
		this.codes.set(id, { scopes: scopes.split(/[, ]+/), ...code });
		return id;
	}

	/** The scopes of a token; undefined if it is unknown or expired. */
	scopesOf(accessToken: string): string[] | undefined {
		const access = this.access.get(accessToken);
		return access && access.expires > Date.now() ? access.scopes : undefined;
	}

	expireAccessTokens(): void {
		for (const access of this.access.values()) access.expires = 0;
	}

	/** Clears the log, the refusal and the memory of consents. Tokens stay valid. */
	reset(): void {
		this.consented = false;
		this.refusal = undefined;
		this.tokenRequests.length = 0;
		this.uses.clear();
	}

	revokeRefreshTokens(): void {
		this.refreshTokens.clear();
	}

	register(app: FastifyInstance, origin: () => string): void {
		app.get('/oauth/v2/auth', async (request, reply) => {
			const form = request.query as Form;
			const error = wrongConsent(form);
			if (error) return { error };
			return await reply.type('text/html').send(consentPage(form));
		});
		app.post('/oauth/v2/auth', async (request, reply) => {
			const form = (request.body ?? {}) as Form;
			const error = wrongConsent(form);
			if (error) return { error };
			const { redirect_uri: redirectUri = '' } = form;
			const target = new URL(redirectUri);
			if (form.state) target.searchParams.set('state', form.state);
			if (form.decision === 'accept') {
				const offline = form.access_type === 'offline';
				// Later consents give a refresh token only if they were prompted for.
				const refreshes = offline && (!this.consented || form.prompt === 'consent');
				this.consented ||= offline;
				const expires = Date.now() + CODE_LIFE;
				const code = this.addCode(form.scope ?? '', { refreshes, redirectUri, expires });
				target.searchParams.set('code', code);
				target.searchParams.set('location', 'us');
				target.searchParams.set('accounts-server', origin());
			} else {
				target.searchParams.set('error', 'access_denied');
			}
			return await reply.redirect(target.href);
		});
		app.post('/oauth/v2/token', async (request, reply) => {
			const form = { ...(request.query as Form), ...(request.body as Form) };
			const logged: TokenRequest = { grant: form.grant_type ?? '', status: 0 };
			this.tokenRequests.push(logged);
			const fault = this.faults.next(request.method, request.raw.url ?? '', 'token');
			const tell = (status: number) => (logged.status = status);
			return await deliver({ request, reply, tell }, fault, () => this.tokenAnswer(form, origin()));
		});
		app.post('/oauth/v2/token/revoke', async (request) => {
			const { token = '' } = { ...(request.query as Form), ...(request.body as Form) };
			this.refreshTokens.delete(token);
			for (const [accessToken, { refreshToken }] of this.access) {
				if (refreshToken === token || accessToken === token) this.access.delete(accessToken);
			}
			return { status: 'success' };
		});
	}

	private tokenAnswer(form: Form, origin: string): Answer {
		if (this.refusal) {
			const { status, error } = this.refusal;
			return { status, body: { error, status: 'failure' } };
		}
		if (form.client_id !== CLIENT_ID || form.client_secret !== CLIENT_SECRET) {
			return { status: 200, body: { error: 'invalid_client' } };
		}
		const { tokenLimit } = this.switches;
		if (tokenLimit && this.usedUp(form)) return { status: tokenLimit, body: ACCESS_DENIED };
		return { status: 200, body: this.token(form, origin) };
	}

	private usedUp({ grant_type, refresh_token = '' }: Form): boolean {
		if (grant_type !== 'refresh_token') return false;
		const since = Date.now() - TOKEN_PERIOD;
		const uses = (this.uses.get(refresh_token) ?? []).filter((time) => time > since);
		this.uses.set(refresh_token, uses);
		return uses.length >= MOST_TOKENS;
	}

	private token(form: Form, origin: string): Record<string, unknown> {
		const common = {
			api_domain: origin,
			token_type: 'Bearer',
			expires_in: this.switches.tokenSeconds,
		};
		if (form.grant_type === 'refresh_token') {
			const refreshToken = form.refresh_token ?? '';
			if (!this.refreshTokens.has(refreshToken)) return { error: 'invalid_code' };
			this.uses.set(refreshToken, [...(this.uses.get(refreshToken) ?? []), Date.now()]);
			return { access_token: this.issue(refreshToken), ...common };
		}
		// No source has the refusal of another grant; this is one of the errors that are known.
		if (form.grant_type !== 'authorization_code') return { error: 'general_error' };
		const code = this.codes.get(form.code ?? '');
		if (!code || code.expires <= Date.now()) return { error: 'invalid_code' };
		if (code.redirectUri !== undefined && code.redirectUri !== form.redirect_uri) {
			return { error: 'invalid_redirect_uri' };
		}
		this.codes.delete(form.code ?? '');
		const { access_token, refresh_token } = this.connect(code.scopes.join(','));
		return { access_token, ...(code.refreshes && { refresh_token }), ...common };
	}

	private issue(refreshToken: string): string {
		const accessToken = `1000.access.${randomBytes(8).toString('hex')}`;
		this.access.set(accessToken, {
			scopes: this.refreshTokens.get(refreshToken)?.scopes ?? [],
			expires: Date.now() + this.switches.tokenSeconds * 1000,
			refreshToken,
		});
		return accessToken;
	}
}

/** The error of a request for consent; undefined if there is none. */
function wrongConsent({ client_id, redirect_uri }: Form): string | undefined {
	if (client_id !== CLIENT_ID) return 'invalid_client';
	return URL.canParse(redirect_uri ?? '') ? undefined : 'invalid_redirect_uri';
}

function consentPage(form: Form): string {
	const scopes = (form.scope ?? '').split(/[, ]+/).map((scope) => `<li>${escape(scope)}</li>`);
	const hidden = Object.entries(form).map(
		([name, value]) =>
			`<input type="hidden" name="${escape(name)}" value="${escape(value ?? '')}">`,
	);
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Zoho Accounts (emulator)</title></head>
<body style="font-family: sans-serif; max-width: 40em; margin: 3em auto">
<h1>Zoho Accounts (emulator)</h1>
<p><b>${escape(form.client_id ?? '')}</b> would like to:</p>
<ul>${scopes.join('')}</ul>
<form method="post" action="/oauth/v2/auth">${hidden.join('')}
<button name="decision" value="accept">Accept</button>
<button name="decision" value="reject">Reject</button>
</form></body></html>`;
}

function escape(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
