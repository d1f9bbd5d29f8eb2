import type { INode } from 'n8n-workflow';

import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { connectedCredential } from '../../harness/credential';
import { itemsOf } from '../../harness/n8n/client';
import { ALL_SERIES } from '../../harness/n8n/install';
import { useN8n } from '../../harness/n8n/setup';
import { CREDENTIAL_TYPE } from '../../harness/types';
import { DATA_CENTERS } from '../../nodes/ZohoCrmPortals/http/dataCenter';
import { ACCESS } from '../../nodes/ZohoCrmPortals/zoho/scopes';

describe.each(ALL_SERIES)('the credential in n8n %s', (series) => {
	const running = useN8n(series);

	let apiKey: string;

	beforeAll(async () => {
		const scopes = ['credential:create', 'credential:delete'];
		const body = { label: `Credentials ${Date.now()}`, expiresAt: null, scopes };
		const { rawApiKey } = await running.client.call<{ rawApiKey: string }>(
			'POST',
			'/rest/api-keys',
			body,
		);
		apiKey = rawApiKey;
	});

	/** Creates a credential as programs do, over n8n's public API. */
	async function create(data: object): Promise<{ status: number; id?: string; message?: string }> {
		const response = await fetch(`${running.instance.origin}/api/v1/credentials`, {
			method: 'POST',
			headers: { 'X-N8N-API-KEY': apiKey, 'Content-Type': 'application/json' },
			body: JSON.stringify({ name: 'Made by a program', type: CREDENTIAL_TYPE, data }),
		});
		return { status: response.status, ...((await response.json()) as object) };
	}

	/** Where n8n sends a person who connects a credential. */
	async function consentOf(id: string | undefined): Promise<URL> {
		const path = `/rest/oauth2-credential/auth?id=${id}`;
		return new URL(await running.client.call<string>('GET', path));
	}

	const client = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };

	const NO_DATA_CENTER = 'The field \\"Data Center (choose it first)\\" is mandatory';

	test.each(DATA_CENTERS)(
		'is made over the public API for $country, and connects there',
		async ({ suffix, site }) => {
			const { status, id, message } = await create({ dataCenter: suffix, ...client });
			expect([status, message]).toEqual([200, undefined]);
			const { origin, pathname, searchParams } = await consentOf(id);
			expect([origin, pathname]).toEqual([`https://accounts.${site}`, '/oauth/v2/auth']);
			expect(Object.fromEntries(searchParams)).toMatchObject({
				client_id: CLIENT_ID,
				access_type: 'offline',
				prompt: 'consent',
				scope: ACCESS.everything.join(','),
			});
		},
	);

	test('is made over the public API for hosts of its own', async () => {
		const { origin } = running.emulator;
		const hosts = { accountsUrl: origin, customApiUrl: origin };
		const { status, id, message } = await create({ dataCenter: 'custom', ...hosts, ...client });
		expect([status, message]).toEqual([200, undefined]);
		expect((await consentOf(id)).origin).toBe(origin);
	});

	test.each<[object, string[]]>([
		[{ access: 'portalUsers' }, ACCESS.portalUsers],
		[{ access: 'readOnly' }, ACCESS.readOnly],
		[
			{ access: 'custom', customScope: 'ZohoCRM.users.READ, ZohoCRM.org.READ' },
			['ZohoCRM.users.READ', 'ZohoCRM.org.READ'],
		],
	])('asks for no more than the access %j', async (access, scopes) => {
		const environment = 'production';
		const data = { dataCenter: 'eu', environment, ...client, ...access };
		const { status, id, message } = await create(data);
		expect([status, message]).toEqual([200, undefined]);
		expect((await consentOf(id)).searchParams.get('scope')).toBe(scopes.join(','));
	});

	test('is refused over the public API without a data center, or with one that is none', async () => {
		for (const wrong of [{}, { dataCenter: 'mars' }]) {
			const { status, message } = await create({ ...client, ...wrong });
			expect(status).toBe(400);
			expect(message).toMatch(/dataCenter|is not one of enum values/);
		}
	});

	test('is refused in the editor without a data center, a client or scopes, in words', async () => {
		const store = async (data: object) =>
			await running.client.createCredential('None', CREDENTIAL_TYPE, data);
		await expect(store({})).rejects.toThrow(NO_DATA_CENTER);
		await expect(store(client)).rejects.toThrow(NO_DATA_CENTER);
		await expect(store({ dataCenter: 'eu' })).rejects.toThrow('\\"clientId\\" is mandatory');
		await expect(store({ dataCenter: 'eu', ...client, access: 'custom' })).rejects.toThrow(
			'The field \\"Scope (enter at least one)\\" is mandatory',
		);
	});

	describe('in an HTTP Request node', () => {
		const request = async (extra: object) => {
			const { client: n8n, emulator } = running;
			const { customScope, ...data } = connectedCredential(emulator, 'ZohoCRM.users.READ');
			const named = { customScope, ...data, ...extra };
			const credential = {
				id: await n8n.createCredential('In HTTP Request', CREDENTIAL_TYPE, named),
				name: 'In HTTP Request',
			};
			const node = (name: string, type: string, more: Partial<INode>): INode => ({
				...{ id: name, name, type: `n8n-nodes-base.${type}`, typeVersion: 1, position: [0, 0] },
				...{ parameters: {}, ...more },
			});
			const workflow = await n8n.importWorkflow({
				name: 'HTTP Request',
				nodes: [
					node('Start', 'manualTrigger', {}),
					node('Request', 'httpRequest', {
						typeVersion: 4.2,
						parameters: {
							url: `${emulator.origin}/crm/v8/users?type=CurrentUser`,
							authentication: 'predefinedCredentialType',
							nodeCredentialType: CREDENTIAL_TYPE,
						},
						credentials: { [CREDENTIAL_TYPE]: credential },
					}),
				],
				connections: { Start: { main: [[{ node: 'Request', type: 'main', index: 0 }]] } },
			});
			return await n8n.run(workflow, 'Start');
		};

		test('it is not sent anywhere where somebody has chosen None', async () => {
			const { status, data } = await request({ allowedHttpRequestDomains: 'none' });
			expect(status).toBe('error');
			expect(data.resultData.error?.message).toContain('prevent use within an HTTP Request');
			expect(running.emulator.requests).toEqual([]);
		});

		test('it is sent to the domains that somebody names', async () => {
			const domains = { allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' };
			const allowed = await request(domains);
			expect(allowed.data.resultData.error?.message).toBeUndefined();
			expect(itemsOf(allowed, 'Request')).toHaveLength(1);
			// n8n 1 asks for the domains with OAuth2 credentials, but looks at them for redirects alone.
			if (series === '1.123') return;
			const elsewhere = await request({ ...domains, allowedDomains: 'www.zohoapis.com' });
			expect(elsewhere.data.resultData.error?.message).toContain('Domain not allowed');
			expect(running.emulator.requests).toHaveLength(1);
		});
	});
});
