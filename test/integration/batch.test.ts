import { sleep } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PREMIUM, UNKNOWN } from '../../emulator/seed';
import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { batch } from '../../nodes/ZohoCrmPortals/execution/batch';
import { sendIds } from '../../nodes/ZohoCrmPortals/execution/idResults';
import { changeStatus } from '../../nodes/ZohoCrmPortals/resources/portalUser/changeStatus';
import { toCustomOperations } from '../../nodes/ZohoCrmPortals/routing';
import {
	again,
	asItems,
	byId,
	byName,
	continuing,
	jsons,
	line,
	ofDealers,
	pairs,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, addUsers, untilCalled, mostInFlight } = harness;

const each = ofDealers();

const oneByOne = { options: { inBulk: 'never' } };

const idsIn = (call: string) => (/personality_ids=([\d,]+)/.exec(call)?.[1] ?? '').split(',');

describe('items that ask the same of Zoho', () => {
	test('1,000 deletions are 3 calls', async () => {
		const ids = addUsers(1000);
		const result = await run('portalUser.delete', each, { input: asItems(ids) });
		expect(calls().map((call) => idsIn(call).length)).toEqual([499, 499, 2]);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		expect(pairs(result.items)).toEqual(ids.map((_, index) => index));
		expect(harness.emulator.world.portalUsers.size).toBe(0);
	});

	test('1,000 transfers are 5 calls', async () => {
		const ids = addUsers(1000);
		const parameters = { ...each, targetUserType: byId(PREMIUM) };
		const result = await run('portalUser.transfer', parameters, { input: asItems(ids) });
		expect(calls().map((call) => idsIn(call).length)).toEqual([200, 200, 200, 200, 200]);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
	});

	test('300 status changes are one documented call each, where they are not made in bulk', async () => {
		const ids = addUsers(300);
		const parameters = { ...each, active: false, ...oneByOne };
		const result = await run('portalUser.changeStatus', parameters, { input: [{ id: ids }] });
		expect(calls()).toHaveLength(300);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
	});

	test.each([true, false])(
		'get the call that each asks for, the first one in bulk: %s',
		async (firstInBulk) => {
			const [first, second] = addUsers(2, DEALERS, { active: false });
			const input = [
				{ id: first, inBulk: firstInBulk ? 'always' : 'never' },
				{ id: second, inBulk: firstInBulk ? 'never' : 'always' },
			];
			const parameters = { ...each, active: true, options: { inBulk: '={{ $json.inBulk }}' } };
			const result = await run('portalUser.changeStatus', parameters, { input });
			const [inBulk, alone] = firstInBulk ? [first, second] : [second, first];
			const users = `/settings/portals/AcmeClients/user_type/${DEALERS}/users`;
			const look = `GET ${users}?type=AllUsers&page=1&per_page=1&personality_ids=${inBulk}`;
			expect(calls().sort()).toEqual(
				[
					look,
					`PUT ${users}/actions/change_status`,
					look,
					`PUT ${users}/${alone}/actions/change_status?active=true`,
				].sort(),
			);
			expect(jsons(result)).toMatchObject([
				{ personality_id: first, active: true },
				{ personality_id: second, active: true },
			]);
		},
	);

	test('are kept apart by all that decides the call, though address and size are the same', async () => {
		const strategy = batch({
			parameter: 'personalityIds',
			idKey: 'personality_id',
			maxBatchSize: 1,
			group: (item) => ({
				request: item.request('personality_id'),
				active: item.value('active', true),
			}),
			send: async (connection, { request, active }, ids) =>
				await sendIds(connection, { ...request, query: { active } }, ids, 'personality_id', {}),
		});
		const node = new ZohoCrmPortals();
		node.customOperations = toCustomOperations({ portalUser: [{ ...changeStatus, strategy }] });
		harness.engine.register('oneByOne', node);
		const [on, off] = [...addUsers(1, DEALERS, { active: false }), ...addUsers(1)];
		const input = [
			{ id: on, active: true },
			{ id: off, active: false },
		];
		const parameters = { ...each, active: '={{ $json.active }}' };
		const result = await run('portalUser.changeStatus', parameters, { input, type: 'oneByOne' });
		expect(result.error).toBeUndefined();
		const { portalUsers } = harness.emulator.world;
		expect([on, off].map((id) => portalUsers.get(id)?.active)).toEqual([true, false]);
	});

	test('200 items that name 10 user types make one call a type', async () => {
		const { world } = harness.emulator;
		const types = Array.from({ length: 10 }, (_, index) =>
			world.addUserType('AcmeClients', `Type ${index}`),
		);
		const input = Array.from({ length: 200 }, (_, index) => {
			const userType = types[index % 10].id;
			return { userType, id: addUsers(1, userType)[0] };
		});
		const parameters = { ...each, userType: byId('={{ $json.userType }}') };
		const result = await run('portalUser.delete', parameters, { input });
		expect(calls()).toHaveLength(10);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(input.map(({ id }) => id));
	});

	test('an id that several items name is sent once, and each of them gets its result', async () => {
		const [a, b] = addUsers(2);
		const input = [a, `${b},${a}`, a].map((id) => ({ id }));
		const result = await run('portalUser.delete', each, { input });
		expect(calls().map(idsIn)).toEqual([[a, b]]);
		expect(jsons(result).map((json) => json.personality_id)).toEqual([a, b, a, a]);
		expect(pairs(result.items)).toEqual([0, 1, 1, 2]);
	});

	test('one item that names 5,000 ids gives 5,000 items', async () => {
		const ids = addUsers(5000);
		const result = await run('portalUser.delete', each, { input: [{ id: ids }] });
		expect(calls()).toHaveLength(11);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		expect(new Set(pairs(result.items))).toEqual(new Set([0]));
	});

	test('different options make different batches', async () => {
		const ids = addUsers(4);
		const input = ids.map((id, index) => ({ id, size: index < 2 ? 1 : 2 }));
		const parameters = { ...each, options: { batchSize: '={{ $json.size }}' } };
		await run('portalUser.delete', parameters, { input });
		expect(
			calls()
				.map((call) => idsIn(call).length)
				.sort(),
		).toEqual([1, 1, 2]);
	});

	test('a smaller batch size is kept to, a larger one is not', async () => {
		const ids = addUsers(600);
		await run(
			'portalUser.delete',
			{ ...each, options: { batchSize: 100 } },
			{ input: asItems(ids) },
		);
		expect(calls()).toHaveLength(6);
		harness.emulator.reset();
		const more = addUsers(600);
		await run(
			'portalUser.delete',
			{ ...each, options: { batchSize: 9999 } },
			{ input: asItems(more) },
		);
		expect(calls().map((call) => idsIn(call).length)).toEqual([499, 101]);
	});

	test("n8n's own batching puts a pause between batches", async () => {
		const ids = addUsers(9);
		const requestOptions = { batching: { batch: { batchSize: 4, batchInterval: 20 } } };
		const parameters = { ...each, requestOptions };
		const result = await run('portalUser.delete', parameters, { input: asItems(ids) });
		expect(calls().map((call) => idsIn(call).length)).toEqual([4, 4, 1]);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
	});

	test('with it, the error of a run still counts all batches', async () => {
		const ids = addUsers(5);
		const input = asItems(['7310000000000999998', ...ids, UNKNOWN]);
		const requestOptions = { batching: { batch: { batchSize: 3, batchInterval: 20 } } };
		const result = await run('portalUser.delete', { ...each, requestOptions }, { input });
		expect(result.error?.message).toBe(
			'2 of 7 portal users could not be deleted, 5 are done and stay so',
		);
		expect(zohoOf(result)).toMatchObject({
			succeeded: ids,
			failed: ['7310000000000999998', UNKNOWN],
		});
	});

	test('two executions at the same time never mix', async () => {
		const mine = addUsers(100);
		const yours = addUsers(100);
		const [first, second] = await Promise.all([
			run('portalUser.delete', each, { input: asItems(mine) }),
			run('portalUser.delete', each, { input: asItems(yours) }),
		]);
		expect(jsons(first).map((json) => json.personality_id)).toEqual(mine);
		expect(jsons(second).map((json) => json.personality_id)).toEqual(yours);
		for (const call of calls()) {
			const ids = idsIn(call);
			expect(ids.every((id) => mine.includes(id)) || ids.every((id) => yours.includes(id))).toBe(
				true,
			);
		}
	});

	test('runs again for the next items of a loop', async () => {
		const [first] = addUsers(1);
		const [second] = addUsers(1);
		await run('portalUser.delete', each, { input: asItems([first]) });
		await run('portalUser.delete', each, { input: asItems([second]) });
		expect(calls().map(idsIn)).toEqual([[first], [second]]);
	});
});

describe.each(['rows', 'named', 'first', 'unnamed'] as const)(
	'of 1,000 ids with 7 wrong ones, where Zoho answers in the way "%s"',
	(mixedIds) => {
		/** Calls for 1,000 ids in chunks of 499 (2,2,3 wrong ones) or 200. */
		const bound = { rows: 5, named: 10, first: 12, unnamed: 132 }[mixedIds];

		test.each(['delete', 'transfer'])('%s does 993, and 7 say why not', async (operation) => {
			harness.emulator.behaviour.mixedIds = mixedIds;
			const right = addUsers(993);
			const wrong = Array.from({ length: 7 }, (_, index) => `731000000000099900${index}`);
			const ids = [...right];
			wrong.forEach((id, index) => ids.splice(index * 140, 0, id));
			const parameters = { ...each, targetUserType: byId(PREMIUM) };
			const result = await run(`portalUser.${operation}`, parameters, {
				input: [{ id: ids }],
				...continuing,
			});
			expect(result.items).toHaveLength(1000);
			const failed = jsons(result).filter((json) => json.error !== undefined);
			expect(failed.map(({ personality_id }) => personality_id)).toEqual(wrong);
			for (const { error } of failed) expect(error).toMatch(/not a portal user|does not belongs/);
			expect(jsons(result).filter((json) => json.error === undefined)).toHaveLength(993);
			expect(calls().length).toBeLessThanOrEqual(bound);
			const left = harness.emulator.world.usersOf(operation === 'delete' ? DEALERS : PREMIUM);
			expect(left).toHaveLength(operation === 'delete' ? 0 : 993);
		});
	},
);

describe('a call that is refused as a whole', () => {
	test('for a wrong portal, is not taken apart', async () => {
		const ids = addUsers(600);
		const parameters = { ...each, portal: byName('NoSuchPortal') };
		const result = await run('portalUser.delete', parameters, { input: [{ id: ids }] });
		expect(result.error?.message).toBe('600 of 600 portal users could not be deleted');
		expect(result.error?.description).toContain('no portal exists with the given portal name');
		// Two calls, and one look whether there are users at all.
		expect(calls()).toHaveLength(3);
	});

	test('for a wrong user type, is not taken apart', async () => {
		const parameters = { ...each, userType: byId(UNKNOWN) };
		await run('portalUser.delete', parameters, { input: [{ id: addUsers(600) }] });
		expect(calls()).toHaveLength(2);
	});

	test('for a wrong target, is not taken apart', async () => {
		const parameters = { ...each, targetUserType: byId(UNKNOWN) };
		const result = await run('portalUser.transfer', parameters, { input: [{ id: addUsers(300) }] });
		expect(result.error?.description).toContain('user type 7310000000000999999 cannot take them');
		expect(calls()).toHaveLength(2);
	});

	test('for a permission, ends the batch: nobody else would fare better', async () => {
		harness.emulator.behaviour.lacking = ['Crm_Implied_Manage_ClientPortal_Users'];
		const ids = addUsers(100);
		const parameters = { ...each, ...oneByOne };
		const result = await run('portalUser.changeStatus', parameters, {
			input: asItems(ids),
			...continuing,
		});
		expect(calls().length).toBeLessThanOrEqual(5);
		expect(jsons(result).every((json) => json.error !== undefined)).toBe(true);
		expect(jsons(result)[99].message).toContain('Not sent, since Zoho refused an earlier call');
	});

	test.each([
		['the address is too long (414)', { maxUrlLength: 2000 }],
		['the list of ids is too long', { maxIdsLength: 255 }],
	])('because %s, is split', async (_, behaviour) => {
		Object.assign(harness.emulator.behaviour, behaviour);
		const ids = addUsers(499);
		const result = await run('portalUser.delete', each, { input: asItems(ids) });
		expect(result.error).toBeUndefined();
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		expect(harness.emulator.world.portalUsers.size).toBe(0);
	});
});

describe('calls in flight', () => {
	const each = ofDealers(undefined, { active: false });

	/** What a run does when Zoho answers nothing before `expected` calls have arrived. */
	const whenWaiting = async <T>(expected: number, running: Promise<T>): Promise<T> => {
		await untilCalled(expected);
		release();
		return await running;
	};

	let release: () => void;
	beforeEach(() => (release = harness.emulator.hold()));
	afterEach(() => release());

	test.each([
		['5 unless the user says otherwise', {}, 5],
		['as many as the user allows', { concurrency: 12 }, 12],
		['1 at least', { concurrency: 0 }, 1],
		['25 at most', { concurrency: 1000 }, 25],
	])('are %s', async (_, options, expected) => {
		const parameters = { ...each, options: { ...options, inBulk: 'never' } };
		const input = asItems(addUsers(60));
		const result = await whenWaiting(
			expected,
			run('portalUser.changeStatus', parameters, { input }),
		);
		expect(result.items).toHaveLength(60);
		expect(mostInFlight()).toBe(expected);
	});

	test('are as many as the user allows in reading people, too', async () => {
		const input = asItems(addUsers(4000));
		const parameters = { ...ofDealers(), options: { concurrency: 12 } };
		release();
		Object.assign(harness.emulator.behaviour, { idFilter: 'ignored', latency: 20 });
		const result = await run('portalUser.get', parameters, { input });
		expect(result.items).toHaveLength(4000);
		expect(mostInFlight()).toBe(12);
	});

	test('are counted over all executions that use the same credential', async () => {
		const runs = Array.from({ length: 6 }, async () => {
			return await run('portalUser.changeStatus', each, { input: asItems(addUsers(20)) });
		});
		const results = await whenWaiting(5, Promise.all(runs));
		expect(results.every(({ error, items }) => !error && items.length === 20)).toBe(true);
		expect(mostInFlight()).toBe(5);
	});

	test('are counted for each credential on its own', async () => {
		harness.engine.connect('2');
		const other = { zohoCrmPortalsOAuth2Api: { id: '2', name: 'Another' } };
		const runs = [undefined, other].map(async (credentials) => {
			const input = asItems(addUsers(40));
			return await run('portalUser.changeStatus', each, {
				input,
				...(credentials && { credentials }),
			});
		});
		await whenWaiting(10, Promise.all(runs));
		expect(mostInFlight()).toBe(10);
	});

	test('a long list does not keep others waiting for its end', async () => {
		release();
		harness.emulator.behaviour.latency = 10;
		const parameters = { ...each, ...oneByOne };
		const long = run('portalUser.changeStatus', parameters, { input: [{ id: addUsers(300) }] });
		await untilCalled(5);
		await run('portal.getAll');
		const position = calls().indexOf('GET /settings/portals');
		await long;
		expect(position).toBeGreaterThanOrEqual(5);
		expect(position).toBeLessThan(150);
	});
});

describe('stopping an execution', () => {
	test('stops further calls', async () => {
		harness.emulator.behaviour.latency = 10;
		const node = { ...each, resource: 'portalUser', operation: 'changeStatus', active: false };
		const parameters = { ...node, ...oneByOne, portal: byName('AcmeClients') };
		const execution = harness.engine.startNode({ parameters, input: [{ id: addUsers(500) }] });
		await untilCalled(10);
		execution.cancel();
		await execution;
		const after = calls().length;
		await sleep(60);
		expect(calls().length - after).toBeLessThanOrEqual(5);
		expect(calls().length).toBeLessThan(40);
	});
});

describe('"Retry On Fail"', () => {
	test('repeats only what was not done', async () => {
		const ids = addUsers(3);
		harness.emulator.behaviour.mixedIds = 'rows';
		const late = harness.emulator.world.addRecord();
		const input = asItems([...ids, late.id]);
		harness.engine.onNodeDone = () => {};
		const running = run('portalUser.delete', each, { input, ...again, waitBetweenTries: 50 });
		await untilCalled(1);
		harness.emulator.world.addPortalUser(DEALERS, late);
		const result = await running;
		expect(result.error).toBeUndefined();
		expect(calls().map(idsIn)).toEqual([[...ids, late.id], [late.id]]);
		expect(jsons(result).map((json) => json.personality_id)).toEqual([...ids, late.id]);
	});

	test('creates nothing twice', async () => {
		harness.emulator.behaviour.userTypeLicences = 5;
		const { modules } = harness.emulator.world.userTypes.get(DEALERS) ?? { modules: [] };
		const parameters = {
			name: '={{ $json.name }}',
			personalityModule: byName('Contacts'),
			modulesMode: 'json',
			modulesJson: JSON.stringify(modules),
		};
		const input = [{ name: 'One' }, { name: 'Two' }];
		const result = await run('userType.create', parameters, { input, ...again });
		expect(result.error?.message).toBe(
			'1 of 2 user types could not be created, 1 are done and stay so',
		);
		const sent = harness.emulator.requests
			.filter(({ method }) => method === 'POST')
			.map(({ body }) => (body as { user_type: Array<{ name: string }> }).user_type[0].name);
		expect(sent.sort()).toEqual(['One', 'Two', 'Two']);
	});

	test('never repeats an invitation that may have gone out', async () => {
		const { emulator } = harness;
		const { id } = emulator.world.addRecord();
		emulator.faults.add({ kind: 'reset', before: false, method: 'POST', times: 1 });
		const parameters = {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: id,
			whenAlreadyInvited: 'resend',
		};
		const result = await run('portalUser.invite', parameters, again);
		expect(result.error?.message).toMatch(/^It is not certain whether record \d+ was invited/);
		expect(emulator.world.mails).toHaveLength(1);
	});

	test('never repeats a creation that may have been made', async () => {
		const { emulator } = harness;
		emulator.faults.add({ kind: 'reset', before: false, method: 'POST', times: 1 });
		const { modules } = emulator.world.userTypes.get(DEALERS) ?? { modules: [] };
		const parameters = {
			name: 'Once',
			personalityModule: byName('Contacts'),
			modulesMode: 'json',
			modulesJson: JSON.stringify(modules),
		};
		const result = await run('userType.create', parameters, again);
		expect(result.error?.message).toMatch(
			/^It is not certain whether user type "Once" was created/,
		);
		const named = [...emulator.world.userTypes.values()].filter(({ name }) => name === 'Once');
		expect(named).toHaveLength(1);
	});
});

test('the error of a run lists ten of many, and keeps all', async () => {
	const right = addUsers(30, CLIENT_PORTAL);
	const wrong = addUsers(25);
	const parameters = { ...each, userType: byId(CLIENT_PORTAL) };
	const result = await run('portalUser.delete', parameters, {
		input: asItems([...right, ...wrong]),
	});
	expect(result.error?.message).toBe(
		'25 of 55 portal users could not be deleted, 30 are done and stay so',
	);
	expect(result.error?.description).toContain('and 15 more');
	expect(zohoOf(result)).toMatchObject({ succeeded: right, failed: wrong });
	expect(calls()).toEqual(harness.emulator.requests.map(line));
});
