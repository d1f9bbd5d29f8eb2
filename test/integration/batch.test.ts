import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { batch } from '../../nodes/ZohoCrmPortals/run/batch';
import { sendIds } from '../../nodes/ZohoCrmPortals/run/idResults';
import { flag } from '../../nodes/ZohoCrmPortals/form/field';
import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { users } from '../../nodes/ZohoCrmPortals/resources/portalUser/fields';
import { changeStatus } from '../../nodes/ZohoCrmPortals/resources/portalUser/changeStatus';
import { toCustomOperations } from '../../nodes/ZohoCrmPortals/routing';
import type { Switches } from '../../emulator/switches';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, UNKNOWN } from '../../emulator/seed';
import { resultOf } from '../../harness/engine';
import {
	again,
	asItems,
	byId,
	byName,
	continuing,
	inviting,
	jsons,
	line,
	ofDealers,
	pairs,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { holdPauses, skipAllPauses } from '../../harness/pauses';
import { cases } from '../../harness/operations';

const harness = useHarness();
const { run, calls, addUsers, untilCalled, mostInFlight, start, addRecords, sentTo } = harness;

describe('batches', () => {
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
				const look = `GET ${users}?type=AllUsers&personality_ids=${inBulk}&page=1&per_page=1`;
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
				who: users,
				idKey: 'personality_id',
				maxBatchSize: 1,
				group: (item) => ({
					request: item.request({ portal: PORTAL, userType: DEALERS }),
					active: item.read(flag({ displayName: 'Change To', name: 'active' })),
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
				harness.emulator.switches.mixedIds = mixedIds;
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
			const result = await run('portalUser.transfer', parameters, {
				input: [{ id: addUsers(300) }],
			});
			expect(result.error?.description).toContain(
				'user type 7310000000000999999 is not a valid target',
			);
			expect(calls()).toHaveLength(2);
		});

		test('for a permission, ends the batch: nobody else would fare better', async () => {
			harness.emulator.switches.lacking = ['Crm_Implied_Manage_ClientPortal_Users'];
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
		])('because %s, is split', async (_, switches) => {
			Object.assign(harness.emulator.switches, switches);
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
			harness.emulator.switches.idFilter = 'ignored';
			const running = run('portalUser.get', parameters, { input });
			let called = 0;
			// 20 calls by ID, the first of them alone, then pages, likewise.
			for (const wave of [1, 12, 7, 1, 12]) {
				await untilCalled((called += wave));
				const answer = release;
				release = harness.emulator.hold();
				answer();
			}
			release();
			const result = await running;
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
			harness.emulator.switches.latency = 10;
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
			harness.emulator.switches.latency = 10;
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
			harness.emulator.switches.mixedIds = 'rows';
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
			harness.emulator.switches.userTypeLicences = 5;
			const { modules } = harness.emulator.world.userTypes.get(DEALERS) ?? { modules: [] };
			const parameters = {
				name: '={{ $json.name }}',
				personalityModule: byName('Contacts'),
				modulesMode: 'json',
				modulesJson: JSON.stringify(modules),
			};
			const input = [{ name: 'One' }, { name: 'Two' }];
			const result = await run('userType.create', parameters, { input, ...again, maxTries: 2 });
			expect(result.error?.message).toBe(
				'1 of 2 user types could not be created, 1 is done and stays so',
			);
			const sent = harness.emulator.requests
				.filter(({ method }) => method === 'POST')
				.map(({ body }) => (body as { user_type: Array<{ name: string }> }).user_type[0].name);
			expect(sent.sort()).toEqual(['One', 'Two', 'Two']);
		});

		test.each([
			['stops', {}],
			['continues', continuing],
		])(
			'knows which user types it deleted, though they have no name any more: %s',
			async (_, setup) => {
				const { world, faults } = harness.emulator;
				const names = ['One', 'Two', 'Three'];
				const [refused, ...others] = names.map((name) => world.addUserType('AcmeClients', name).id);
				const fault = { kind: 'status', status: 400, code: 'NOT_ALLOWED', before: true } as const;
				faults.add({ ...fault, method: 'DELETE', url: refused });
				const result = await run(
					'userType.delete',
					{ userType: byName('={{ $json.name }}') },
					{ ...again, ...setup, input: names.map((name) => ({ name })) },
				);
				expect(harness.sent('DELETE')).toHaveLength(others.length + again.maxTries);
				if (result.error) {
					expect(zohoOf(result)).toMatchObject({ succeeded: others, failed: [refused] });
				} else {
					expect(jsons(result)).toMatchObject([
						{ id: refused, code: 'NOT_ALLOWED' },
						...others.map((id) => ({ id, deleted: true })),
					]);
				}
			},
		);

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
});

describe('jobs', () => {
	// A job that Zoho has accepted goes on, whatever keeps it from being read.

	skipAllPauses();

	// What these jobs do is in no source: the answers are outside the contract on purpose.
	beforeEach(() => (harness.emulator.onExchange = undefined));

	const CHLOE = '7310000000000101003';

	const unreadable: Array<Switches['jobAnswer']> = ['unknown', 'scope', 400, 403, 404, 500, 'html'];

	const posts = () => calls().filter((call) => call.startsWith('POST'));

	const onlyJob = () => {
		const ids = [...harness.emulator.world.jobs.keys()];
		expect(ids).toHaveLength(1);
		return ids[0];
	};

	const users = () => harness.emulator.world.portalUsers;

	describe.each(unreadable)('a job whose read is answered by %s', (jobAnswer) => {
		beforeEach(() => (harness.emulator.switches.jobAnswer = jobAnswer));

		test('of invitations mails nobody twice, and each item names it', async () => {
			const ids = addRecords(8);
			const result = await run('portalUser.invite', inviting(ids), continuing);
			expect(posts()).toHaveLength(1);
			expect(sentTo().sort()).toEqual(ids);
			const jobId = onlyJob();
			expect(jsons(result)).toHaveLength(8);
			for (const [index, json] of jsons(result).entries()) {
				expect(json).toMatchObject({ record_id: ids[index], uncertain: true, job_id: jobId });
				expect(json.error).toMatch(/^It is not certain whether record \d+ was invited: /);
				expect(`${String(json.error)} ${String(json.message)}`).toContain(jobId);
			}
		});

		test('of invitations is named by the error that ends the run, which Retry On Fail repeats', async () => {
			const ids = addRecords(2);
			const result = await run('portalUser.invite', inviting(ids), again);
			expect(posts()).toHaveLength(1);
			expect(sentTo().sort()).toEqual(ids);
			expect(result.error?.message).toBe('It is not certain whether 2 of 2 records were invited');
			expect(zohoOf(result)).toMatchObject({
				details: { job_id: onlyJob() },
				failed: [],
				succeeded: [],
				uncertain: ids,
			});
		});

		test.each(['user.transferAndDelete', 'user.transferData'])(
			'of %s is not started twice, and the item names it',
			async (operation) => {
				const { id } = harness.emulator.world.addUser('New', 'User');
				const parameters = { user: byId(id), targetUser: byId(CHLOE) };
				const result = await run(operation, parameters, continuing);
				expect(posts()).toHaveLength(1);
				expect(jsons(result)).toMatchObject([{ id, uncertain: true, job_id: onlyJob() }]);
			},
		);
	});

	test.each(['user.transferAndDelete', 'user.transferData'])(
		'a job of %s that cannot be read is named by the error, and not started by Retry On Fail',
		async (operation) => {
			harness.emulator.switches.jobAnswer = 404;
			const { id } = harness.emulator.world.addUser('New', 'User');
			const result = await run(operation, { user: byId(id), targetUser: byId(CHLOE) }, again);
			expect(posts()).toHaveLength(1);
			expect(result.error?.message).toContain('It is not certain whether');
			expect(zohoOf(result)).toMatchObject({ details: { job_id: onlyJob() }, uncertain: true });
		},
	);

	describe('a job that fails', () => {
		test('half-way is no certain failure of anybody, and nobody is mailed twice', async () => {
			harness.emulator.switches.inviteJobsFail = 'partly';
			const ids = addRecords(4);
			const result = await run('portalUser.invite', inviting(ids), continuing);
			expect(posts()).toHaveLength(1);
			expect(sentTo()).toHaveLength(2);
			for (const json of jsons(result)) {
				expect(json).toMatchObject({ uncertain: true, job_id: onlyJob() });
				expect(json.error).toContain('It is not certain whether record');
			}
		});

		test('before anything is done may have done something: its rows do not say', async () => {
			harness.emulator.switches.inviteJobsFail = 'before';
			const result = await run('portalUser.invite', inviting(addRecords(2)), continuing);
			expect(posts()).toHaveLength(1);
			expect(jsons(result)).toMatchObject([{ uncertain: true }, { uncertain: true }]);
		});

		test.each(['user.transferAndDelete', 'user.transferData'])(
			'of %s keeps its id, its reason, and the doubt',
			async (operation) => {
				harness.emulator.switches.jobsFail = true;
				const { id } = harness.emulator.world.addUser('New', 'User');
				const parameters = { user: byId(id), targetUser: byId(CHLOE) };
				const result = await run(operation, parameters);
				expect(result.error?.message).toContain('It is not certain whether');
				expect(zohoOf(result)).toMatchObject({
					code: 'JOB_FAILED',
					details: { job_id: onlyJob(), reason: expect.any(String) },
					uncertain: true,
				});
			},
		);
	});

	describe('what Zoho schedules below the documented maximum', () => {
		test.each([1, 5])('is not said to be deleted (%i users)', async (amount) => {
			harness.emulator.switches.scheduledAbove.delete = 0;
			const ids = addUsers(amount);
			const result = await run('portalUser.delete', {
				userType: byId(DEALERS),
				personalityIds: ids.join(','),
			});
			expect(result.error?.message).toBeUndefined();
			expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
			for (const json of jsons(result)) {
				expect(json).toMatchObject({ scheduled: true, job_id: expect.stringMatching(/^\d+$/) });
				expect(json).not.toHaveProperty('deleted');
			}
			expect(calls()).toHaveLength(1);
		});

		test.each([1, 5])('is not said to be transferred (%i users)', async (amount) => {
			harness.emulator.switches.scheduledAbove.transfer = 0;
			const ids = addUsers(amount);
			const result = await run('portalUser.transfer', {
				userType: byId(DEALERS),
				targetUserType: byId(PREMIUM),
				personalityIds: ids.join(','),
			});
			expect(result.error?.message).toBeUndefined();
			expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
			for (const json of jsons(result)) {
				expect(json).toMatchObject({ scheduled: true, job_id: expect.stringMatching(/^\d+$/) });
				expect(json).not.toHaveProperty('transferred');
			}
		});
	});

	describe('canceled while a job is followed', () => {
		const { begun } = holdPauses();

		const canceled = async (operation: string, parameters: IDataObject, calledBefore: number) => {
			harness.emulator.switches.jobReads = Infinity;
			const execution = start(operation, parameters as never, continuing);
			await begun();
			execution.cancel();
			const result = resultOf(await execution);
			expect(calls()).toHaveLength(calledBefore);
			return result;
		};

		test('invitations are uncertain, and name their job', async () => {
			const ids = addRecords(2);
			const result = await canceled('portalUser.invite', inviting(ids), 2);
			expect(jsons(result)).toMatchObject(
				ids.map((record_id) => ({ record_id, uncertain: true, job_id: onlyJob() })),
			);
		});

		test('nobody is told that the time was over', async () => {
			const ids = addRecords(2);
			const result = await canceled('portalUser.invite', inviting(ids), 2);
			for (const json of jsons(result)) expect(json.error).not.toContain('after 300 seconds');
		});

		test('a transfer is uncertain, and names its job', async () => {
			const { id } = harness.emulator.world.addUser('New', 'User');
			const parameters = { user: byId(id), targetUser: byId(CHLOE) } as IDataObject;
			// The check before it, its start, and a read of its job.
			const result = await canceled('user.transferAndDelete', parameters, 3);
			expect(jsons(result)).toMatchObject([{ id, uncertain: true, job_id: onlyJob() }]);
		});
	});

	test('who was scheduled to be deleted is gone when the job has run', async () => {
		harness.emulator.switches.scheduledAbove.delete = 0;
		const ids = addUsers(2);
		await run('portalUser.delete', { userType: byId(DEALERS), personalityIds: ids.join(',') });
		await sleep(0);
		expect(ids.filter((id) => users().has(id))).toEqual([]);
	});
});

describe('pairing', () => {
	test('every operation is among the cases', () => {
		const declared = Object.entries(operations).flatMap(([resource, ofResource]) =>
			ofResource.map(({ value }) => `${resource}.${value}`),
		);
		const tried = cases.map(({ name }) => name);
		// Whatever Zoho refuses is what Check Connection tells: its test is its own.
		expect(declared.filter((name) => !tried.includes(name))).toEqual(['portal.checkConnection']);
	});

	/** Runs an operation with three items, of which Zoho refuses the second. */
	async function runThree(one: (typeof cases)[number], onError?: string) {
		const { emulator } = harness;
		const parameters = one.parameters(emulator);
		const input = [one.good(emulator), { value: one.bad }, one.good(emulator)];
		return await harness.run(one.name, parameters, { input, onError: onError as never });
	}

	describe.each(cases.filter(({ bad }) => bad !== ''))(
		'$name, with the second of three refused',
		(one) => {
			test('stops the workflow at that item', async () => {
				const { error, items } = await runThree(one);
				expect(items).toEqual([]);
				expect(error?.context.itemIndex).toBe(1);
				expect(error?.message).toMatch(/could not be/);
				expect(error?.context.zoho).toMatchObject({ code: expect.any(String) });
			});

			test('continues with each in its place', async () => {
				const result = await runThree(one, 'continueRegularOutput');
				expect(result.error).toBeUndefined();
				expect([...new Set(pairs(result.items))]).toEqual([0, 1, 2]);
				const refused = result.items.filter(({ json }) => json.error !== undefined);
				expect(pairs(refused)).toEqual([1]);
				expect(refused[0].json.error).toMatch(/could not be/);
			});

			test('separates them by output', async () => {
				const result = await runThree(one, 'continueErrorOutput');
				expect([...new Set(pairs(result.items))]).toEqual([0, 2]);
				expect(pairs(result.errorItems)).toEqual([1]);
				expect(result.errorItems[0].json).toMatchObject({
					value: one.bad,
					error: expect.stringMatching(/could not be/),
				});
			});
		},
	);

	test('three items that all succeed are paired one by one', async () => {
		for (const one of cases) {
			harness.emulator.reset();
			const { emulator } = harness;
			const parameters = one.parameters(emulator);
			const input = [one.good(emulator), one.good(emulator), one.good(emulator)];
			const result = await harness.run(one.name, parameters, { input });
			expect([one.name, result.error?.message]).toEqual([one.name, undefined]);
			expect([one.name, [...new Set(pairs(result.items))]]).toEqual([one.name, [0, 1, 2]]);
		}
	});
});
