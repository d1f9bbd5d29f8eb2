import { sleep } from 'n8n-workflow';

import { DEALERS, PREMIUM } from '../../emulator/seed';
import {
	again,
	byId,
	inviting,
	jsons,
	ofDealers,
	continuing,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';

// What was in doubt once stays so, whatever is said later; and nothing else is in doubt.

const harness = useHarness();
const { run, addUsers, sent, addRecords, sentTo } = harness;

skipPauses();

const WRONG = '7310000000000999991';

const users = () => harness.emulator.world.portalUsers;

describe('doubt', () => {
	test('stays when Retry On Fail meets a refusal', async () => {
		const ids = addUsers(3);
		harness.emulator.faults.add({ kind: 500, before: false, method: 'DELETE', times: 1 });
		const result = await run('portalUser.delete', ofDealers(ids), again);
		expect(sent('DELETE').length).toBeGreaterThan(1);
		expect(users().size).toBe(0);
		expect(result.error?.message).toBe(
			'It is not certain whether 3 of 3 portal users were deleted',
		);
		expect(zohoOf(result)).toMatchObject({ uncertain: ids, failed: [] });
	});

	test.each(['rows', 'named', 'first', 'unnamed'] as const)(
		'stays when Zoho names the wrong users in the way "%s" after a reset',
		async (mixedIds) => {
			harness.emulator.behaviour.mixedIds = mixedIds;
			const ids = addUsers(4);
			harness.emulator.faults.add({ kind: 'reset', before: false, method: 'DELETE', times: 1 });
			const result = await run('portalUser.delete', ofDealers(ids), continuing);
			expect(users().size).toBe(0);
			expect(jsons(result)).toMatchObject(
				ids.map((personality_id) => ({ personality_id, uncertain: true })),
			);
		},
	);

	test.each([
		['user.update', { updateFields: { phone: '1' } }],
		['userType.update', { updateFields: { active: true }, modulesMode: 'none' }],
	])('of %s stays when a later try is refused', async (operation, more) => {
		const { id: user } = harness.emulator.world.addUser('New', 'User');
		const { id: userType } = harness.emulator.world.addUserType('AcmeClients', 'Guests');
		harness.emulator.faults.add({ kind: 'reset', before: false, method: 'PUT', times: 1 });
		harness.emulator.faults.add({
			kind: 'status',
			status: 403,
			code: 'NO_PERMISSION',
			before: true,
			method: 'PUT',
		});
		const parameters = { user: byId(user), userType: byId(userType), ...more };
		const result = await run(operation, parameters);
		expect(sent('PUT')).toHaveLength(2);
		expect(result.error?.message).toContain('It is not certain whether');
		expect(zohoOf(result)).toMatchObject({ uncertain: true });
	});

	test('of a status change stays when a later try is refused', async () => {
		const [id] = addUsers(1);
		harness.emulator.faults.add({ kind: 'reset', before: false, method: 'PUT', times: 1 });
		harness.emulator.faults.add({
			kind: 'status',
			status: 403,
			code: 'NO_PERMISSION',
			before: true,
			method: 'PUT',
		});
		const result = await run('portalUser.changeStatus', ofDealers([id], { active: false }));
		expect(result.error?.message).toContain(
			`It is not certain whether portal user ${id} was deactivated`,
		);
	});

	test('does not spread to those who were never sent', async () => {
		const ids = addUsers(6);
		harness.emulator.faults.add({ kind: 'reset', before: false, method: 'DELETE', times: 1 });
		harness.emulator.faults.add({
			kind: 'status',
			status: 403,
			code: 'NO_PERMISSION',
			before: true,
		});
		const parameters = ofDealers(ids, { options: { batchSize: 1, concurrency: 1 } });
		const result = await run('portalUser.delete', parameters, continuing);
		const [first, ...others] = jsons(result);
		expect(first).toMatchObject({ personality_id: ids[0], uncertain: true });
		expect(others).toHaveLength(5);
		for (const other of others) {
			expect(other.uncertain).toBeUndefined();
			expect(other.error).toContain('could not be deleted');
			expect(other.message).toContain('Not sent');
		}
	});
});

describe('the right users of a call that Zoho refuses for the wrong ones, but does', () => {
	const parameters = (ids: string[]) => ofDealers(ids, { targetUserType: byId(PREMIUM) });

	beforeEach(() => (harness.emulator.behaviour.mixedIds = 'doneThenNamed'));

	test.each([
		[1, 'delete', 'deleted'],
		[2, 'delete', 'deleted'],
		[1, 'transfer', 'transferred'],
		[2, 'transfer', 'transferred'],
	])('are not said to have failed (%i wrong, %s)', async (wrong, operation, done) => {
		const right = addUsers(4);
		const bad = [WRONG, '7310000000000999992'].slice(0, wrong);
		const result = await run(`portalUser.${operation}`, parameters([...right, ...bad]), continuing);
		expect(right.filter((id) => users().get(id)?.userTypeId === DEALERS)).toEqual([]);
		const said = new Map(jsons(result).map((json) => [json.personality_id, json]));
		for (const id of right) {
			const json = said.get(id) ?? {};
			expect([id, json[done] === true || json.uncertain === true]).toEqual([id, true]);
		}
		for (const id of bad) {
			expect(said.get(id)?.error).toContain(`Portal user ${id} could not be ${done}`);
		}
	});
});

describe('a reinvitation', () => {
	const invitedBefore = (amount: number) =>
		Array.from({ length: amount }, () => {
			const record = harness.emulator.world.addRecord();
			harness.emulator.world.addPortalUser(DEALERS, record, { confirm: false });
			return record.id;
		});

	test.each(['reset', 500, 'cut', 'empty', 'html'] as const)(
		'without a verdict (%s) is uncertain, and nobody is mailed twice',
		async (kind) => {
			const ids = invitedBefore(3);
			const running = run('portalUser.invite', inviting(ids, { whenAlreadyInvited: 'resend' }), {
				...continuing,
				...again,
			});
			// The first POST schedules invitations that nobody can get, the second sends them again.
			while (sent('GET').length < 1) await sleep(0);
			harness.emulator.faults.add({ kind, before: false, method: 'POST', times: 1 });
			const result = await running;
			expect(sent('POST')).toHaveLength(2);
			expect(sentTo()).toEqual(ids);
			expect(jsons(result)).toMatchObject(ids.map((record_id) => ({ record_id, uncertain: true })));
		},
	);

	test.each(['skip', 'resend'])(
		'with "%s" does not take who was invited by a lost call for invited before',
		async (whenAlreadyInvited) => {
			const ids = addRecords(3);
			harness.emulator.faults.add({ kind: 'cut', before: false, method: 'POST', times: 1 });
			const parameters = inviting(ids, { whenAlreadyInvited });
			const result = await run('portalUser.invite', parameters, { ...continuing, ...again });
			expect(sentTo()).toEqual(ids);
			for (const json of jsons(result)) {
				expect(json.skipped).toBeUndefined();
				expect(json.uncertain).toBe(true);
			}
		},
	);
});
