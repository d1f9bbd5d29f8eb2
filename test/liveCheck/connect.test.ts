/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { CLIENT_SECRET } from '../../emulator/oauth';
import { Emulator } from '../../emulator/server';
import { readOptions } from '../../tools/liveCheck/options';
import { accountsOriginOf, apiOriginOf, usualApiOrigin } from '../../tools/liveCheck/origins';
import { check } from './check';

let emulator: Emulator;

beforeAll(async () => (emulator = await Emulator.start()));
beforeEach(() => emulator.reset());
afterAll(async () => await emulator.stop());

test('asks for no refresh token, and gives the access token back', async () => {
	const grants = emulator.accounts.grants.length;
	const revoked = jest.spyOn(globalThis, 'fetch');
	await check(emulator);
	const asked = revoked.mock.calls.map(([address]) => String(address));
	revoked.mockRestore();
	expect(asked.filter((address) => address.endsWith('/oauth/v2/token/revoke'))).toHaveLength(1);
	expect(asked.every((address) => /access_type=offline/.test(address))).toBe(false);
	// The emulator keeps one for each consent; nobody was given it.
	expect(emulator.accounts.grants).toHaveLength(grants + 1);
	expect(emulator.tokenRequests).toEqual([{ grant: 'authorization_code', status: 200 }]);
});

test('sends a token nowhere but to the API of the data center', async () => {
	const args = ['--api-url', 'http://127.0.0.1:1'];
	await expect(check(emulator, args)).rejects.toThrow('The token is for another API');
	expect(emulator.requests).toEqual([]);
});

test.each([
	['https://www.zohoapis.eu', 'eu', 'https://www.zohoapis.eu'],
	['https://sandbox.zohoapis.eu', 'eu', 'https://sandbox.zohoapis.eu'],
	['https://www.zohoapis.com.au', 'com.au', 'https://www.zohoapis.com.au'],
	[undefined, 'ca', 'https://www.zohoapis.ca'],
])('an API at %s for %s', (apiDomain, dataCenter, origin) => {
	expect(apiOriginOf(apiDomain, dataCenter, usualApiOrigin(dataCenter))).toBe(origin);
});

test.each([
	['https://www.zohoapis.com', 'eu'],
	['https://www.zohoapis.com.au', 'au'],
	['http://www.zohoapis.eu', 'eu'],
	['https://evil.example/.zohoapis.eu', 'eu'],
	['https://evil.example', 'custom'],
])('no API at %s for %s', (apiDomain, dataCenter) => {
	expect(() => apiOriginOf(apiDomain, dataCenter, usualApiOrigin(dataCenter))).toThrow('API');
});

test.each([
	['eu', 'https://accounts.zoho.eu'],
	['ca', 'https://accounts.zohocloud.ca'],
])('the accounts server of %s', (dataCenter, origin) => {
	expect(accountsOriginOf(dataCenter)).toBe(origin);
});

describe('no connection', () => {
	test('where the person refuses', async () => {
		const refused = check(emulator, [], { decision: 'reject' });
		await expect(refused).rejects.toThrow('the consent was refused');
		expect(emulator.tokenRequests).toEqual([]);
	});

	test('where the secret is wrong', async () => {
		const wrong = check(emulator, [], { secret: `not ${CLIENT_SECRET}` });
		await expect(wrong).rejects.toThrow('Zoho gave no token: invalid_client.');
		expect(emulator.requests).toEqual([]);
	});

	test('where the accounts server does not answer', async () => {
		emulator.faults.add({ kind: 'reset', before: true, during: 'token' });
		await expect(check(emulator)).rejects.toThrow('The accounts server did not answer.');
	});

	test('where the port of the callback is in use', async () => {
		const { port } = new URL(emulator.origin);
		await expect(check(emulator, ['--port', port])).rejects.toThrow(`Port ${port} is in use`);
	});

	test('by a callback that somebody else made up', async () => {
		const forged: number[] = [];
		const { report } = await check(emulator, [], {
			before: async (callback) => {
				const other = new URL(callback);
				other.searchParams.set('state', 'made-up');
				other.searchParams.set('code', 'planted');
				forged.push((await fetch(other)).status);
			},
		});
		expect(forged).toEqual([404]);
		expect(report.calls).toBeGreaterThan(10);
	});
});

describe('the command line', () => {
	const options = async (...args: string[]) =>
		await readOptions(args, { ZOHO_CLIENT_ID: 'id', ZOHO_CLIENT_SECRET: 'secret' }, nobody);

	const nobody = {
		say: () => undefined,
		ask: async (question: string) => await Promise.resolve(`answer to ${question}`),
		open: () => undefined,
	};

	test('knows where a data center is', async () => {
		expect(await options('--data-center', 'ca')).toMatchObject({
			accounts: 'https://accounts.zohocloud.ca',
			api: 'https://www.zohoapis.ca',
			clientId: 'id',
			clientSecret: 'secret',
			port: 8085,
			writes: [],
			also: [],
		});
	});

	test('asks for what is missing, the secret without showing it', async () => {
		const secrets: Array<boolean | undefined> = [];
		const ask = async (question: string, secret?: boolean) => {
			secrets.push(secret);
			return await Promise.resolve(question.startsWith('Data') ? 'eu' : question);
		};
		expect(await readOptions([], {}, { ...nobody, ask })).toMatchObject({
			dataCenter: 'eu',
			clientId: 'Client ID:',
			clientSecret: 'Client secret:',
		});
		expect(secrets).toEqual([undefined, undefined, true]);
	});

	test('does the writes in the order in which they build upon one another', async () => {
		const named = ['--people', '1,2', '--user-type', '3', '--target-user-type', '4'];
		const { writes } = await options('--data-center', 'eu', '--writes', 'delete,invite', ...named);
		expect(writes).toEqual(['invite', 'delete']);
	});

	test.each([
		[['--data-center', 'mars'], 'There is no data center "mars"'],
		[['--data-center', 'custom'], 'needs --accounts-url'],
		[['--data-center', 'eu', '--writes', 'everything'], '--writes does not know "everything"'],
		[['--data-center', 'eu', '--writes', 'delete'], '--writes needs --user-type and --people'],
		[
			['--data-center', 'eu', '--writes', 'transfer', '--user-type', '1', '--people', '2'],
			'needs --target-user-type',
		],
		[['--data-center', 'eu', '--also', 'idFilter'], '--also does not know "idFilter"'],
		[['--data-center', 'eu', '--people', 'mina'], 'IDs have digits only'],
		[['--data-center', 'eu', '--port', 'high'], '--port is a number'],
		[['--client-secret', 'x'], "Unknown option '--client-secret'"],
	])('%j is refused', async (args, why) => {
		await expect(options(...args)).rejects.toThrow(why);
	});
});
