import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import type { Emulator } from '../../emulator/server';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

afterEach(() => jest.restoreAllMocks());

const REDIRECT = 'http://localhost/callback';
const CLIENT = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
const ASKED = {
	client_id: CLIENT_ID,
	redirect_uri: REDIRECT,
	scope: 'ZohoCRM.users.READ',
	access_type: 'offline',
};

const post = async (path: string, form: Record<string, string>) =>
	await fetch(emulator.origin + path, {
		method: 'POST',
		body: new URLSearchParams(form),
		redirect: 'manual',
	});

async function codeFor(extra: Record<string, string> = {}): Promise<string> {
	const { headers } = await post('/oauth/v2/auth', { ...ASKED, ...extra, decision: 'accept' });
	return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
}

async function selfClientCode(): Promise<string> {
	const response = await fetch(`${emulator.origin}/emulator/code`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ scope: 'ZohoCRM.users.READ,ZohoCRM.settings.ALL' }),
	});
	return ((await response.json()) as { code: string }).code;
}

async function exchange(code: string, extra: Record<string, string> = { redirect_uri: REDIRECT }) {
	const form = { ...CLIENT, grant_type: 'authorization_code', code, ...extra };
	const response = await post('/oauth/v2/token', form);
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const error = (name: string) => ({ status: 200, body: { error: name } });

const withRefreshToken = { status: 200, body: { refresh_token: expect.any(String) } };

describe('the consent', () => {
	test.each([
		['no client', { client_id: '' }, 'invalid_client'],
		['an unknown client', { client_id: 'somebody' }, 'invalid_client'],
		['no redirect address', { redirect_uri: '' }, 'invalid_redirect_uri'],
		['a redirect address that is none', { redirect_uri: 'nowhere' }, 'invalid_redirect_uri'],
	])('with %s is refused', async (_, extra, name) => {
		const asked = { ...ASKED, ...extra };
		const page = await fetch(`${emulator.origin}/oauth/v2/auth?${new URLSearchParams(asked)}`);
		const answer = await post('/oauth/v2/auth', { ...asked, decision: 'accept' });
		for (const response of [page, answer]) {
			expect([response.status, await response.json()]).toEqual([200, { error: name }]);
		}
	});

	test('without a form is refused', async () => {
		const response = await fetch(`${emulator.origin}/oauth/v2/auth`, { method: 'POST' });
		expect([response.status, await response.json()]).toEqual([200, { error: 'invalid_client' }]);
	});

	test('gives a refresh token the first time, and then only if it was prompted for', async () => {
		expect(await exchange(await codeFor({ access_type: 'online' }))).not.toHaveProperty(
			'body.refresh_token',
		);
		expect(await exchange(await codeFor())).toMatchObject(withRefreshToken);
		const again = await exchange(await codeFor());
		expect(again).toMatchObject({ body: { access_token: expect.any(String) } });
		expect(again).not.toHaveProperty('body.refresh_token');
		const prompted = await codeFor({ prompt: 'consent' });
		expect(await exchange(prompted)).toMatchObject(withRefreshToken);
		emulator.reset();
		expect(await exchange(await codeFor())).toMatchObject(withRefreshToken);
	});
});

describe('a code', () => {
	test.each([
		['another redirect address', { redirect_uri: `${REDIRECT}/2` }, 'invalid_redirect_uri'],
		['no redirect address', {}, 'invalid_redirect_uri'],
		['no grant', { redirect_uri: REDIRECT, grant_type: '' }, 'general_error'],
		['an unknown grant', { redirect_uri: REDIRECT, grant_type: 'bogus' }, 'general_error'],
	])('is not exchanged with %s', async (_, extra, name) => {
		expect(await exchange(await codeFor(), extra)).toEqual(error(name));
	});

	test('is good for three minutes', async () => {
		const start = Date.now();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(start);
		const [first, second] = [await codeFor(), await codeFor()];
		clock.mockReturnValue(start + 179_999);
		expect(await exchange(first)).toMatchObject({ body: { access_token: expect.any(String) } });
		clock.mockReturnValue(start + 180_000);
		expect(await exchange(second)).toEqual(error('invalid_code'));
	});

	test('of a self client is bound to no redirect address, and good for ten minutes', async () => {
		const start = Date.now();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(start);
		const [first, second] = [await selfClientCode(), await selfClientCode()];
		clock.mockReturnValue(start + 599_999);
		expect(await exchange(first, {})).toMatchObject(withRefreshToken);
		expect(await exchange(first, {})).toEqual(error('invalid_code'));
		clock.mockReturnValue(start + 600_000);
		expect(await exchange(second, {})).toEqual(error('invalid_code'));
	});
});
