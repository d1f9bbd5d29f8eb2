/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { setTimeout as sleep } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { parsed } from '../../emulator/exchange';
import { ContractCheck } from '../../emulator/schema/check';
import { CUSTOM, isTrusted, siteOf } from '../../nodes/ZohoCrmPortals/http/dataCenter';
import { isObject, parseJson } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { Answer, NoAnswer, Stopped } from './answers';
import type { Options, Terminal } from './options';
import type { Redactor } from './redact';

/** The data of a request besides method and path. `path` has the values of the placeholders. */
interface Sent {
	path?: Record<string, string>;
	query?: Record<string, string>;
	body?: object;
}

/**
 * Makes a call of the API below `/crm/v8`, with the path in the contract:
 * "/settings/portals/{portal}".
 */
export type Call = (method: string, template: string, sent?: Sent) => Promise<Answer>;

/** A call without personal data. */
export interface Evidence {
	call: string;
	query: Record<string, string>;
	status: number;
	body: unknown;
	contract: string;
}

/** Parameters whose values come from the check itself. */
const PLAIN = ['active', 'page', 'per_page', 'type', 'type__s'];

/** Errors of the token endpoint; a report contains no others. */
const REFUSALS = ['invalid_code', 'invalid_client', 'general_error', 'Access Denied'];

/** Makes calls, records them without personal data, and checks answers against the contract. */
export class Client {
	/** Parts of answers that are not in the contract, with the closest schema. */
	readonly outside: Array<{ call: string; pointer: string; schema: string; times: number }> = [];

	/** The number of calls that were answered. */
	calls = 0;

	private readonly evidence: Evidence[] = [];

	constructor(
		private readonly options: Options,
		private readonly terminal: Terminal,
		private readonly redactor: Redactor,
	) {}

	/**
	 * Asks the user to generate a code for these scopes with the self client, works with the token
	 * that Zoho exchanges it for, and revokes the token. Tokens are kept in memory only.
	 *
	 * @throws Stopped
	 */
	async connected<T>(scopes: string[], work: (call: Call) => Promise<T>): Promise<T> {
		const { options, terminal } = this;
		const { dataCenter, clientId: client_id, clientSecret: client_secret } = options;
		const site = dataCenter === CUSTOM ? '' : ` at https://api-console.${siteOf(dataCenter)}`;
		const scope = [...new Set(scopes)].join(',');
		terminal.say(`\nIn the self client${site}, generate a code for this scope:\n\n${scope}\n`);
		const code = await terminal.ask('Code:', true);
		const form = { grant_type: 'authorization_code', client_id, client_secret, code };
		const { access_token, refresh_token, api_domain, ...refused } = await this.post('token', form);
		// Zoho also refuses with HTTP 200.
		if (typeof access_token !== 'string') {
			const reason =
				REFUSALS.find((one) => one === refused.error) ?? `HTTP ${String(refused.http)}`;
			const hint =
				'A code works once, for some minutes, in the data center where it was generated.';
			throw new Stopped(`Zoho gave no token: ${reason}. ${hint}`);
		}
		// If the refresh token is revoked, all tokens of the code end.
		const token = typeof refresh_token === 'string' ? refresh_token : access_token;
		this.redactor.secrets.push(code, access_token, token);
		try {
			return await work(this.caller(apiOriginOf(api_domain, options), access_token));
		} finally {
			const revoked = await this.post('token/revoke', { token }).catch(() => undefined);
			if (revoked?.http !== 200) terminal.say('Zoho did not revoke the token: delete the client.');
		}
	}

	/** The calls since the last time. */
	take(): Evidence[] {
		return this.evidence.splice(0);
	}

	/** The body of an answer of the accounts server, with its HTTP status. */
	private async post(path: string, form: Record<string, string>): Promise<IDataObject> {
		const init = { method: 'POST', body: new URLSearchParams(form) };
		const url = `${this.options.accounts}/oauth/v2/${path}`;
		const { status: http, text } = await answerTo(url, init, 'The accounts server did not answer.');
		const body = parsed(text);
		return { ...(isObject(body) ? body : {}), http };
	}

	/** Returns a function that makes calls with a token. */
	private caller(origin: string, accessToken: string): Call {
		return async (method, template, { path = {}, query = {}, body } = {}) => {
			await sleep(this.options.pause);
			const filled = template.replace(/\{(\w+)\}/g, (_, key: string) =>
				encodeURIComponent(path[key]),
			);
			// Commas between IDs stay unchanged, because encoded commas would take three characters
			// each.
			const search = new URLSearchParams(query).toString().replace(/%2C/g, ',');
			const url = `/crm/v8${filled}${search && `?${search}`}`;
			const type = body && { 'Content-Type': 'application/json' };
			const headers = { Authorization: `Zoho-oauthtoken ${accessToken}`, ...type };
			const init = { method, headers, body: body && JSON.stringify(body) };
			const { status, text } = await answerTo(origin + url, init, 'A call got no answer');
			this.calls++;
			const answer = parsed(text);
			const check = new ContractCheck();
			check.see({ method, url, body, status, answer, fault: false });
			const call = `${method} ${template}`;
			const contract = this.judged(call, status, check);
			const shown = Object.entries(query).map(([key, value]) => [key, this.shown(key, value)]);
			const seen = { call, query: Object.fromEntries(shown), status };
			this.evidence.push({ ...seen, body: this.shapeOf(answer), contract });
			if (status === 429) throw new Stopped('Zoho answered 429');
			return new Answer(status, isObject(answer) ? parseJson(text) : answer);
		};
	}

	/**
	 * Says whether an answer is as documented. Mismatches in rows of a list are counted together.
	 */
	private judged(call: string, status: number, check: ContractCheck): string {
		const found = check.take().filter(({ part }) => part === 'answer');
		for (const { message, schema, ...one } of found) {
			const place = { call, status, pointer: this.redactor.path(one.pointer), message };
			const isKnown = (other: object) =>
				JSON.stringify({ ...other, ...place }) === JSON.stringify(other);
			const known = this.outside.find(isKnown);
			if (known) known.times++;
			else this.outside.push({ ...place, schema, times: 1 });
		}
		if (found.length > 0) return 'outside';
		const [assumed] = check.tolerated.keys();
		return assumed === undefined ? 'as documented' : `as the emulator assumes: ${assumed}`;
	}

	private shown(name: string, value: string): string {
		const ids = value.split(',').length;
		if (PLAIN.includes(name)) return value;
		return ids > 2 ? `${ids} ids, ${value.length} characters` : this.redactor.placeholder(value);
	}

	private shapeOf(answer: unknown): unknown {
		if (isObject(answer)) return this.redactor.shape(answer);
		if (typeof answer === 'string') return `a text of ${answer.length} characters that is no JSON`;
		return answer === undefined ? undefined : 'JSON that is no object';
	}
}

/** A redirect counts as an answer: it is not followed, in particular not with a token. */
async function answerTo(url: string, init: RequestInit, unanswered: string) {
	try {
		const signal = AbortSignal.timeout(60_000);
		const response = await fetch(url, { ...init, redirect: 'manual', signal });
		return { status: response.status, text: await response.text() };
	} catch {
		throw new NoAnswer(unanswered);
	}
}

/**
 * The origin of the API according to a token response.
 *
 * @throws Stopped if the token would leave the data center
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
