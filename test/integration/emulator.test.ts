import { sleep } from 'n8n-workflow';

import { allErrors, documented, operations } from '../../emulator/contract';
import type { DocumentedOperation } from '../../emulator/contractTypes';
import { handlers } from '../../emulator/routes';
import { BEN, DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;
let token: string;

useEmulator((started) => {
	emulator = started;
	token = emulator.accounts.connect(
		'ZohoCRM.settings.clientportal.ALL,ZohoCRM.users.ALL,ZohoCRM.settings.ALL,ZohoCRM.change_owner.ALL',
	).access_token;
});
guardContract(() => emulator);

async function call(method: string, path: string, body?: unknown) {
	const response = await fetch(`${emulator.origin}/crm/v8${path}`, {
		method,
		headers: {
			Authorization: `Zoho-oauthtoken ${token}`,
			...(body !== undefined && { 'Content-Type': 'application/json' }),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, body: text === '' ? undefined : JSON.parse(text), text };
}

/** A path of the contract with values for its placeholders. */
function pathOf({ path }: DocumentedOperation): string {
	const [personalityId] = emulator.world.portalUsers.keys();
	return path
		.replace('{portal}', PORTAL)
		.replace('{user_type_id}', DEALERS)
		.replace('{personality_id}', personalityId)
		.replace('{user_id}', BEN)
		.replace('{module}', 'Contacts')
		.replace('{record_id}', personalityId);
}

test('serves every operation of the contract', () => {
	const served = handlers.map(({ id }) => id);
	expect(operations.map(({ id }) => id).filter((id) => !served.includes(id))).toEqual([]);
});

describe.each(operations)('$id', (operation) => {
	beforeEach(() => {
		emulator.world.addPortalUsers(DEALERS, 2);
	});

	test('answers any documented error in its documented shape', async () => {
		for (const error of allErrors(operation).filter(({ code }) => code !== null)) {
			emulator.force(operation.id, error);
			const { status, body } = await call(operation.method, pathOf(operation));
			expect(status).toBe(error.http ?? 400);
			const wrapped = error.wrapper !== null && error.wrapper !== '?';
			const item = wrapped ? body[error.wrapper as string][0] : body;
			expect(item).toMatchObject({ code: error.code, status: 'error' });
			if (error.message !== null) expect(item.message).toBe(error.message);
			if (error.details !== null) expect(item.details).toEqual(error.details);
		}
	});

	test('wants one of the documented scopes', async () => {
		const weak = emulator.accounts.connect('ZohoCRM.modules.ALL').access_token;
		const response = await fetch(`${emulator.origin}/crm/v8${pathOf(operation)}`, {
			method: operation.method,
			headers: { Authorization: `Bearer ${weak}` },
		});
		expect(response.status).toBe(401);
		expect(await response.json()).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH' });
	});
});

/** The keys of a value, and of what is in it, down to the first row of lists. */
function shape(value: unknown): unknown {
	if (Array.isArray(value)) return value.length > 0 ? [shape(value[0])] : [];
	if (typeof value !== 'object' || value === null) return typeof value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => a.localeCompare(b))
			.map(([key, one]) => [key, shape(one)]),
	);
}

describe.each([
	['oas', 0],
	['docs', 1],
] as const)('in the form of the %s, successes have the documented shape:', (sources, entry) => {
	const ids = () => [...emulator.world.portalUsers.keys()];

	test.each<[string, () => [path: string, body?: unknown]]>([
		['getPortals', () => ['/settings/portals']],
		['createPortal', () => ['/settings/portals', { portals: [{ name: 'NewPortal' }] }]],
		['updatePortal', () => [`/settings/portals/${PORTAL}`, { portals: [{ name: 'Renamed1' }] }]],
		[
			'getPortalUsers',
			() => [`/settings/portals/${PORTAL}/user_type/${DEALERS}/users?type=AllUsers`],
		],
		[
			'deletePortalUsers',
			() => [
				`/settings/portals/${PORTAL}/user_type/${DEALERS}/users?personality_ids=${ids().join(',')}`,
			],
		],
		[
			'transferPortalUsers',
			() => [
				`/settings/portals/${PORTAL}/user_type/${DEALERS}/users/action/transfer?transfer_To=${PREMIUM}&personality_ids=${ids()[0]}`,
			],
		],
		['deletePortalUserType', () => [`/settings/portals/${PORTAL}/user_type/${PREMIUM}`]],
		['deleteUser', () => ['/users/7310000000000101002']],
	])('%s', async (id, request) => {
		emulator.behaviour.sources = sources;
		emulator.world.addPortalUsers(DEALERS, 2);
		const operation = documented(id);
		const expected = operation.success[Math.min(entry, operation.success.length - 1)];
		const [path, body] = request();
		const answer = await call(operation.method, path, body);
		expect(answer.status).toBe(expected.http);
		const loose = (value: unknown) => JSON.stringify(shape(value)).replace(/"object"/g, '"string"');
		if (id === 'deletePortalUserType' && sources === 'docs') {
			expect(answer.text).toMatch(/"id":\d{19}\}/);
		} else if (id !== 'getPortalUsers' || sources === 'docs') {
			expect(loose(answer.body)).toBe(loose(expected.body));
		} else {
			expect(Object.keys(answer.body.users[0]).sort()).toEqual(
				Object.keys((expected.body.users as object[])[0]).sort(),
			);
		}
	});
});

test('refuses more calls in flight than the organization may have', async () => {
	emulator.behaviour.maxInFlight = 2;
	const answerAll = emulator.hold();
	const running = Array.from({ length: 3 }, async () => await call('GET', '/settings/portals'));
	while (emulator.requests.length < 3) await sleep(1);
	answerAll();
	const answers = await Promise.all(running);
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
});

test('lets the same calls fail for the same seed', async () => {
	const outcomes = async (seed: number) => {
		emulator.faults.clear();
		emulator.faults.seed(seed);
		emulator.faults.add({ kind: 503, before: true, share: 0.5, times: 100 });
		const statuses: number[] = [];
		for (let index = 0; index < 20; index++) {
			const response = await fetch(`${emulator.origin}/crm/v8/settings/portals`, {
				headers: { Authorization: `Bearer ${token}` },
			});
			statuses.push(response.status);
		}
		return statuses;
	};
	const first = await outcomes(7);
	expect(new Set(first)).toEqual(new Set([200, 503]));
	expect(await outcomes(7)).toEqual(first);
	expect(await outcomes(8)).not.toEqual(first);
});

describe('OAuth', () => {
	const post = async (path: string, form: Record<string, string>) =>
		await fetch(emulator.origin + path, {
			method: 'POST',
			body: new URLSearchParams(form),
			redirect: 'manual',
		});

	const client = { client_id: 'emulator-client', client_secret: 'emulator-example' };

	test('asks for consent, hands out tokens, refreshes and revokes', async () => {
		const redirect_uri = 'http://localhost/callback';
		const query = new URLSearchParams({
			...client,
			redirect_uri,
			scope: 'ZohoCRM.users.READ,ZohoCRM.settings.clientportal.ALL',
			state: 'a b&c',
			access_type: 'offline',
		});
		const page = await (await fetch(`${emulator.origin}/oauth/v2/auth?${query}`)).text();
		expect(page).toContain('ZohoCRM.settings.clientportal.ALL');
		const consent = await post('/oauth/v2/auth', {
			...Object.fromEntries(query),
			decision: 'accept',
		});
		const target = new URL(consent.headers.get('location') ?? '');
		expect(target.searchParams.get('state')).toBe('a b&c');
		expect(target.searchParams.get('accounts-server')).toBe(emulator.origin);
		const code = target.searchParams.get('code') ?? '';
		const grant = { ...client, grant_type: 'authorization_code', code, redirect_uri };
		const tokens = (await (await post('/oauth/v2/token', grant)).json()) as Record<string, string>;
		expect(tokens).toMatchObject({ api_domain: emulator.origin, token_type: 'Bearer' });
		const again = await post('/oauth/v2/token', grant);
		expect([again.status, await again.json()]).toEqual([200, { error: 'invalid_code' }]);
		const refresh = { ...client, grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
		const renewed = (await (await post('/oauth/v2/token', refresh)).json()) as object;
		expect(renewed).toHaveProperty('access_token');
		expect(renewed).not.toHaveProperty('refresh_token');
		await post('/oauth/v2/token/revoke', { token: tokens.refresh_token });
		expect(await (await post('/oauth/v2/token', refresh)).json()).toEqual({
			error: 'invalid_code',
		});
	});

	test('says no with HTTP 200', async () => {
		const response = await post('/oauth/v2/token', { client_id: 'x', client_secret: 'y' });
		expect([response.status, await response.json()]).toEqual([200, { error: 'invalid_client' }]);
		const rejected = await post('/oauth/v2/auth', {
			redirect_uri: 'http://localhost/callback',
			decision: 'reject',
		});
		expect(rejected.headers.get('location')).toBe('http://localhost/callback?error=access_denied');
	});
});
