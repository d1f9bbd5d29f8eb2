/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { LoadOptionsContext } from 'n8n-core';
import { NodeHelpers, WorkflowExpression } from 'n8n-workflow';
import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { listSearch } from '../../nodes/ZohoCrmPortals/methods/listSearch';
import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { BEN, CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import { zohoNode } from '../../harness/engine';
import {
	asItems,
	byId,
	byName,
	continuing,
	fromList,
	hintsOf,
	jsons,
	ofDealers,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { serve } from '../../harness/serve';
import type { Served } from '../../harness/serve';

const harness = useHarness();
const { run, calls, untilCalled, mostInFlight, addUsers } = harness;

describe('lists', () => {
	const dealers = { userType: byId(DEALERS) };

	/** Calls for pages of users; the user type's name takes one more. */
	const pagesOfUsers = () => calls().filter((call) => call.includes('/users?'));

	const ids = (rows: IDataObject[]) => rows.map((row) => row.personality_id);

	const expected = () => [...harness.emulator.world.portalUsers.keys()];

	describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
		beforeEach(() => {
			harness.emulator.switches.sources = sources;
		});

		test('the pages after the first are read side by side and come out in order', async () => {
			harness.emulator.world.addPortalUsers(DEALERS, 1900);
			const answerFirst = harness.emulator.hold();
			const running = run('portalUser.getAll', { ...dealers, returnAll: true });
			await untilCalled(2);
			answerFirst();
			const answerAll = harness.emulator.hold();
			await untilCalled(7);
			answerAll();
			const result = await running;
			expect(ids(jsons(result))).toEqual(expected());
			expect(pagesOfUsers()).toHaveLength(10);
			expect(mostInFlight()).toBe(5);
		});

		test.each([
			[1, 1],
			[199, 1],
			[200, 1],
			[201, 2],
			[400, 2],
			[450, 3],
			[5000, 3],
		])('a limit of %i takes %i pages of 450 users', async (limit, pages) => {
			harness.emulator.world.addPortalUsers(DEALERS, 450);
			const result = await run('portalUser.getAll', { ...dealers, limit });
			expect(ids(jsons(result))).toEqual(expected().slice(0, limit));
			expect(pagesOfUsers()).toHaveLength(pages);
		});

		test.each([200, 400])('%i users end with the last full page', async (amount) => {
			harness.emulator.world.addPortalUsers(DEALERS, amount);
			const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
			expect(result.items).toHaveLength(amount);
			expect(pagesOfUsers()).toHaveLength(amount / 200);
		});

		test('smaller pages than asked for are no end', async () => {
			harness.emulator.world.addPortalUsers(DEALERS, 130);
			harness.emulator.switches.pageSize = 30;
			const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
			expect(ids(jsons(result))).toEqual(expected());
		});

		describe('filtered by state where Zoho counts everybody', () => {
			const ofState = async (type: string, more: INodeParameters = {}) =>
				await run('portalUser.getAll', {
					userType: byId(DEALERS),
					returnAll: true,
					filters: { type },
					...more,
				});

			beforeEach(() => {
				harness.emulator.switches.totalCount = 'all';
				addUsers(230);
				addUsers(3, DEALERS, { confirm: false });
				addUsers(250, DEALERS, { active: false });
			});

			test.each([
				['NotConfirmedUsers', 3],
				['DeactiveUsers', 250],
				['ActiveConfirmedUsers', 230],
				['AllUsers', 483],
			])('%s are all there', async (type, amount) => {
				const result = await ofState(type);
				expect(result.error).toBeUndefined();
				expect(result.items).toHaveLength(amount);
			});

			test('the hint says no number that it does not know', async () => {
				const result = await ofState('DeactiveUsers', { returnAll: false, limit: 5 });
				expect(hintsOf(result)).toEqual([
					'Returned 5 of at least 6 users. Raise Limit to return more, or narrow the filters.',
				]);
			});
		});

		test('a list that repeats its first page ends with an error', async () => {
			harness.emulator.world.addPortalUsers(DEALERS, 450);
			harness.emulator.switches.ignoresPages = true;
			const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
			expect(result.error?.message).toContain('Zoho keeps sending pages that repeat');
			expect(pagesOfUsers().length).toBeLessThanOrEqual(3);
		});
	});

	test('a list without a total is read page by page', async () => {
		for (let index = 0; index < 700; index++) harness.emulator.world.addUser('User', String(index));
		const result = await run('user.getAll', { returnAll: true });
		expect(jsons(result).map(({ id }) => id)).toEqual([...harness.emulator.world.users.keys()]);
		expect(calls()).toHaveLength(4);
		expect(mostInFlight()).toBe(1);
	});

	test('a list that promises more and has nothing ends with an error', async () => {
		harness.emulator.switches.promisesMore = true;
		const result = await run('user.getAll', { returnAll: true });
		expect(result.error?.message).toContain('Zoho keeps sending pages that repeat or are empty');
		expect(calls().length).toBeLessThanOrEqual(3);
	});

	describe('without a user type, the users of the whole portal', () => {
		const everyone = { userType: byId('') };

		beforeEach(() => {
			const { world } = harness.emulator;
			world.addPortalUsers(CLIENT_PORTAL, 3);
			world.addPortalUsers(DEALERS, 250);
			world.addPortalUsers(VENDORS, 2, { module: 'Vendors' });
		});

		test('come with the user type that each belongs to', async () => {
			const result = await run('portalUser.getAll', { ...everyone, returnAll: true });
			const rows = jsons(result);
			expect(ids(rows)).toEqual(expected());
			expect(rows[0]).toMatchObject({
				user_type_id: CLIENT_PORTAL,
				user_type_name: 'Client Portal',
			});
			expect(rows[100]).toMatchObject({ user_type_id: DEALERS, user_type_name: 'Dealers' });
			expect(rows.at(-1)).toMatchObject({ user_type_id: VENDORS, user_type_name: 'Suppliers' });
		});

		test('are read up to the limit, and no user type more', async () => {
			const result = await run('portalUser.getAll', { ...everyone, limit: 100 });
			expect(ids(jsons(result))).toEqual(expected().slice(0, 100));
			const types = calls().map((call) => /user_type\/(\d+)/.exec(call)?.[1]);
			expect(types).toEqual([undefined, CLIENT_PORTAL, DEALERS]);
		});

		test('are filtered like those of one', async () => {
			harness.emulator.world.addPortalUsers(PREMIUM, 4, { confirm: false });
			const filters = { type: 'NotConfirmedUsers' };
			const result = await run('portalUser.getAll', { ...everyone, filters });
			expect(jsons(result)).toHaveLength(4);
			expect(jsons(result)[0]).toMatchObject({ confirm: false, user_type_name: 'Premium' });
		});
	});
});

describe('lists that are refused', () => {
	// Zoho may put a refusal where the rows of a list are, with any HTTP status.

	skipPauses();

	const refuse = (key: string, status: number) =>
		harness.emulator.faults.add({
			kind: 'wrapped',
			before: true,
			status,
			code: 'NO_PERMISSION',
			key,
		});

	const lists: Array<[string, string, INodeParameters]> = [
		['portal.getAll', 'portals', {}],
		['portal.get', 'portals', {}],
		['userType.getAll', 'user_type', {}],
		['userType.get', 'user_type', { userType: byId(DEALERS) }],
		['portalUser.getAll', 'users', { userType: byId(DEALERS), returnAll: true }],
		['user.getAll', 'users', { returnAll: true }],
		['user.get', 'users', { user: byId('7310000000000101002') }],
		['user.count', 'count', {}],
		['user.getTransferJob', 'transfer_and_delete', { jobId: '7310000000000101002' }],
		[
			'portalUser.getInvitationJob',
			'portal_invite',
			{ module: byName('Contacts'), jobId: '7310000000000101002' },
		],
	];

	describe.each([200, 403])('refused with HTTP %i inside the list', (status) => {
		test.each(lists)('%s is an error, not a row', async (operation, key, parameters) => {
			refuse(key, status);
			const result = await run(operation, parameters);
			expect(result.items).toEqual([]);
			expect(result.error?.message).toContain('could not be read');
			expect(zohoOf(result)).toMatchObject({ httpStatus: status, code: 'NO_PERMISSION' });
			expect(zohoOf(result).uncertain).toBeUndefined();
		});

		test.each(lists)('%s goes on with an error', async (operation, key, parameters) => {
			refuse(key, status);
			const result = await run(operation, parameters, continuing);
			expect(jsons(result)).toMatchObject([{ error: expect.any(String), code: 'NO_PERMISSION' }]);
		});

		test.each([
			['searchPortals', 'portals'],
			['searchUserTypes', 'user_type'],
			['searchCrmUsers', 'users'],
			['searchPersonalityModules', 'modules'],
			['searchRoles', 'roles'],
			['searchProfiles', 'profiles'],
		] as const)('the picker %s shows why it offers nothing', async (method, key) => {
			refuse(key, status);
			const picker = Reflect.get(listSearch, method);
			await expect(picker.call(opened())).rejects.toMatchObject({
				message: expect.stringContaining('the connected Zoho user lacks a permission'),
			});
		});

		test('Check Connection tells of a problem, and of no user and portal', async () => {
			refuse('users', status);
			const result = await run('portal.checkConnection');
			const [json] = jsons(result);
			expect(json.user ?? undefined).toBeUndefined();
			expect(json.portals ?? []).toEqual([]);
			expect(JSON.stringify(json.problems)).toContain('lacks a permission');
		});
	});

	function opened(): LoadOptionsContext {
		const node = zohoNode({
			parameters: { resource: 'portalUser', operation: 'getAll', portal: byName(PORTAL) },
		});
		const workflow = harness.engine.workflow({ nodes: [node], connections: {} });
		const additionalData = {
			...harness.engine.additionalData(),
			currentNodeParameters: workflow.nodes.Zoho.parameters,
		};
		return new LoadOptionsContext(workflow, workflow.nodes.Zoho, additionalData, '');
	}
});

describe('the output', () => {
	describe.each([
		['user.get', { user: byId(BEN) }, ['id', 'full_name', 'email', 'role', 'profile', 'status']],
		['user.getAll', {}, ['id', 'full_name', 'email', 'role', 'profile', 'status']],
		['userType.get', { userType: byId(CLIENT_PORTAL) }, ['id', 'name', 'active']],
		['userType.getAll', {}, ['id', 'name', 'active']],
	])('%s returns', (operation, parameters: INodeParameters, simplified) => {
		const keysOf = async (output: INodeParameters) => {
			const [json] = jsons(await run(operation, { ...parameters, ...output }));
			return Object.keys(json);
		};

		test('all that Zoho answers', async () => {
			const all = await keysOf({ output: 'raw' });
			expect(all.length).toBeGreaterThan(simplified.length);
		});

		test('what most workflows need, unless told otherwise', async () => {
			const few = await keysOf({});
			expect(await keysOf({ output: 'simplified' })).toEqual(few);
			expect(few).toEqual(expect.arrayContaining(simplified));
			expect(few.length).toBeLessThan((await keysOf({ output: 'raw' })).length);
		});

		test('the chosen fields', async () => {
			const outputFields = [simplified[2], 'id'];
			const chosen = await keysOf({ output: 'selected', outputFields });
			expect(chosen.sort()).toEqual([...outputFields].sort());
		});
	});

	test('fields to choose from are those that Zoho answers', async () => {
		const { description } = new ZohoCrmPortals();
		const ofUsers = description.properties.find(
			({ name, displayOptions }) =>
				name === 'outputFields' && displayOptions?.show?.resource?.includes('user'),
		);
		const offered = (ofUsers?.options as INodePropertyOptions[]).map(({ value }) => value);
		const [user] = jsons(await run('user.get', { user: byId(BEN), output: 'raw' }));
		const left = Object.keys(user).filter((key) => !offered.includes(key));
		expect(left).toEqual([]);
	});

	describe('hints', () => {
		const { description } = new ZohoCrmPortals();

		/** The hint that the editor shows before a run. */
		const shown = (resource: string, operation: string) =>
			(description.hints ?? [])
				.filter(({ displayCondition }) => {
					const [, one, other] =
						/"(\w+)" && .*?"operation"\] === "(\w+)"/.exec(displayCondition ?? '') ?? [];
					return one === resource && other === operation;
				})
				.map(({ message }) => message);

		test('are those of the operation', () => {
			for (const [resource, ofResource] of Object.entries(operations)) {
				for (const { value, warnings = [] } of ofResource) {
					expect(shown(resource, value)).toEqual(warnings.map(({ message }) => message));
				}
			}
		});

		test.each([
			['portalUser', 'invite', /mail/],
			['user', 'create', /mail/],
			['portalUser', 'delete', /access/],
			['portalUser', 'changeStatus', /log in/],
			['portalUser', 'transfer', /see/],
			['user', 'delete', /access/],
			['user', 'transferAndDelete', /access/],
			['userType', 'delete', /for good/],
		])('%s: %s says what it does to people', (resource, operation, words) => {
			expect(shown(resource, operation).join('. ')).toMatch(words);
		});
	});

	test('parameters keep their value when the operation changes', () => {
		const { properties } = new ZohoCrmPortals().description;
		const filled: INodeParameters = {
			resource: 'portalUser',
			operation: 'delete',
			portal: { __rl: true, mode: 'name', value: 'AcmeClients' },
			userType: byId(CLIENT_PORTAL),
			personalityIds: '42',
		};
		const { description } = new ZohoCrmPortals();
		const changed = NodeHelpers.getNodeParameters(
			properties,
			{ ...filled, operation: 'transfer' },
			true,
			false,
			{ typeVersion: 1 },
			description,
		);
		expect(changed).toMatchObject({
			portal: filled.portal,
			userType: filled.userType,
			personalityIds: '42',
		});
	});
});

describe('portals', () => {
	test('lists the portals', async () => {
		const result = await run('portal.getAll');
		expect(calls()).toEqual(['GET /settings/portals']);
		expect(jsons(result)).toEqual([expect.objectContaining({ name: 'AcmeClients', active: true })]);
	});

	test('returns no items for an organization without a portal', async () => {
		harness.emulator.world.portals.clear();
		const result = await run('portal.getAll');
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
	});

	test('gets a portal by its name', async () => {
		const result = await run('portal.get', { portal: fromList('AcmeClients') });
		expect(calls()).toEqual(['GET /settings/portals/AcmeClients']);
		expect(jsons(result)).toEqual([expect.objectContaining({ name: 'AcmeClients' })]);
	});

	test('says that there is no such portal, whether Zoho answers 400 or 204', async () => {
		const refused = await run('portal.get', { portal: byName('NoSuchPortal') });
		expect(refused.error?.message).toContain('Portal "NoSuchPortal" could not be read');
		harness.emulator.world.portals.clear();
		const empty = await run('portal.get', { portal: byName('NoSuchPortal') });
		expect(empty.error?.message).toBe(
			'Portal "NoSuchPortal" could not be read: nothing has this name or ID',
		);
	});

	test('says that Zoho offers no portals in a sandbox', async () => {
		harness.emulator.switches.environment = 'sandbox';
		const result = await run('portal.getAll');
		expect(result.error?.message).toBe(
			'List of portals could not be read: Zoho does not offer this in a sandbox',
		);
		expect(zohoOf(result)).toMatchObject({ code: 'API_NOT_SUPPORTED' });
	});

	test('encodes the name in the address', async () => {
		await run('portal.get', { portal: byName('Old portal-1') });
		expect(calls()).toEqual(['GET /settings/portals/Old%20portal-1']);
	});

	describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
		beforeEach(() => {
			harness.emulator.switches.sources = sources;
		});

		test('creates a portal', async () => {
			const result = await run('portal.create', { name: 'BrandNew' });
			expect(calls()).toEqual(['POST /settings/portals']);
			expect(harness.emulator.requests[0].body).toEqual({ portals: [{ name: 'BrandNew' }] });
			expect(jsons(result)).toEqual([
				{ name: 'BrandNew', code: 'SUCCESS', message: expect.stringContaining('created') },
			]);
			expect(harness.emulator.world.portals.has('BrandNew')).toBe(true);
		});

		test('renames a portal; the output carries the new name', async () => {
			const result = await run('portal.update', { name: 'AcmePartners' });
			expect(calls()).toEqual(['PUT /settings/portals/AcmeClients']);
			expect(harness.emulator.requests[0].body).toEqual({ portals: [{ name: 'AcmePartners' }] });
			expect(jsons(result)).toEqual([
				{ name: 'AcmePartners', code: 'SUCCESS', message: expect.stringContaining('updated') },
			]);
			expect([...harness.emulator.world.portals.keys()]).toEqual(['AcmePartners']);
		});
	});

	test.each([
		['Short', '"name" is too short (at least 6)'],
		['ANameThatIsLongerThanThirtyChars', '"name" is too long (at most 30)'],
		['TakenElsewhere', '"name" is already in use'],
	])('says why no portal can have the name %s', async (name, reason) => {
		const result = await run('portal.create', { name });
		expect(result.error?.message).toBe(`Portal "${name}" could not be created: ${reason}`);
	});

	test('a rename that got no clear answer is not taken for a wrong name when it is repeated', async () => {
		harness.emulator.faults.add({ kind: 'reset', before: false, method: 'PUT', times: 1 });
		const result = await run('portal.update', { name: 'AcmePartners' });
		expect(calls()).toHaveLength(2);
		expect(result.error?.message).toMatch(
			/^It is not certain whether portal "AcmeClients" was renamed: the first call got no clear answer/,
		);
	});
});

describe('strange answers', () => {
	// Answers that the emulator cannot give, because no source says that Zoho gives them.

	const ID = '7310000000000999991';
	const OTHER = '7310000000000999992';

	const nothingLeft = { validate_before_transfer: [{ id: ID, subordinates: false }] };

	/** What the server in Zoho's place says to every call but that check. */
	let answer: { status: number; body: unknown };
	let asked: string[] = [];
	let served: Served;

	beforeAll(async () => {
		served = await serve((request, response) => {
			const { method, url = '' } = request;
			// The check before a user is deleted finds that nothing is left behind.
			const isCheck = url.endsWith('/validate_before_transfer');
			if (!isCheck) asked.push(`${method} ${url}`);
			const { status, body } = isCheck ? { status: 200, body: nothingLeft } : answer;
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			response.writeHead(status, { 'content-type': 'application/json' }).end(text);
		});
	});
	afterAll(async () => await served.stop());

	beforeEach(() => {
		asked = [];
		const oauthTokenData = { access_token: 'example', api_domain: `http://${served.host}` };
		harness.engine.connect('1', undefined, { oauthTokenData });
	});
	skipPauses();

	const writes: Array<[string, INodeParameters]> = [
		['portalUser.delete', { userType: byId(DEALERS), personalityIds: ID }],
		[
			'portalUser.transfer',
			{ userType: byId(DEALERS), targetUserType: byId(PREMIUM), personalityIds: ID },
		],
		['portalUser.changeStatus', { userType: byId(DEALERS), personalityIds: ID, active: true }],
		['portalUser.invite', { userType: byId(DEALERS), module: byName('Contacts'), recordIds: ID }],
		['user.delete', { user: byId(ID) }],
		['user.update', { user: byId(ID), updateFields: { phone: '1' } }],
		['user.transferAndDelete', { user: byId(ID), targetUser: byId(OTHER) }],
		[
			'userType.update',
			{ userType: byId(ID), updateFields: { active: true }, modulesMode: 'none' },
		],
		['userType.delete', { userType: byId(ID) }],
		['portal.create', { name: 'NewPortal' }],
	];

	const row = (more: IDataObject) => ({ users: [{ details: {}, message: 'said', ...more }] });

	describe.each(writes)('%s', (operation, parameters) => {
		test('is not done where a row has the code of an error and no status', async () => {
			answer = { status: 200, body: row({ code: 'INVALID_DATA' }) };
			const result = await run(operation, parameters);
			expect(result.items).toEqual([]);
			expect(zohoOf(result)).toMatchObject({ code: 'INVALID_DATA' });
		});

		test.each([
			['has no code', row({ status: 'success' })],
			['says success and error at once', row({ code: 'SUCCESS', status: 'error' })],
			['is empty', { users: [{}] }],
			['is not there', { users: [] }],
			['names no job', row({ code: 'SCHEDULED', status: 'success' })],
		])('is uncertain where the row %s', async (_, body) => {
			answer = { status: 200, body };
			const result = await run(operation, parameters);
			expect(result.items).toEqual([]);
			expect(result.error?.message).toContain('It is not certain whether');
			expect(zohoOf(result)).toMatchObject({ uncertain: true });
		});

		test('is uncertain where a success comes with the status of a server error', async () => {
			answer = { status: 500, body: row({ code: 'INTERNAL_ERROR', status: 'error' }) };
			const result = await run(operation, parameters);
			expect(result.error?.message).toContain('It is not certain whether');
			expect(asked).toHaveLength(1);
		});
	});

	test.each([
		['portalUser.delete', 'personality_id'],
		['portalUser.transfer', 'personality_id'],
		['portalUser.changeStatus', 'personality_id'],
		['portalUser.invite', 'record_id'],
		['user.delete', 'id'],
		['user.update', 'id'],
		['userType.update', 'id'],
		['userType.delete', 'id'],
	])('%s of one is uncertain where Zoho answers for another', async (operation, key) => {
		answer = {
			status: 200,
			body: row({ code: 'SUCCESS', status: 'success', details: { [key]: OTHER } }),
		};
		const [, parameters] = writes.find(([name]) => name === operation) ?? ['', {}];
		const result = await run(operation, parameters);
		expect(result.items).toEqual([]);
		expect(result.error?.message).toContain('It is not certain whether');
	});

	test.each([
		['a page that is nothing but the beginnings of tags', '<'.repeat(1_000_000)],
		['an unclosed string of escaped quotes', `{"a":"${'\\"'.repeat(500_000)}`],
		['an unclosed string of digits', `{"a":"${'1'.repeat(1_000_000)}`],
		['an unclosed list of numbers', `{"a":[${'7310000000000999991,'.repeat(50_000)}`],
	])('%s is read in no time', async (_, body) => {
		answer = { status: 403, body };
		const before = process.cpuUsage();
		const result = await run('portal.getAll');
		expect(result.error?.message).toContain('something other than JSON (HTTP 403');
		// Of the processor, so that it does not matter what else the machine does.
		const { user, system } = process.cpuUsage(before);
		expect((user + system) / 1e6).toBeLessThan(5);
	});

	test('a list that says nothing is no empty list', async () => {
		answer = { status: 200, body: {} };
		const result = await run('portal.getAll');
		expect(result.error?.message).toContain('could not be read');
		expect(asked).toHaveLength(7);
	});

	test('IDs that come as numbers are exact to the last digit', async () => {
		const body = `{"users":[{"code":"SUCCESS","details":{"personality_id":${ID}},"status":"success"}]}`;
		answer = { status: 200, body };
		const result = await run('portalUser.delete', { userType: byId(DEALERS), personalityIds: ID });
		expect(jsons(result)).toMatchObject([{ personality_id: ID, deleted: true }]);
	});
});

describe('expressions', () => {
	const OF_ITEM = '={{ $json.id }}';

	// n8n takes longer to evaluate an expression than this node does for the rest of an item.
	test.each([
		['people', 'portalUser.delete', ofDealers(OF_ITEM)],
		['a CRM user', 'user.get', { user: OF_ITEM }],
		['a field in a collection', 'user.update', { user: BEN, updateFields: { phone: OF_ITEM } }],
	])('the expression for %s is evaluated once for an item', async (_, operation, parameters) => {
		const ids = harness.addUsers(100);
		// What n8n does with each text, those in a collection included.
		const evaluate = jest.spyOn(WorkflowExpression.prototype, 'resolveSimpleParameterValue');
		await harness.run(operation, parameters, { input: asItems(ids) });
		const evaluated = evaluate.mock.calls.filter(([value]) => value === OF_ITEM);
		evaluate.mockRestore();
		expect(evaluated).toHaveLength(ids.length);
	});
});
