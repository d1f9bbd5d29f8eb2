import type { IDataObject } from 'n8n-workflow';

import type { FaultKind } from '../../emulator/faults';
import { DEALERS, PREMIUM } from '../../emulator/seed';
import {
	byId,
	byName,
	continuing,
	jsons,
	ofDealers,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, addUsers, addRecords, untilCalled } = harness;

skipPauses();

describe.each<FaultKind>(['reset', 502, 503, 504, 'throttle'])('after a passing %s', (kind) => {
	test('a read is repeated', async () => {
		harness.emulator.faults.add({ kind, before: true, times: 2 });
		const result = await run('portal.getAll');
		expect(result.error).toBeUndefined();
		expect(calls()).toHaveLength(3);
	});

	test('a deletion that was not carried out is repeated', async () => {
		harness.emulator.faults.add({ kind, before: true, times: 1 });
		const ids = addUsers(3);
		const result = await run('portalUser.delete', ofDealers(ids));
		expect(jsons(result).map((json) => json.deleted)).toEqual([true, true, true]);
		expect(calls()).toHaveLength(2);
	});
});

describe.each<FaultKind>(['reset', 502])('when the answer is lost by a %s', (kind) => {
	test('an activation is repeated, and who is active already is so', async () => {
		harness.emulator.faults.add({ kind, before: false, times: 1 });
		const [id] = addUsers(1, DEALERS, { active: false });
		const result = await run('portalUser.changeStatus', ofDealers([id], { active: true }));
		expect(jsons(result)).toEqual([
			{
				personality_id: id,
				active: true,
				code: 'ALREADY_ACTIVATED',
				message: expect.any(String),
			},
		]);
	});

	test.each([
		['portalUser.delete', 'DELETE', {}, 'deleted'],
		['portalUser.transfer', 'POST', { targetUserType: byId(PREMIUM) }, 'transferred'],
	])(
		'%s is repeated, and the contradiction told as uncertain',
		async (name, method, more, done) => {
			harness.emulator.faults.add({ kind, before: false, times: 1 });
			const [id] = addUsers(1, DEALERS, { active: false });
			const result = await run(name, ofDealers([id], more));
			expect(calls().map((call) => call.split(' ')[0])).toEqual([method, method]);
			expect(result.error?.message).toContain(
				`It is not certain whether portal user ${id} was ${done}: a first call got no clear answer, and asked again Zoho says: `,
			);
		},
	);

	test('a status change that ends in the same state is done', async () => {
		harness.emulator.faults.add({ kind, before: false, times: 1 });
		const [id] = addUsers(1);
		const result = await run('portalUser.changeStatus', ofDealers([id], { active: false }));
		expect(jsons(result)).toMatchObject([{ personality_id: id, active: false }]);
	});

	test('each user of a batch is uncertain on its own', async () => {
		const ids = addUsers(3);
		harness.emulator.faults.add({ kind, before: false, times: 1 });
		const result = await harness.run('portalUser.delete', ofDealers(ids), {
			...continuing,
		});
		expect(jsons(result).map(({ uncertain }) => uncertain)).toEqual([true, true, true]);
	});

	test('an invitation is not repeated: it would mail a person twice', async () => {
		const [id] = addRecords(1);
		harness.emulator.faults.add({ kind, before: false, times: 1 });
		const result = await run('portalUser.invite', {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: id,
		});
		expect(calls()).toHaveLength(1);
		expect(harness.emulator.world.mails).toHaveLength(1);
		expect(result.error?.message).toContain(`It is not certain whether record ${id} was invited: `);
	});

	test('neither are many invitations', async () => {
		const ids = addRecords(5);
		harness.emulator.faults.add({ kind, before: false, times: 1, method: 'POST' });
		const result = await run('portalUser.invite', {
			userType: byId(DEALERS),
			module: byName('Contacts'),
			recordIds: ids,
		});
		expect(calls()).toHaveLength(1);
		expect(result.error?.message).toBe('It is not certain whether 5 of 5 records were invited');
	});

	test('the rest of an invitation is not lost with a second round', async () => {
		const { world, faults } = harness.emulator;
		const fresh = world.addRecord().id;
		const before = world.addRecord();
		const alsoBefore = world.addRecord();
		world.addPortalUser(DEALERS, before, { confirm: false });
		world.addPortalUser(DEALERS, alsoBefore, { confirm: false });
		const running = harness.run(
			'portalUser.invite',
			{
				userType: byId(DEALERS),
				module: byName('Contacts'),
				recordIds: [fresh, before.id, alsoBefore.id],
				whenAlreadyInvited: 'resend',
			},
			continuing,
		);
		// The first POST schedules the invitations, the second those to be sent again.
		await untilCalled(2);
		faults.add({ kind, before: false, times: 1, method: 'POST' });
		const [first, ...others] = jsons(await running);
		expect(first).toMatchObject({ record_id: fresh, invited: true, resent: false });
		for (const other of others) expect(other.error).toContain('not certain');
	});

	test('a user type is not created twice', async () => {
		const { modules } = harness.emulator.world.userTypes.get(DEALERS) ?? {};
		harness.emulator.faults.add({ kind, before: false, times: 1, method: 'POST' });
		const result = await run('userType.create', {
			name: 'Resellers',
			personalityModule: byName('Contacts'),
			modulesMode: 'json',
			modulesJson: JSON.stringify(modules),
		});
		expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
		expect(result.error?.message).toContain('It is not certain whether user type "Resellers"');
	});
});

test.each<[FaultKind, number]>([
	['throttle', 2],
	[503, 1],
])('after %s an invitation takes %i calls: only a certain no is repeated', async (kind, made) => {
	const [id] = addRecords(1);
	harness.emulator.faults.add({ kind, before: true, times: 1 });
	await run('portalUser.invite', {
		userType: byId(DEALERS),
		module: byName('Contacts'),
		recordIds: id,
	});
	expect(calls()).toHaveLength(made);
});

test('repeating ends after seven tries', async () => {
	harness.emulator.faults.add({ kind: 503, before: true });
	const result = await run('portal.getAll');
	expect(calls()).toHaveLength(7);
	expect(result.error?.message).toContain('something other than JSON (HTTP 503');
});

test('says that Zoho takes no more calls', async () => {
	harness.emulator.behaviour.maxInFlight = 0;
	const result = await run('portal.getAll');
	expect(calls()).toHaveLength(7);
	expect(result.error?.message).toBe(
		'List of portals could not be read: Zoho is taking no more calls from your organization for now',
	);
	expect(zohoOf(result)).toMatchObject({ httpStatus: 429, code: 'TOO_MANY_REQUESTS' });
});

test('absorbs refusals of too many calls at once', async () => {
	jest.restoreAllMocks();
	harness.emulator.behaviour.maxInFlight = 3;
	const answerAll = harness.emulator.hold();
	const ids = addUsers(30);
	const running = run('portalUser.changeStatus', ofDealers(ids, { active: false }));
	await untilCalled(5);
	answerAll();
	const result = await running;
	expect(result.error).toBeUndefined();
	expect(jsons(result)).toHaveLength(30);
	expect(harness.emulator.requests.some(({ status }) => status === 429)).toBe(true);
});

test('says that nobody answers', async () => {
	const { credentials } = harness.engine;
	const stored = credentials.stored.get('1') as { oauthTokenData: IDataObject };
	stored.oauthTokenData.api_domain = 'http://127.0.0.1:9';
	const result = await run('portal.getAll');
	expect(result.error?.message).toContain('Zoho could not be reached (ECONNREFUSED)');
});

test('loses nobody when a fifth of all calls fails', async () => {
	harness.emulator.faults.seed(42);
	harness.emulator.faults.add({ kind: 503, before: true, share: 0.2 });
	const ids = addUsers(200);
	const result = await run('portalUser.changeStatus', ofDealers(ids, { active: false }));
	expect(result.error).toBeUndefined();
	expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
	expect([...harness.emulator.world.portalUsers.values()].some((user) => user.active)).toBe(false);
});
