import { LoadOptionsContext } from 'n8n-core';

import { createConnection } from '../../nodes/ZohoCrmPortals/http/connection';
import { readKnownRecords } from '../../nodes/ZohoCrmPortals/zoho/records';
import { BEN, CLIENT_PORTAL, DEALERS, UNKNOWN, VENDORS } from '../../emulator/seed';
import { zohoNode } from '../../harness/engine';
import {
	asItems,
	byId,
	hintsOf,
	jsons,
	ofDealers,
	skipPauses,
	useHarness,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, addRecords, addUsers } = harness;

const SCOPE = 'ZohoCRM.modules.contacts.READ';

skipPauses();

describe('fields of records by their IDs', () => {
	async function read(ids: string[], fields = ['Owner', 'Lead_Source'], module = 'Contacts') {
		const workflow = harness.engine.workflow({
			nodes: [zohoNode({ parameters: {} })],
			connections: {},
		});
		const { Zoho } = workflow.nodes;
		const context = new LoadOptionsContext(workflow, Zoho, harness.engine.additionalData(), '');
		return await readKnownRecords(createConnection(context, {}), module, fields, ids);
	}

	test('are read 100 a call, also of records that wait for approval', async () => {
		const ids = addRecords(249);
		ids.push(harness.emulator.world.addRecord({ state: 'notApproved', owner: BEN }).id);
		const { records, error } = await read(ids);
		expect(error).toBeUndefined();
		expect([...records.keys()].sort()).toEqual(ids.sort());
		expect(records.get(ids[249])).toMatchObject({ Owner: { id: BEN }, id: ids[249] });
		expect(calls()).toHaveLength(3);
	});

	test('are asked for without "approved" where Zoho does not take it', async () => {
		harness.emulator.switches.approvedFilter = 'refused';
		const ids = addRecords(2);
		expect((await read(ids)).records.size).toBe(2);
		expect(calls()).toHaveLength(2);
	});

	test('are missing where a record is, and where nothing is asked', async () => {
		const [id] = addRecords(1);
		const { records, error } = await read([id, UNKNOWN, id]);
		expect([[...records.keys()], error]).toEqual([[id], undefined]);
		expect((await read([])).records.size).toBe(0);
		expect(calls()).toHaveLength(1);
	});

	test.each([
		['a refusal', () => (harness.emulator.switches.lacking = ['Crm_Implied_View_Contacts'])],
		['unknown fields', () => (harness.emulator.switches.unknownFields = 'refused')],
	])('are not asked for any further after %s', async (_, refuse) => {
		refuse();
		const { records, error } = await read(addRecords(1000), ['No_Such_Field']);
		expect(records.size).toBe(0);
		expect(error).toMatchObject({ code: expect.stringMatching(/NO_PERMISSION|INVALID_DATA/) });
		expect(calls()).toHaveLength(5);
	});

	test('are not asked for without the scope', async () => {
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
		const { records, error } = await read(addRecords(1));
		expect(records.size).toBe(0);
		expect(error).toMatchObject({
			code: 'OAUTH_SCOPE_MISMATCH',
			details: { scope: SCOPE },
		});
		expect(calls()).toEqual([]);
	});

	test.each(['cut', 'html', 'rowWithoutId', 500, 'reset'] as const)(
		'are missing for those whose answer is broken (%s), and only for those',
		async (kind) => {
			const ids = addRecords(200);
			const url = `ids=${ids[0]}`;
			harness.emulator.faults.add({ kind, before: false, method: 'GET', url });
			const { records, error } = await read(ids);
			expect(error).toBeDefined();
			expect(records.has(ids[0])).toBe(false);
			expect(ids.slice(100).every((id) => records.has(id))).toBe(true);
		},
	);
});

describe('fields of the record behind a portal user', () => {
	const recordFields = ['Owner', 'Account_Name'];
	const readsOf = (module: string) => calls().filter((call) => call.includes(`/${module}?`));

	function nordwind(ids: string[]) {
		return harness.emulator.world.addAccount('Nordwind', ids).id;
	}

	test('come with Get, whoever was named by whichever item, in one call', async () => {
		const users = addUsers(3);
		const account = nordwind(users.slice(0, 2));
		const result = await run(
			'portalUser.get',
			{ ...ofDealers(), options: { recordFields } },
			{ input: asItems([users[0], users.slice(1).join()]) },
		);
		const Owner = expect.objectContaining({ id: expect.any(String), name: expect.any(String) });
		const Account_Name = { id: account, name: 'Nordwind' };
		expect(jsons(result).map(({ personality_id, record }) => [personality_id, record])).toEqual([
			[users[0], { Owner, Account_Name }],
			[users[1], { Owner, Account_Name }],
			[users[2], { Owner, Account_Name: null }],
		]);
		expect(readsOf('Contacts')).toHaveLength(1);
		expect(hintsOf(result)).toEqual([]);
	});

	test('come with Get Many, 100 a call and each module by itself', async () => {
		nordwind(addUsers(250));
		addUsers(1, VENDORS, { module: 'Vendors' });
		const options = { recordFields: 'Owner, Account_Name' };
		const result = await run('portalUser.getAll', { userType: '', returnAll: true, options });
		const rows = jsons(result);
		expect(rows).toHaveLength(251);
		expect(rows[0].record).toMatchObject({ Account_Name: { name: 'Nordwind' } });
		expect(rows[250].record).toEqual({ Owner: expect.any(Object) });
		expect([readsOf('Contacts').length, readsOf('Vendors').length]).toEqual([3, 1]);
		expect(hintsOf(result)).toEqual([
			expect.stringMatching(/did not return these fields of Vendors: Account_Name\. Check/),
		]);
	});

	test('are read of those who are returned only', async () => {
		addUsers(450);
		await run('portalUser.getAll', {
			userType: byId(DEALERS),
			limit: 5,
			options: { recordFields },
		});
		expect(readsOf('Contacts')).toHaveLength(1);
		expect(readsOf('Contacts')[0].split(/%2C|,/)).toHaveLength(6);
	});

	test('without the option, no record is read and no scope is needed', async () => {
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
		const result = await run('portalUser.get', ofDealers(addUsers(1)));
		expect(jsons(result)[0]).not.toHaveProperty('record');
		expect(readsOf('Contacts')).toEqual([]);
		expect(hintsOf(result)).toEqual([]);
	});

	test('where they may not be read, `record` is null and a hint names the scope', async () => {
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
		addUsers(2);
		const parameters = { userType: byId(DEALERS), options: { recordFields } };
		const result = await run('portalUser.getAll', parameters);
		expect(jsons(result).map(({ record }) => record)).toEqual([null, null]);
		expect(hintsOf(result)).toEqual([
			`Could not read the records of 2 users in Contacts: the credential lacks the scope ${SCOPE}. In the credential choose "Everything" as "Access", or add ${SCOPE} to a custom scope. Then reconnect it.`,
		]);
	});

	test('a record that Zoho does not return is null, and a hint says so', async () => {
		const users = addUsers(2);
		const record = harness.emulator.world.records.get(users[0]);
		if (record) record.state = 'recycled';
		const result = await run('portalUser.get', { ...ofDealers(users), options: { recordFields } });
		expect(jsons(result).map((json) => json.record)).toEqual([null, expect.any(Object)]);
		expect(hintsOf(result)).toEqual([
			expect.stringMatching(/^Zoho did not return the records of 1 user in Contacts\./),
		]);
	});

	test.each(['cut', 'html', 'rowWithoutId', 500, 'reset'] as const)(
		'a reading that breaks (%s) fails nobody',
		async (kind) => {
			const users = addUsers(2);
			harness.emulator.faults.add({ kind, before: false, url: '/Contacts?' });
			const parameters = { ...ofDealers(users), options: { recordFields } };
			const result = await run('portalUser.get', parameters);
			expect(jsons(result)).toMatchObject(
				users.map((personality_id) => ({ personality_id, record: null })),
			);
			expect(hintsOf(result)).toEqual([
				expect.stringMatching(/^Could not read the records of 2 users in Contacts: /),
			]);
		},
	);

	describe('where the user types cannot be read', () => {
		beforeEach(() => {
			const { faults } = harness.emulator;
			// The lists of users, whose address has that of the user types in it, are as ever.
			faults.add({ kind: 'delay', before: false, url: '/users?' });
			faults.add({
				kind: 'status',
				status: 403,
				code: 'NO_PERMISSION',
				before: true,
				url: '/user_type',
			});
		});

		test.each(['portalUser.get', 'portalUser.getAll'])('%s loses nobody', async (operation) => {
			const users = addUsers(2);
			const parameters = { ...ofDealers(users), options: { recordFields } };
			const result = await run(operation, parameters);
			expect(result.error).toBeUndefined();
			expect(jsons(result)).toEqual(
				users.map((personality_id) =>
					expect.objectContaining({ personality_id, user_type_id: DEALERS, record: null }),
				),
			);
			expect(hintsOf(result)).toEqual([
				expect.stringMatching(/^Could not read the names of the user types: /),
				expect.stringMatching(/^Could not read the records of 2 users: /),
			]);
		});
	});

	test.each([
		['', "'Record Field Names or IDs' is empty"],
		[[], "'Record Field Names or IDs' is empty"],
		[{}, 'is {}, which is not a list'],
		['Owner,Account Name', 'is "Account Name", which is not the API name of a field'],
		[Array.from({ length: 51 }, (_, index) => `F${index}`), 'has 51 fields'],
	])('%j is an input error', async (given, complaint) => {
		const options = { recordFields: given };
		const result = await run('portalUser.getAll', { userType: byId(CLIENT_PORTAL), options });
		expect(result.error?.message).toContain(complaint);
		expect(calls()).toEqual([]);
	});
});
