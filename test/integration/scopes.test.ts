import type { IDataObject } from 'n8n-workflow';

import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { isCovered } from '../../nodes/ZohoCrmPortals/http/grantedScopes';
import { ACCESS, METADATA, RECORDS } from '../../nodes/ZohoCrmPortals/zoho/scopes';
import { ASHA, CHLOE, DEALERS, PORTAL } from '../../emulator/seed';
import {
	byEmail,
	byId,
	byName,
	jsons,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { cases, variants } from '../../harness/operations';
import type { Case } from '../../harness/operations';

const harness = useHarness();
const { run, calls } = harness;

describe('scopes', () => {
	// What an operation declares is what it needs: no scope less, and none that it does not tell.

	skipPauses();

	const declared = (name: string): string[] => {
		const [resource, operation] = name.split('.');
		return operations[resource].find(({ value }) => value === operation)?.scopes ?? [];
	};

	/** Operations whose calls depend on what is asked, in the way that makes most of them. */
	const fullest: Case[] = [
		{
			name: 'portalUser.changeStatus',
			contractId: 'changePortalUsersStatusBulk',
			parameters: () => ({
				userType: byId(DEALERS),
				personalityIds: '={{ $json.value }}',
				active: false,
				options: { inBulk: 'always' },
			}),
			good: ({ world }) => ({ value: world.addPortalUsers(DEALERS, 1)[0].personality_id }),
			bad: '',
		},
		{
			name: 'portalUser.invite',
			contractId: 'inviteUsersBulk',
			parameters: () => ({
				userType: byId(DEALERS),
				module: byName('Contacts'),
				recordIds: '={{ $json.value }}',
				whenAlreadyInvited: 'skip',
			}),
			good: ({ world }) => {
				const record = world.addRecord();
				world.addPortalUser(DEALERS, record, { confirm: false });
				return { value: `${record.id},${world.addRecord().id}` };
			},
			bad: '',
		},
		{
			name: 'portalUser.delete',
			contractId: 'deletePortalUsers',
			parameters: () => ({ userType: byId(DEALERS), personalityIds: '={{ $json.value }}' }),
			good: (emulator) => {
				emulator.switches.mixedIds = 'unnamed';
				const [{ personality_id: id }] = emulator.world.addPortalUsers(DEALERS, 1);
				return { value: id };
			},
			bad: '',
		},
		{
			name: 'userType.create',
			contractId: 'createPortalUserType',
			parameters: ({ world, switches }) => {
				switches.userTypeLicences = 100;
				const { id, layouts } = world.module('Contacts');
				return {
					name: '={{ $json.value }}',
					personalityModule: byName('Contacts'),
					modulesMode: 'fields',
					modulesUi: { module: [{ module: id, sharedType: 'private', layouts: [layouts[0].id] }] },
				};
			},
			good: () => ({ value: 'By Form' }),
			bad: '',
		},
		...['user.delete', 'user.transferAndDelete', 'user.update'].map(
			(name): Case => ({
				name,
				contractId: 'getUsers',
				parameters: () => ({
					user: byEmail('={{ $json.value }}'),
					targetUser: byId(CHLOE),
					updateFields: { phone: '1' },
				}),
				good: ({ world }) => ({ value: world.addUser('New', 'User').email }),
				bad: '',
			}),
		),
		{
			name: 'user.update',
			contractId: 'updateUsers',
			parameters: () => ({ user: byId('={{ $json.value }}'), updateFields: { phone: '1' } }),
			good: ({ world }) => ({
				value: `${world.addUser('A', 'B').id},${world.addUser('C', 'D').id}`,
			}),
			bad: '',
		},
	];

	const checkConnection: Case = {
		name: 'portal.checkConnection',
		contractId: 'getPortals',
		parameters: () => ({}),
		good: () => ({ value: '' }),
		bad: '',
	};

	const all = [...cases, ...variants, ...fullest, checkConnection].map((one): [string, Case] => [
		`${one.name} (${one.contractId})`,
		one,
	]);

	async function runWith(scopes: string[], { name, parameters, good }: Case) {
		harness.engine.connect('1', scopes.join(','));
		const { emulator } = harness;
		const input: IDataObject[] = [good(emulator)];
		return await run(name, parameters(emulator), { input });
	}

	/** Everything that the user is told. */
	const told = ({ error, ...result }: Awaited<ReturnType<typeof run>>): string =>
		error
			? `${error.message} ${error.description} ${JSON.stringify(zohoOf({ error, ...result }))}`
			: JSON.stringify(
					jsons({ error, ...result }).map((json) => [json.missing_scopes, json.error]),
				);

	test.each(all)('%s works with exactly its scopes', async (_, one) => {
		const scopes = declared(one.name);
		expect(scopes).not.toEqual([]);
		const result = await runWith(scopes, one);
		expect([result.error?.message, result.error?.description]).toEqual([undefined, undefined]);
		expect(result.items.length).toBeGreaterThan(0);
		if (one.name === 'portal.checkConnection') return;
		for (const json of jsons(result)) expect(json.missing_scopes ?? []).toEqual([]);
	});

	const lacking = all.flatMap(([title, one]) =>
		declared(one.name).map((scope): [string, string, Case] => [title, scope, one]),
	);

	test.each(lacking)('%s without %s works, or names it', async (_, scope, one) => {
		const others = declared(one.name).filter((other) => other !== scope);
		// Without the metadata, what Zoho refuses is told in a form of the emulator's own.
		if (scope.startsWith('ZohoCRM.settings.layouts')) harness.emulator.onExchange = undefined;
		// A credential must have been connected with some scope.
		const result = await runWith(others.length > 0 ? others : ['ZohoCRM.org.READ'], one);
		const refused = harness.emulator.requests.some(({ status }) => status === 401);
		if (refused) expect(told(result)).toContain(scope);
		else expect(result.error?.message).toBeUndefined();
		// No other scope is asked for: none else is missing.
		for (const other of others) {
			if (one.name !== 'portal.checkConnection') expect(told(result)).not.toContain(other);
		}
	});

	test.each(lacking)('Check Connection: %s needs %s', async (_, scope) => {
		harness.engine.connect(
			'1',
			[...new Set(lacking.map(([, other]) => other))].filter((other) => other !== scope).join(','),
		);
		const [json] = jsons(await run('portal.checkConnection'));
		const missing = json.missing_scopes as string[];
		expect(missing).toContain(scope);
		expect(missing.some((one) => isCovered(one, new Set([scope])))).toBe(true);
		expect((json.disabled as string[]).length).toBeGreaterThan(0);
	});

	test('a job of invitations that cannot be read asks for READ, not for what the credential has', async () => {
		const { world } = harness.emulator;
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.CREATE');
		const result = await run('portalUser.invite', {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: `${world.addRecord().id},${world.addRecord().id}`,
		});
		expect(result.error?.message).toContain(
			'It is not certain whether 2 of 2 records were invited',
		);
		expect(result.error?.description).toContain(
			'In the credential choose "Everything" as "Access", or add ZohoCRM.settings.clientportal.READ to a custom scope. Then reconnect it.',
		);
		expect(result.error?.description).not.toContain('clientportal.CREATE');
	});
});

describe('the access of a credential', () => {
	// What is promised of each choice: in the form, and in docs/scopes.md.

	const { portal, portalUser, user, userType } = operations;
	const { profiles, roles, ...portalMetadata } = METADATA;
	const lists = [{ name: 'lists', scopes: Object.values(portalMetadata) }];
	const found = Object.entries(RECORDS).map(([name, scopes]) => ({ name, scopes }));
	const ofPortals = [...portal, ...userType, ...portalUser];
	const all = [...ofPortals, ...user, ...lists, { name: 'roles', scopes: [profiles, roles] }];

	const lacked = (access: keyof typeof ACCESS, scopes: string[]) =>
		scopes.filter((scope) => !isCovered(scope, new Set(ACCESS[access])));

	test.each([...all, ...found])('Everything covers $name', ({ scopes }) => {
		expect(scopes).not.toEqual([]);
		expect(lacked('everything', scopes)).toEqual([]);
	});

	test.each([...ofPortals, ...lists, ...found])('Portal Users covers $name', ({ name, scopes }) => {
		// Check Connection tells the connected user as well, with any other scope.
		const left = name === 'Check Connection' ? ['ZohoCRM.users.READ'] : [];
		expect(lacked('portalUsers', scopes)).toEqual(left);
	});

	test('Portal Users covers nothing of CRM users', () => {
		expect(ACCESS.portalUsers.filter((scope) => /users|owner|profiles|roles/.test(scope))).toEqual(
			[],
		);
	});

	test.each([...ofPortals, ...user].filter(({ method }) => method === 'GET'))(
		'Read Only covers $name',
		({ scopes }) => expect(lacked('readOnly', scopes)).toEqual([]),
	);

	test.each([...lists, ...found])('Read Only covers $name', ({ scopes }) => {
		expect(lacked('readOnly', scopes)).toEqual([]);
	});

	test('Read Only covers whatever a dry run reads, and nothing that writes', () => {
		const reads = all.flatMap(({ scopes }) => scopes).filter((scope) => scope.endsWith('.READ'));
		expect(lacked('readOnly', reads)).toEqual([]);
		expect(ACCESS.readOnly.filter((scope) => !scope.endsWith('.READ'))).toEqual([]);
	});

	test.each(Object.entries(ACCESS))('%s names no scope twice', (_, scopes) => {
		expect(new Set(scopes).size).toBe(scopes.length);
	});

	test('Everything lets somebody be invited by email address, who is not in the portal yet', async () => {
		const { world } = harness.emulator;
		const { id } = world.addRecord({ email: 'ada@example.test' });
		harness.engine.connect('1', ACCESS.everything.join(','));
		const result = await run('portalUser.invite', {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: byEmail('ada@example.test'),
		});
		expect(result.error?.message).toBeUndefined();
		expect(jsons(result)).toMatchObject([{ record_id: id, invited: true }]);
	});

	test('a new credential has it', async () => {
		harness.engine.connect('1');
		const [json] = jsons(await run('portal.checkConnection'));
		expect(json).toMatchObject({ missing_scopes: [], disabled: [] });
	});

	test('Check Connection tells that records cannot be found by email', async () => {
		const scopes = ACCESS.everything.filter((scope) => !scope.startsWith('ZohoSearch'));
		harness.engine.connect('1', scopes.join(','));
		const [json] = jsons(await run('portal.checkConnection'));
		expect(json.missing_scopes).toEqual(['ZohoSearch.securesearch.READ']);
		expect(json.disabled).toContain('Contacts by email address');
		expect(json.disabled).not.toContain('Contacts by account');
	});
});

describe('Check Connection', () => {
	const check = async () => {
		const result = await run('portal.checkConnection');
		expect(result.error).toBeUndefined();
		return jsons(result)[0];
	};

	const without = (...left: string[]) =>
		ACCESS.everything.filter((scope) => !left.includes(scope)).join(',');

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
		harness.emulator.switches.environment = 'sandbox';
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
			'Connection could not be checked: Zoho did not issue a token when the credential was connected ("invalid_code")',
		);
		expect(calls()).toEqual([]);
	});
});
