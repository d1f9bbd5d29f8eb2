import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_SCOPE } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { ASHA, PORTAL } from '../../emulator/seed';
import { jsons, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, calls } = harness;

const check = async () => {
	const result = await run('portal.checkConnection');
	expect(result.error).toBeUndefined();
	return jsons(result)[0];
};

const without = (...left: string[]) =>
	DEFAULT_SCOPE.split(',')
		.filter((scope) => !left.includes(scope))
		.join(',');

test('tells who is connected to what', async () => {
	expect(await check()).toEqual({
		data_center: 'custom',
		environment: 'production',
		api_url: harness.emulator.origin,
		user: {
			id: ASHA,
			full_name: 'Asha Rao',
			email: expect.any(String),
			role: { id: '7310000000000102001', name: 'CEO' },
			profile: { id: '7310000000000103001', name: 'Administrator' },
		},
		portals: [PORTAL],
		missing_scopes: [],
		disabled: [],
		problems: [],
	});
	expect(calls()).toEqual(['GET /users?type=CurrentUser', 'GET /settings/portals']);
});

test('is asked once, whatever the number of items', async () => {
	const result = await run('portal.checkConnection', {}, { input: [{}, {}, {}] });
	expect(result.items).toHaveLength(3);
	expect(calls()).toHaveLength(2);
});

test('names the scopes that are missing, and what does not work without', async () => {
	harness.engine.connect('1', without('ZohoCRM.users.ALL', 'ZohoCRM.settings.roles.READ'));
	const { missing_scopes: missing, disabled, user, portals } = await check();
	expect(missing).toEqual(
		expect.arrayContaining([
			'ZohoCRM.users.READ',
			'ZohoCRM.users.CREATE',
			'ZohoCRM.settings.roles.READ',
		]),
	);
	expect(disabled).toEqual(
		expect.arrayContaining(['CRM User: Get Many', 'CRM User: Create', 'list of roles']),
	);
	expect(disabled).not.toContain('Portal: Get Many');
	expect(user).toBeNull();
	expect(portals).toEqual([PORTAL]);
	expect(calls()).toEqual(['GET /settings/portals']);
});

test('goes by what Zoho granted, where its answer tells', async () => {
	const token = harness.emulator.connect('ZohoCRM.users.READ');
	harness.engine.connect('1', undefined, {
		oauthTokenData: { ...token, scope: 'ZohoCRM.users.READ' } as unknown as IDataObject,
	});
	const { disabled, user } = await check();
	expect(user).toMatchObject({ full_name: 'Asha Rao' });
	expect(disabled).toContain('Portal: Get Many');
	expect(disabled).not.toContain('CRM User: Get Many');
});

test('tells what is refused for another reason, and goes on', async () => {
	harness.emulator.behaviour.environment = 'sandbox';
	const { user, portals, problems } = await check();
	expect(user).toMatchObject({ full_name: 'Asha Rao' });
	expect(portals).toEqual([]);
	expect(problems).toEqual([
		expect.stringContaining(
			'List of portals could not be read: Zoho does not offer this in a sandbox',
		),
	]);
});

test('fails where the credential is not connected at all', async () => {
	harness.engine.connect('1', undefined, { oauthTokenData: { error: 'invalid_code' } });
	const result = await run('portal.checkConnection');
	expect(result.error?.message).toBe(
		'Connection could not be checked: Zoho did not hand out a token when the credential was connected ("invalid_code")',
	);
	expect(calls()).toEqual([]);
});
