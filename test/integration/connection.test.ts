import type { IDataObject } from 'n8n-workflow';

import { BEN, CHLOE, DEALERS } from '../../emulator/seed';
import { byId, jsons, skipPauses, useHarness, zohoOf } from '../../harness/harness';

const harness = useHarness();
const { run, calls, addUsers, untilCalled } = harness;

skipPauses();

/** Everything that a failed execution stores or shows. */
function exposed(result: Awaited<ReturnType<typeof run>>): string {
	return JSON.stringify([result.run, result.error, result.error?.stack]);
}

function tokens(): string[] {
	const { oauthTokenData } = harness.engine.credentials.stored.get('1') as {
		oauthTokenData: Record<string, string>;
	};
	return [oauthTokenData.access_token, oauthTokenData.refresh_token];
}

test('n8n refreshes an expired token and repeats the call', async () => {
	harness.emulator.accounts.expireAccessTokens();
	const result = await run('portal.getAll');
	expect(result.error).toBeUndefined();
	expect(jsons(result)).toHaveLength(1);
	expect(harness.emulator.requests.map(({ status }) => status)).toEqual([401, 200]);
	expect(harness.engine.credentials.refreshes).toBeGreaterThan(0);
});

test('calls that find the token expired at the same time share one refresh', async () => {
	const { accounts } = harness.emulator;
	const ids = addUsers(5);
	accounts.expireAccessTokens();
	const before = harness.engine.credentials.refreshes;
	const result = await run('portalUser.changeStatus', {
		userType: byId(DEALERS),
		personalityIds: ids,
		active: false,
	});
	expect(jsons(result)).toHaveLength(5);
	expect(harness.engine.credentials.refreshes - before).toBe(1);
});

test('says that the connection was revoked, with the reason that Zoho gave', async () => {
	harness.emulator.accounts.expireAccessTokens();
	harness.emulator.accounts.revokeRefreshTokens();
	const secrets = tokens();
	const result = await run('portal.getAll');
	expect(result.error?.message).toBe(
		'List of portals could not be read: Zoho did not renew the access token ("invalid_code")',
	);
	expect(result.error?.description).toContain('connect it again');
	expect(zohoOf(result)).toMatchObject({ httpStatus: 401, code: 'INVALID_TOKEN' });
	for (const secret of [...secrets, ...tokens()]) expect(exposed(result)).not.toContain(secret);
	expect(exposed(result)).not.toContain('emulator-example');
});

test('says that Zoho gives out no more tokens for now', async () => {
	harness.emulator.accounts.expireAccessTokens();
	harness.emulator.accounts.refusal = { status: 400, error: 'Access Denied' };
	const result = await run('portal.getAll');
	expect(result.error?.message).toContain('Zoho did not renew the access token ("Access Denied")');
	expect(result.error?.description).toContain('Wait, then run the node again');
	expect(exposed(result)).not.toContain('emulator-example');
});

test('waits for a token server that is down', async () => {
	harness.emulator.accounts.expireAccessTokens();
	harness.emulator.accounts.refusal = { status: 503, error: 'down' };
	const running = run('portal.getAll');
	await untilCalled(1);
	harness.emulator.accounts.refusal = undefined;
	const result = await running;
	expect(result.error).toBeUndefined();
	expect(jsons(result)).toHaveLength(1);
});

test('says what Zoho said when n8n took a refused code for a connection', async () => {
	harness.engine.connect('1', undefined, { oauthTokenData: { error: 'invalid_code' } });
	const result = await run('portal.getAll');
	expect(result.error?.message).toBe(
		'List of portals could not be read: Zoho did not hand out a token when the credential was connected ("invalid_code")',
	);
	expect(result.error?.description).toContain('data center');
	expect(calls()).toEqual([]);
});

test('says that the credential was never connected', async () => {
	harness.engine.connect('1', undefined, { oauthTokenData: undefined });
	const result = await run('portal.getAll');
	expect(result.error?.message).toBe(
		'List of portals could not be read: the credential is not connected to Zoho',
	);
});

test.each([
	['http://127.0.0.1:1', 'com'],
	['https://www.zohoapis.com.evil.example', 'com'],
	['https://evil.example/.zohoapis.com', 'eu'],
	['http://www.zohoapis.com', 'com'],
])('sends no token to %s', async (api_domain, dataCenter) => {
	const oauthTokenData = { access_token: 'example', api_domain, token_type: 'Bearer' };
	harness.engine.connect('1', undefined, { dataCenter, oauthTokenData } as IDataObject);
	const result = await run('portal.getAll');
	expect(result.error?.message).toContain(`the credential points to ${api_domain}`);
	expect(zohoOf(result)).toMatchObject({ code: 'FOREIGN_ORIGIN' });
});

test('sends nothing as long as no data center is chosen', async () => {
	harness.engine.connect('1', undefined, { dataCenter: '' });
	const result = await run('portal.getAll');
	expect(result.error?.message).toBe(
		'List of portals could not be read: the credential names no data center',
	);
	expect(result.error?.description).toContain('choose the data center');
	expect(zohoOf(result)).toMatchObject({ code: 'NO_DATA_CENTER' });
	expect([harness.emulator.requests, harness.emulator.tokenRequests]).toEqual([[], []]);
});

test('says that a custom API URL is none', async () => {
	harness.engine.connect('1', undefined, {
		customApiUrl: 'zoho',
		oauthTokenData: { access_token: 'example' },
	});
	const result = await run('portal.getAll');
	expect(result.error?.message).toContain('the credential points to zoho, which is not');
});

test('says that there is no refresh token', async () => {
	const { oauthTokenData } = harness.engine.credentials.stored.get('1') as IDataObject;
	const withoutRefresh = { ...(oauthTokenData as IDataObject), refresh_token: undefined };
	harness.engine.connect('1', undefined, { oauthTokenData: withoutRefresh });
	harness.emulator.accounts.expireAccessTokens();
	const result = await run('portal.getAll');
	// What n8n says differs between its versions.
	expect(result.error?.message).toMatch(
		/Zoho did not renew the access token \("(?:OAuth access token expired|refreshToken is required)/,
	);
});

test('does not follow a redirect, which would take the token along', async () => {
	harness.emulator.faults.add({ kind: 'redirect', before: true });
	const result = await run('portal.getAll');
	expect(calls()).toEqual(['GET /settings/portals']);
	expect(result.error?.message).toContain('could not be read');
});

test('says that Zoho answered with a page instead of data', async () => {
	harness.emulator.faults.add({ kind: 'html', before: true });
	const result = await run('portal.getAll');
	expect(result.error?.message).toBe(
		'List of portals could not be read: Zoho answered with something other than JSON (HTTP 200: Maintenance)',
	);
});

test('says that Zoho could not finish the call', async () => {
	harness.emulator.faults.add({ kind: 500, before: true });
	const result = await run('portal.getAll');
	expect(result.error?.message).toContain('something other than JSON (HTTP 500: 500)');
	expect(calls()).toHaveLength(7);
});

describe('with an account that lives in another data center', () => {
	const callbackQueryString = { location: 'eu' };
	const dataCenter = 'com';

	test('says where, when no token was handed out', async () => {
		const oauthTokenData = { error: 'invalid_client', callbackQueryString };
		harness.engine.connect('1', undefined, { dataCenter, oauthTokenData });
		const result = await run('portal.getAll');
		expect(result.error?.message).toContain('("invalid_client")');
		expect(result.error?.description).toBe(
			'The Zoho account lives at zoho.eu: choose that data center in the credential, with the client ID and secret that belong to it, and connect it again.',
		);
	});

	test('Check Connection says it without a call to Zoho', async () => {
		const oauthTokenData = { error: 'invalid_client', callbackQueryString };
		harness.engine.connect('1', undefined, { dataCenter, oauthTokenData });
		const result = await run('portal.checkConnection');
		expect(result.error?.description).toContain('lives at zoho.eu');
	});
});

test('says in which data centers Zoho offers portals', async () => {
	harness.emulator.behaviour.unsupportedDomain = true;
	const result = await run('userType.getAll');
	expect(result.error?.message).toContain('Zoho does not offer this in your data center');
	expect(result.error?.description).toContain('eu, com, in');
});

test('says that the account is that of a portal user', async () => {
	harness.emulator.behaviour.portalUserToken = true;
	const result = await run('userType.getAll');
	expect(result.error?.message).toContain('it is not open to a Client Portal User');
});

test('says that users are not changed in a sandbox', async () => {
	harness.emulator.behaviour.environment = 'sandbox';
	harness.engine.connect('1', undefined, { environment: 'sandbox' });
	const user = byId(BEN);
	const update = await run('user.update', { user, updateFields: { phone: '1' } });
	expect(update.error?.description).toContain(
		'The credential is connected to a sandbox environment, where Zoho does not let users be changed',
	);
	const remove = await run('user.delete', { user });
	expect(remove.error?.description).toContain('connected to a sandbox environment');
});

test.each([
	['Crm_Implied_Manage_ClientPortal', 'userType.getAll', '"Manage Portal"'],
	['Crm_Implied_Manage_ClientPortal_Users', 'portalUser.getAll', '"Manage Portal Users"'],
	['Crm_Implied_Manage_Users', 'user.update', '"Manage Users"'],
	['Crm_Implied_Change_Owner_Leads', 'user.transferData', '"Change Owner Leads"'],
])('names the permission %s as Zoho CRM shows it', async (permission, operation, name) => {
	harness.emulator.behaviour.lacking = [permission];
	const result = await run(operation, {
		userType: byId(DEALERS),
		user: byId(BEN),
		targetUser: byId(CHLOE),
		updateFields: { phone: '1' },
	});
	expect(result.error?.message).toContain('the connected Zoho user lacks a permission');
	expect(result.error?.description).toContain(`to allow ${name} in the profile`);
});
