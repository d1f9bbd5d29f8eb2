/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { CLIENT_SECRET } from '../../emulator/oauth';
import type { Emulator } from '../../emulator/server';
import { useEmulator } from '../../harness/useEmulator';
import { apiOriginOf } from '../../tools/liveCheck/client';
import { readOptions } from '../../tools/liveCheck/options';
import { check } from './check';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

test('revokes what a code was exchanged for, so that no token outlives the run', async () => {
	const grants = emulator.accounts.grants.length;
	const { said } = await check(emulator, ['--also', 'portalsMeta']);
	const exchange = { grant: 'authorization_code', status: 200 };
	expect(emulator.tokenRequests).toEqual([exchange, exchange]);
	expect(emulator.accounts.grants).toHaveLength(grants);
	expect(said).not.toContain('did not revoke');
});

test('says so where the token was not revoked', async () => {
	const fetching = globalThis.fetch;
	const revoking = jest.spyOn(globalThis, 'fetch').mockImplementation(async (address, init) => {
		if (String(address).endsWith('/revoke')) throw new Error('no answer');
		return await fetching(address, init);
	});
	const { said } = await check(emulator);
	revoking.mockRestore();
	expect(said).toContain('Zoho did not revoke the token: delete the client.');
});

test.each([
	['https://www.zohoapis.eu', 'eu', 'https://www.zohoapis.eu'],
	['https://sandbox.zohoapis.eu', 'eu', 'https://sandbox.zohoapis.eu'],
	['https://www.zohoapis.com.au', 'com.au', 'https://www.zohoapis.com.au'],
	[undefined, 'ca', 'https://www.zohoapis.ca'],
	['https://www.zohoapis.com', 'eu', undefined],
	['https://www.zohoapis.com.au', 'au', undefined],
	['http://www.zohoapis.eu', 'eu', undefined],
	['https://evil.example/.zohoapis.eu', 'eu', undefined],
	['https://evil.example', 'custom', undefined],
])('a token for %s in %s goes to %s', (apiDomain, dataCenter, origin) => {
	const find = () => apiOriginOf(apiDomain, { dataCenter, accounts: 'https://accounts.example' });
	if (origin === undefined) expect(find).toThrow('The token is for another API');
	else expect(find()).toBe(origin);
});

test.each<[string, string, Parameters<typeof check>[2], (() => void)?]>([
	['the code is wrong', 'invalid_code. A code works once', { code: 'made-up' }],
	['the secret is wrong', 'invalid_client.', { secret: `not ${CLIENT_SECRET}` }],
	[
		'the error is not a known one',
		'HTTP 400.',
		{},
		() => (emulator.accounts.refusal = { status: 400, error: 'ask_karel_capek' }),
	],
])('calls nothing where %s', async (_, why, person, plan = () => undefined) => {
	plan();
	await expect(check(emulator, [], person)).rejects.toThrow(`Zoho gave no token: ${why}`);
	expect(emulator.requests).toEqual([]);
});

test('ends where the accounts server does not answer', async () => {
	emulator.faults.add({ kind: 'reset', before: true, during: 'token' });
	await expect(check(emulator)).rejects.toThrow('The accounts server did not answer.');
});

describe('the command line', () => {
	const ask = async (question: string, secret?: boolean) =>
		await Promise.resolve(question.startsWith('Data') ? 'eu' : `${question} ${secret ?? 'shown'}`);
	const options = async (...args: string[]) =>
		await readOptions(args, {}, { say: () => undefined, ask });
	const ID = '7310000000000310001';
	const named = ['--people', ID, '--user-type', ID];

	test('asks for what is missing, the secret without showing it', async () => {
		expect(await options()).toMatchObject({
			accounts: 'https://accounts.zoho.eu',
			clientId: 'Client ID: shown',
			clientSecret: 'Client secret: true',
		});
		const canada = await options('--data-center', 'ca');
		expect(canada).toMatchObject({ accounts: 'https://accounts.zohocloud.ca' });
	});

	test('does the writes in the order in which they build upon one another', async () => {
		const { writes } = await options('--writes', 'delete,invite', ...named);
		expect(writes).toEqual(['invite', 'delete']);
	});

	test.each([
		[['--data-center', 'mars'], '--data-center does not know "mars"'],
		[['--data-center', 'custom'], '--data-center does not know "custom"'],
		[['--writes', 'everything'], '--writes does not know "everything"'],
		[['--writes', 'delete'], '--writes needs --user-type and --people'],
		[['--writes', 'transfer', ...named], 'needs --target-user-type'],
		[['--also', 'idFilter'], '--also does not know "idFilter"'],
		[['--people', 'mina'], 'IDs are numbers'],
		[['--client-secret', 'x'], "Unknown option '--client-secret'"],
	])('%j is refused', async (args, why) => {
		await expect(options(...args)).rejects.toThrow(why);
	});
});
