import { CUSTOM, isTrusted, siteOf } from '../../nodes/ZohoCrmPortals/http/dataCenter';
import { isObject } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { Stopped } from './client';
import type { Connection } from './client';
import type { Options, Terminal } from './options';
import type { Redactor } from './redact';

/** Errors of the token endpoint; no others go into a report. */
const REFUSALS = ['invalid_code', 'invalid_client', 'general_error', 'Access Denied'];

/**
 * Has a person generate a code for these scopes with the self client, works with the token that Zoho
 * exchanges it for, and revokes the token. Tokens are kept in memory only.
 *
 * @throws Stopped
 */
export async function connected<T>(
	options: Options,
	scopes: string[],
	{ terminal, redactor }: { terminal: Terminal; redactor: Redactor },
	work: (connection: Connection) => Promise<T>,
): Promise<T> {
	const { dataCenter, clientId: client_id, clientSecret: client_secret } = options;
	const site = dataCenter === CUSTOM ? '' : ` at https://api-console.${siteOf(dataCenter)}`;
	const scope = [...new Set(scopes)].join(',');
	terminal.say(`\nIn the self client${site}, generate a code for this scope:\n\n${scope}\n`);
	const code = await terminal.ask('Code:', true);
	const form = { grant_type: 'authorization_code', client_id, client_secret, code };
	const answer = await post(options, 'token', form);
	const { access_token: accessToken, refresh_token: refreshToken, api_domain } = answer;
	// Zoho refuses with HTTP 200 as well.
	if (typeof accessToken !== 'string') {
		const reason = REFUSALS.find((one) => one === answer.error) ?? `HTTP ${String(answer.http)}`;
		const hint = 'A code works once, for some minutes, in the data center where it was generated.';
		throw new Stopped(`Zoho gave no token: ${reason}. ${hint}`);
	}
	// With the refresh token all tokens of the code end.
	const token = typeof refreshToken === 'string' ? refreshToken : accessToken;
	redactor.secrets.push(code, accessToken, token);
	try {
		return await work({ origin: apiOriginOf(api_domain, options), accessToken });
	} finally {
		const revoked = await post(options, 'token/revoke', { token }).catch(() => undefined);
		if (revoked?.http !== 200) terminal.say('Zoho did not revoke the token: delete the client.');
	}
}

/** The body of an answer, with its HTTP status. */
async function post(
	{ accounts }: Options,
	path: string,
	form: Record<string, string>,
): Promise<Record<string, unknown>> {
	const init = { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' } as const;
	const response = await fetch(`${accounts}/oauth/v2/${path}`, init).catch(() => {
		throw new Stopped('The accounts server did not answer.');
	});
	const body: unknown = await response.json().catch(() => undefined);
	return { ...(isObject(body) ? body : {}), http: response.status };
}

/**
 * The API's origin as a token's answer names it.
 *
 * @throws Stopped where the token would leave the data center
 */
export function apiOriginOf(
	apiDomain: unknown,
	{ dataCenter, accounts }: Pick<Options, 'dataCenter' | 'accounts'>,
): string {
	const usual = dataCenter === CUSTOM ? accounts : `https://www.zohoapis.${dataCenter}`;
	if (typeof apiDomain !== 'string' || apiDomain === usual) return usual;
	const isInside = apiDomain.endsWith(`.zohoapis.${dataCenter}`);
	if (isInside && isTrusted(apiDomain, dataCenter)) return apiDomain;
	throw new Stopped('The token is for another API than that of the data center; nothing was sent.');
}
