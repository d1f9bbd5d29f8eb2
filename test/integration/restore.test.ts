import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEALERS, PREMIUM, VENDORS } from '../../emulator/seed';
import { byId, continuing, hintsOf, jsons, pairs, useHarness, zohoOf } from '../../harness/harness';

const harness = useHarness();
const { run, writes, addUsers, addRecords } = harness;

const world = () => harness.emulator.world;

const userOf = (id: string) => world().portalUsers.get(id);

const change = (id: string, to: object) => {
	Object.assign(userOf(id) ?? {}, to);
};

/** What a run returned that made changes, with how everybody was before. */
async function done(
	operation: string,
	parameters: INodeParameters,
	input: IDataObject[] = [{}],
): Promise<IDataObject[]> {
	const options = operation === 'sync' ? { maxRemovals: 9 } : { includePrevious: true };
	const result = await run(`portalUser.${operation}`, { options, ...parameters }, { input });
	expect(result.error).toBeUndefined();
	harness.emulator.requests.length = 0;
	return jsons(result);
}

const restore = async (items: IDataObject[], parameters: INodeParameters = {}, setup = {}) =>
	await run('portalUser.restore', parameters, { input: items, ...setup });

const list = { userType: byId('={{ $json.type }}'), recordIds: '={{ $json.id }}' };

describe('puts back', () => {
	test('what Sync did, and running it twice changes nothing', async () => {
		const [moves, leaves] = addUsers(2);
		const [sleeps] = addUsers(1, DEALERS, { active: false });
		const [fresh] = addRecords(1);
		const items = await done('sync', { ...list, others: 'deactivate' }, [
			{ id: moves, type: PREMIUM },
			{ id: sleeps, type: PREMIUM },
			{ id: fresh, type: DEALERS },
		]);
		expect(userOf(leaves)).toMatchObject({ active: false });
		const result = await restore(items);
		expect(result.error).toBeUndefined();
		expect(userOf(moves)).toMatchObject({ userTypeId: DEALERS, active: true });
		expect(userOf(sleeps)).toMatchObject({ userTypeId: DEALERS, active: false });
		expect(userOf(leaves)).toMatchObject({ userTypeId: DEALERS, active: true });
		expect(userOf(fresh)).toMatchObject({ userTypeId: DEALERS, active: true });
		expect(hintsOf(result)).toEqual([
			'Transferred 2, activated 1 and deactivated 1 user. 1 stayed unchanged.',
		]);
		expect(pairs(result.items)).toEqual(items.map((_, index) => index));
		const actions = jsons(result).map(({ action, personality_id: id }) => [id, action]);
		expect(actions).toEqual(
			items.map(({ action, personality_id: id }) => [
				id,
				{
					transferred: 'transferred',
					activated: 'deactivated',
					deactivated: 'activated',
					invited: 'unchanged',
				}[String(action)],
			]),
		);
		harness.emulator.requests.length = 0;
		const again = await restore(items);
		expect(writes()).toEqual([]);
		for (const json of jsons(again)) expect(json).toMatchObject({ unchanged: true });
	});

	test('what Transfer and Change Status did, as JSON from a table', async () => {
		const [moved, off, right] = addUsers(3);
		const items = [
			...(await done('transfer', { personalityIds: moved, targetUserType: byId(PREMIUM) })),
			...(await done('changeStatus', { personalityIds: `${off},${right}`, active: false })),
		];
		change(right, { active: true });
		const written = items.map((item) => ({
			...item,
			previous: JSON.stringify(item.previous),
			...('active' in item && { active: String(item.active) }),
		}));
		const result = await restore(written);
		expect(jsons(result)).toMatchObject([
			{ action: 'transferred', personality_id: moved, user_type_id: DEALERS },
			{ action: 'activated', personality_id: off },
			{ action: 'unchanged', personality_id: right, unchanged: true },
		]);
		expect(userOf(moved)).toMatchObject({ userTypeId: DEALERS });
	});

	test('what was done to one person several times', async () => {
		const [id] = addUsers(1);
		const items = await done('changeStatus', { personalityIds: id, active: '={{ $json.on }}' }, [
			{ on: false },
			{ on: true },
			{ on: false },
		]);
		expect(userOf(id)).toMatchObject({ active: false });
		const result = await restore(items);
		expect(jsons(result)).toHaveLength(3);
		expect(userOf(id)).toMatchObject({ active: true });
		expect(writes()).toHaveLength(1);
	});

	test('what Put Back did, and what Carry Out Plan did', async () => {
		const [id] = addUsers(1);
		const items = await done('transfer', { personalityIds: id, targetUserType: byId(PREMIUM) });
		const back = jsons(await restore(items));
		expect(userOf(id)).toMatchObject({ userTypeId: DEALERS });
		const plan = jsons(await restore(back, { options: { dryRun: true } }));
		expect(userOf(id)).toMatchObject({ userTypeId: DEALERS });
		expect(plan).toMatchObject([
			{ planned: true, action: 'transferred', target_user_type_id: PREMIUM },
		]);
		const applied = jsons(await run('portalUser.apply', {}, { input: plan }));
		expect(userOf(id)).toMatchObject({ userTypeId: PREMIUM });
		await restore(applied);
		expect(userOf(id)).toMatchObject({ userTypeId: DEALERS });
	});

	test.each([false, true])(
		'the user type of those whose status Zoho would refuse (dry run: %s)',
		async (dryRun) => {
			const [id] = addUsers(1, DEALERS, { active: false, confirm: false });
			const items = await done('sync', list, [{ id, type: PREMIUM }]);
			expect(items.map(({ action }) => action)).toEqual(['transferred', 'activated']);
			const result = jsons(await restore(items, { options: { dryRun } }, continuing));
			expect(result).toMatchObject([
				{ action: 'transferred', [dryRun ? 'target_user_type_id' : 'user_type_id']: DEALERS },
				{ code: 'NOT_ALLOWED', error: expect.stringContaining('not be deactivated') },
			]);
			expect(userOf(id)).toMatchObject({ userTypeId: dryRun ? PREMIUM : DEALERS, active: true });
		},
	);

	test('nobody where nothing was done', async () => {
		const [id] = addUsers(1);
		const [record] = addRecords(1);
		const failed = jsons(
			await run('portalUser.delete', { personalityIds: '7310000000000999999' }, continuing),
		);
		const input = [
			...(await done('changeStatus', { personalityIds: id, active: true })),
			...(await done('invite', { userType: byId(DEALERS), recordIds: record, options: {} })),
			...failed,
		];
		const result = await restore(input);
		expect(writes()).toEqual([]);
		expect(jsons(result)).toMatchObject(input.map(() => ({ unchanged: true })));
	});
});

describe('who was deleted', () => {
	const deleted = async (extra = {}) => {
		const [id] = addUsers(1, DEALERS, extra);
		return { id, items: await done('delete', { personalityIds: id }) };
	};

	test('is reported', async () => {
		const { id, items } = await deleted();
		const result = await restore(items);
		expect(zohoOf(result)).toMatchObject({ code: 'WAS_DELETED' });
		expect(result.error?.message).toContain(id);
		expect(result.error?.description).toContain('Invite Again');
		expect(writes()).toEqual([]);
	});

	test('is invited again where that is wanted, once', async () => {
		const { id, items } = await deleted();
		const result = await restore(items, { whenDeleted: 'invite' });
		expect(jsons(result)).toMatchObject([{ action: 'invited', user_type_id: DEALERS }]);
		expect(userOf(id)).toMatchObject({ userTypeId: DEALERS, confirm: false });
		const again = await restore(items, { whenDeleted: 'invite' });
		expect(jsons(again)).toMatchObject([{ unchanged: true }]);
		expect(harness.sentTo()).toEqual([id]);
	});

	test('and came back into another user type is left there', async () => {
		const { id, items } = await deleted();
		const record = { id, name: 'Mina Shah', email: 'mina@example.com' };
		world().addPortalUser(PREMIUM, { ...world().addRecord(), ...record });
		const result = await restore(items, { whenDeleted: 'invite' }, continuing);
		expect(jsons(result)).toMatchObject([{ personality_id: id, code: 'STALE_PLAN' }]);
	});
});

describe('who is not as the run left them is not touched', () => {
	test.each<[string, object]>([
		['moved on', { userTypeId: VENDORS }],
		['deactivated', { active: false }],
		['removed and invited again', { invited_time: '2026-09-01T00:00:00Z' }],
	])('%s', async (_, to) => {
		const [id, other] = addUsers(2);
		const items = await done('transfer', {
			personalityIds: `${id},${other}`,
			targetUserType: byId(PREMIUM),
		});
		change(id, to);
		const before = { ...userOf(id) };
		const result = await restore(items, {}, continuing);
		expect(jsons(result)).toMatchObject([{ code: 'STALE_PLAN' }, { action: 'transferred' }]);
		expect(userOf(id)).toEqual(before);
		expect(userOf(other)).toMatchObject({ userTypeId: DEALERS });
	});

	test('but who has accepted the invitation since is put back', async () => {
		const [id] = addUsers(1, DEALERS, { confirm: false });
		const items = await done('transfer', { personalityIds: id, targetUserType: byId(PREMIUM) });
		change(id, { confirm: true });
		expect((await restore(items)).error).toBeUndefined();
		expect(userOf(id)).toMatchObject({ userTypeId: DEALERS });
	});

	test('takes no access away from those who are stale, and from others it does', async () => {
		const [one, other] = addUsers(2, DEALERS, { active: false });
		const items = await done('changeStatus', { personalityIds: `${one},${other}`, active: true });
		change(one, { userTypeId: PREMIUM });
		const result = await restore(items, {}, continuing);
		expect(jsons(result)).toMatchObject([{ code: 'STALE_PLAN' }, { action: 'deactivated' }]);
		expect(userOf(other)).toMatchObject({ active: false });
	});
});

describe('what does not say how it was', () => {
	const row = (more: IDataObject) => ({ personality_id: '7310000000000400001', ...more });

	test.each<[string, IDataObject]>([
		['Include Previous State', row({ deleted: true })],
		['only planned', row({ planned: true, action: 'deleted', previous: {} })],
		['does not say what was done', row({ previous: { user_type_id: DEALERS } })],
		['invited_time', row({ deleted: true, previous: { user_type_id: DEALERS } })],
		['personality_id', row({ personality_id: Number('7310000000000400001'), deleted: true })],
	])('is an input error: %s', async (said, item) => {
		const result = await restore([item]);
		expect(`${result.error?.message} ${result.error?.description}`).toContain(said);
		expect(result.error?.message).toMatch(/^'Changes' /);
		expect(harness.calls()).toEqual([]);
	});

	test('comes from two runs: refused', async () => {
		const [id] = addUsers(1);
		const items = [
			...(await done('transfer', { personalityIds: id, targetUserType: byId(PREMIUM) })),
			...(await done('changeStatus', { personalityIds: id, active: false })),
		];
		const result = await restore(items, {}, continuing);
		expect(jsons(result)).toMatchObject([{ code: 'TWO_CHANGES' }, { code: 'TWO_CHANGES' }]);
		expect(writes()).toEqual([]);
	});
});

test('concerns no more people than it may', async () => {
	const ids = addUsers(3);
	const items = await done('changeStatus', { personalityIds: ids.join(), active: false });
	const result = await restore(items, { options: { maxUsers: 2 } });
	expect(zohoOf(result)).toMatchObject({ code: 'TOO_MANY_USERS' });
	expect(writes()).toEqual([]);
});
