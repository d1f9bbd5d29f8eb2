import type { IDataObject } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import {
	again,
	byEmail,
	byId,
	byName,
	continuing,
	hintsOf,
	jsons,
	pairs,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { callTool, fromAgent } from '../../harness/tool';

const harness = useHarness();
const { run, writes, addUsers, addRecords } = harness;

const STRANGER = '7310000000000999999';

const world = () => harness.emulator.world;

/** How everybody in the portal is, by ID. */
const portal = () =>
	Object.fromEntries(
		[...world().portalUsers].map(([id, { userTypeId, active, confirm }]) => [
			id,
			{ userTypeId, active, confirm },
		]),
	);

/** What a dry run of an operation puts out. */
async function planOf(
	operation: string,
	parameters: Parameters<typeof run>[1] = {},
	input: IDataObject[] = [{}],
): Promise<IDataObject[]> {
	const { options, ...others } = parameters;
	const dry = { ...others, options: { ...(options as IDataObject), dryRun: true } };
	const result = await run(operation, dry, { input, ...continuing });
	harness.emulator.requests.length = 0;
	return jsons(result);
}

const apply = async (plan: IDataObject[], options = {}, setup = {}) =>
	await run('portalUser.apply', { options }, { input: plan, ...setup });

const syncList = { userType: byId('={{ $json.type }}'), recordIds: '={{ $json.id }}' };

/** Somebody new, somebody to be moved, somebody to be activated, and two who are not on the list. */
async function syncPlan() {
	const [stays, moves, sleeps, leaves] = addUsers(4);
	const [gone] = addUsers(1, PREMIUM);
	const [fresh] = addRecords(1);
	Object.assign(world().portalUsers.get(sleeps) ?? {}, { active: false });
	const list = [
		{ id: stays, type: DEALERS },
		{ id: moves, type: PREMIUM },
		{ id: sleeps, type: DEALERS },
		{ id: fresh, type: PREMIUM },
	];
	const parameters = { ...syncList, others: 'deactivate', options: { maxRemovals: 5 } };
	const plan = await planOf('portalUser.sync', { ...parameters, language: 'de_DE' }, list);
	return { plan, list, parameters, ids: { stays, moves, sleeps, leaves, gone, fresh } };
}

/** What a table or a mail makes of items. */
const throughTable = (items: IDataObject[]): IDataObject[] =>
	items.map((item) =>
		Object.fromEntries(
			Object.entries(item).map(([key, value]) => [
				key,
				value === null
					? ''
					: typeof value === 'object'
						? JSON.stringify(value)
						: typeof value === 'boolean'
							? String(value).toUpperCase()
							: value,
			]),
		),
	);

describe('a plan of Sync', () => {
	test('is carried out, in any order, as it would have been', async () => {
		const { plan, ids } = await syncPlan();
		const result = await apply([...plan].reverse());
		expect(result.error).toBeUndefined();
		expect(portal()).toMatchObject({
			[ids.stays]: { userTypeId: DEALERS, active: true },
			[ids.moves]: { userTypeId: PREMIUM, active: true },
			[ids.sleeps]: { userTypeId: DEALERS, active: true },
			[ids.leaves]: { userTypeId: DEALERS, active: false },
			[ids.gone]: { userTypeId: PREMIUM, active: false },
			[ids.fresh]: { userTypeId: PREMIUM, active: true },
		});
		expect(harness.sentTo()).toEqual([ids.fresh]);
		expect(world().mails).toMatchObject([{ language: 'de_DE' }]);
		expect(hintsOf(result)).toEqual([
			'Invited 1, activated 1, transferred 1 and deactivated 2 users.',
		]);
		expect(pairs(result.items)).toEqual(plan.map((_, index) => index));
		const actions = jsons(result).map(({ action, personality_id }) => [action, personality_id]);
		expect(actions).toEqual(
			[...plan].reverse().map(({ action, personality_id }) => [action, personality_id]),
		);
		for (const json of jsons(result)) expect(json).not.toHaveProperty('planned');
		expect(jsons(result).find(({ action }) => action === 'transferred')).toMatchObject({
			user_type_id: PREMIUM,
			previous: { user_type_id: DEALERS, active: true },
			code: 'SUCCESS',
		});
	});

	test('is carried out after a trip through a table', async () => {
		const { plan, ids } = await syncPlan();
		const result = await apply(throughTable(plan));
		expect(result.error).toBeUndefined();
		expect(portal()).toMatchObject({
			[ids.moves]: { userTypeId: PREMIUM },
			[ids.sleeps]: { active: true },
			[ids.leaves]: { active: false },
			[ids.fresh]: { userTypeId: PREMIUM },
		});
	});

	test('leaves out what is left out of it, and who joined since', async () => {
		const { plan, ids } = await syncPlan();
		const [joined] = addUsers(1);
		const kept = plan.filter(({ personality_id: id }) => id !== ids.leaves && id !== ids.fresh);
		const result = await apply(kept);
		expect(result.error).toBeUndefined();
		expect(portal()).toMatchObject({
			[joined]: { active: true },
			[ids.leaves]: { active: true },
			[ids.gone]: { active: false },
		});
		expect(harness.sentTo()).toEqual([]);
	});

	test('is done already where it is carried out twice', async () => {
		const { plan } = await syncPlan();
		await apply(plan);
		const before = portal();
		harness.emulator.requests.length = 0;
		const result = await apply(plan);
		expect(writes()).toEqual([]);
		expect(portal()).toEqual(before);
		expect(jsons(result)).toEqual(
			plan.map(() => expect.objectContaining({ action: 'unchanged', unchanged: true })),
		);
	});

	test('can come as one array, as n8n gives the items of another node', async () => {
		const { plan, ids } = await syncPlan();
		const items = plan.map((json) => ({ json, pairedItem: { item: 0 } }));
		const result = await run(
			'portalUser.apply',
			{ plan: '={{ $json.plan }}' },
			{ input: [{ plan: items }] },
		);
		expect(jsons(result)).toHaveLength(plan.length);
		expect(portal()).toMatchObject({ [ids.leaves]: { active: false } });
	});

	test('is only told by a dry run, and that plan is the same', async () => {
		const { plan } = await syncPlan();
		const before = portal();
		const result = await apply(plan, { dryRun: true });
		expect(portal()).toEqual(before);
		expect(writes()).toEqual([]);
		expect(jsons(result).map(({ action }) => action)).toEqual(plan.map(({ action }) => action));
		expect(jsons(result)).toEqual(plan);
	});
});

describe('a plan of another operation is carried out', () => {
	test('of Invite, with its language', async () => {
		const [first, second] = addRecords(2);
		const plan = await planOf('portalUser.invite', {
			userType: byId(DEALERS),
			recordIds: `${first},${second}`,
			language: 'fr_FR',
		});
		const result = await apply(plan);
		expect(jsons(result)).toMatchObject([
			{ action: 'invited', personality_id: first, code: 'SUCCESS' },
			{ action: 'invited', personality_id: second, code: 'SUCCESS' },
		]);
		expect(harness.sentTo()).toEqual([first, second]);
		expect(world().mails).toMatchObject([{ language: 'fr_FR' }, { language: 'fr_FR' }]);
	});

	test.each([false, true])('of Invite, with its module (dry run: %s)', async (dryRun) => {
		const vendor = world().addRecord({ module: 'Vendors' }).id;
		const plan = await planOf('portalUser.invite', {
			userType: byId(DEALERS),
			module: byName('Vendors'),
			recordIds: vendor,
		});
		expect(plan).toMatchObject([{ action: 'invited', module: 'Vendors' }]);
		const result = await apply(throughTable(plan), { dryRun }, continuing);
		if (dryRun) expect(jsons(result)).toMatchObject(plan.map(({ module }) => ({ module })));
		else expect(writes()).toEqual([expect.stringContaining(`/Vendors/${vendor}/actions/`)]);
	});

	test('of Invite for a module that the user type no longer has', async () => {
		const [id] = addRecords(1);
		const plan = await planOf('portalUser.invite', { userType: byId(DEALERS), recordIds: id });
		const [dealers, vendors] = [DEALERS, VENDORS].map((type) => world().userTypes.get(type));
		if (dealers && vendors) dealers.personality_module = vendors.personality_module;
		await apply(plan, {}, continuing);
		expect(writes()).toEqual([expect.stringContaining(`/Contacts/${id}/actions/`)]);
	});

	test('of Invite for a record that no longer has an address', async () => {
		const [id] = addRecords(1);
		const plan = await planOf('portalUser.invite', { userType: byId(DEALERS), recordIds: id });
		Object.assign(world().records.get(id) ?? {}, { email: null });
		for (const dryRun of [true, false]) {
			const [json] = jsons(await apply(plan, { dryRun }, continuing));
			expect(json).toMatchObject({ personality_id: id, code: 'INVALID_DATA' });
			expect(json.error).toContain('the record has no email address');
		}
	});

	test('of another invitation', async () => {
		const [waiting] = addUsers(1, DEALERS, { confirm: false });
		const plan = await planOf('portalUser.invite', {
			userType: byId(DEALERS),
			recordIds: waiting,
			whenAlreadyInvited: 'resend',
		});
		const result = await apply(plan);
		expect(jsons(result)).toMatchObject([{ action: 'reinvited', personality_id: waiting }]);
		expect(harness.sentTo()).toEqual([waiting]);
	});

	describe('of one record that Invite invites to two user types', () => {
		skipPauses();
		const twoInvitations = async () => {
			const [first, other] = addRecords(2);
			const invite = {
				userType: byId('={{ $json.type }}'),
				recordIds: '={{ $json.id }}',
				whenAlreadyInvited: 'resend',
				language: '={{ $json.language }}',
			};
			const plan = await planOf('portalUser.invite', invite, [
				{ id: first, type: DEALERS, language: 'de_DE' },
				{ id: first, type: PREMIUM, language: 'fr_FR' },
				{ id: other, type: PREMIUM, language: 'fr_FR' },
			]);
			expect(plan.map(({ action }) => action)).toEqual(['invited', 'reinvited', 'invited']);
			return { plan, first, other };
		};
		const bothMails = [
			{ type: 'invite', language: 'de_DE' },
			{ type: 'reinvite', language: 'fr_FR' },
		];
		const mailsTo = (id: string) =>
			world().mails.flatMap(({ record_id, type, language }) =>
				record_id === id ? [{ type, language }] : [],
			);

		test('as it would have been, and once', async () => {
			const { plan, first, other } = await twoInvitations();
			expect(jsons(await apply(plan, { dryRun: true }))).toMatchObject(
				plan.map(({ action, language, previous }) => ({ action, language, previous })),
			);
			const result = await apply(throughTable(plan).reverse());
			expect(jsons(result)).toMatchObject([
				{ action: 'invited', personality_id: other, user_type_id: PREMIUM },
				{ action: 'reinvited', personality_id: first, user_type_id: DEALERS, previous: null },
				{ action: 'invited', personality_id: first, user_type_id: DEALERS, previous: null },
			]);
			expect(mailsTo(first)).toEqual(bothMails);
			const repeated = jsons(await apply(plan));
			expect(repeated).toMatchObject(plan.map(() => ({ unchanged: true })));
			expect(world().mails).toHaveLength(3);
		});

		test('when n8n starts the run over in between', async () => {
			const { plan, first } = await twoInvitations();
			harness.emulator.faults.add({
				kind: 'status',
				status: 400,
				body: 'json',
				code: 'PASSING_TROUBLE',
				before: true,
				url: 'type=reinvite',
				times: 1,
			});
			const result = await apply(plan, {}, again);
			expect(result.error).toBeUndefined();
			expect(jsons(result).map(({ action }) => action)).toEqual(plan.map(({ action }) => action));
			expect(mailsTo(first)).toEqual(bothMails);
			expect(writes().filter((call) => call.includes('type=reinvite'))).toHaveLength(2);
		});

		test('but not the second one alone', async () => {
			const { plan, first } = await twoInvitations();
			const result = await apply([plan[1]], {}, continuing);
			expect(jsons(result)).toMatchObject([{ personality_id: first, code: 'STALE_PLAN' }]);
			expect(writes()).toEqual([]);
		});
	});

	test('of Sync that moves somebody and sends another invitation, in its language', async () => {
		const [waiting] = addUsers(1, DEALERS, { confirm: false });
		const resend = { whenAlreadyInvited: 'resend', language: 'de_DE' };
		const plan = await planOf('portalUser.sync', { ...syncList, ...resend }, [
			{ id: waiting, type: PREMIUM },
		]);
		expect(plan.map(({ action }) => action)).toEqual(['transferred', 'reinvited']);
		await apply(plan);
		expect(world().mails).toMatchObject([{ language: 'de_DE' }]);
	});

	test('of Change Status, Transfer and Delete', async () => {
		const [off, moved, gone, right] = addUsers(4);
		const of = (personalityIds: string) => ({ userType: byId(DEALERS), personalityIds });
		const plan = [
			...(await planOf('portalUser.changeStatus', { ...of(off), active: false })),
			...(await planOf('portalUser.changeStatus', { ...of(right), active: true })),
			...(await planOf('portalUser.transfer', {
				...of(moved),
				targetUserType: byId(PREMIUM),
			})),
			...(await planOf('portalUser.delete', of(gone))),
		];
		const result = await apply(plan);
		expect(jsons(result).map(({ action }) => action)).toEqual([
			'deactivated',
			'unchanged',
			'transferred',
			'deleted',
		]);
		expect(portal()).toMatchObject({
			[off]: { active: false },
			[moved]: { userTypeId: PREMIUM },
		});
		expect(portal()).not.toHaveProperty(gone);
	});
});

describe('who is otherwise than the plan found them is not touched', () => {
	const change = (id: string, to: object) => {
		Object.assign(world().portalUsers.get(id) ?? {}, to);
	};

	test.each<[string, object, string]>([
		['moved', { userTypeId: CLIENT_PORTAL }, 'in another user type'],
		['not deactivated but', { confirm: false }, 'no longer confirmed'],
		['removed and invited again', { invited_time: '2026-09-01T00:00:00Z' }, 'invited at another'],
	])('%s', async (_, to, said) => {
		const [id] = addUsers(1);
		const plan = await planOf('portalUser.delete', {
			userType: byId(DEALERS),
			personalityIds: id,
		});
		change(id, to);
		const result = await apply(plan);
		expect(zohoOf(result)).toMatchObject({ code: 'STALE_PLAN' });
		expect(result.error?.message).toContain(said);
		expect(writes()).toEqual([]);
	});

	test('accepted an invitation that was to be withdrawn', async () => {
		const [id] = addUsers(1, DEALERS, { confirm: false });
		const plan = await planOf('portalUser.delete', { personalityIds: id });
		change(id, { confirm: true });
		const result = await apply(plan, {}, continuing);
		expect(jsons(result)).toMatchObject([{ personality_id: id, code: 'STALE_PLAN' }]);
		expect(portal()).toHaveProperty(id);
	});

	test('is gone: nothing to delete, and nobody to transfer', async () => {
		const [gone, moved] = addUsers(2);
		const plan = [
			...(await planOf('portalUser.delete', { personalityIds: gone })),
			...(await planOf('portalUser.transfer', {
				personalityIds: moved,
				targetUserType: byId(PREMIUM),
			})),
		];
		world().portalUsers.delete(gone);
		world().portalUsers.delete(moved);
		const result = await apply(plan, {}, continuing);
		expect(jsons(result)).toMatchObject([
			{ personality_id: gone, action: 'unchanged', unchanged: true },
			{ personality_id: moved, code: 'STALE_PLAN' },
		]);
		expect(writes()).toEqual([]);
	});

	test('the same instant in another offset is no difference', async () => {
		const [id] = addUsers(1, DEALERS, { invited_time: '2026-03-04T10:15:00+05:30' });
		const plan = await planOf('portalUser.delete', { personalityIds: id });
		change(id, { invited_time: '2026-03-04T04:45:00Z' });
		expect((await apply(plan)).error).toBeUndefined();
	});

	test('a change that was made since is made no more, and the other one is', async () => {
		const [id] = addUsers(1, DEALERS, { active: false });
		const plan = await planOf('portalUser.sync', syncList, [{ id, type: PREMIUM }]);
		expect(plan.map(({ action }) => action)).toEqual(['transferred', 'activated']);
		change(id, { userTypeId: PREMIUM });
		const result = await apply(plan);
		expect(jsons(result)).toMatchObject([{ unchanged: true }, { action: 'activated' }]);
	});

	test('holds removals back, and says so', async () => {
		const [moved, gone] = addUsers(2);
		const plan = [
			...(await planOf('portalUser.transfer', {
				personalityIds: moved,
				targetUserType: byId(PREMIUM),
			})),
			...(await planOf('portalUser.delete', { personalityIds: gone })),
		];
		change(moved, { confirm: false });
		const result = await apply(plan, {}, continuing);
		expect(jsons(result)).toMatchObject([
			{ code: 'STALE_PLAN' },
			{ personality_id: gone, unchanged: true, heldBack: true },
		]);
		expect(portal()).toHaveProperty(gone);
	});
});

describe('who was to stay unchanged', () => {
	const unchangedPlan = async (ids: string[]) => {
		const parameters = { userType: byId(DEALERS), recordIds: ids.join(), others: 'deactivate' };
		return await planOf('portalUser.sync', { ...parameters, options: { includeUnchanged: true } });
	};
	const outcomes = async (plan: IDataObject[]) =>
		Object.fromEntries(
			jsons(await apply(plan, {}, continuing)).map((json) => [
				json.personality_id,
				json.heldBack ? 'held back' : json.code,
			]),
		);

	test.each([
		['as it is', (items: IDataObject[]) => items],
		['after a trip through a table', throughTable],
	])('is compared too, and holds removals back: %s', async (_, trip) => {
		const ids = addUsers(20);
		const [gone, moved, switched, anew, right] = ids;
		const leaves = ids[19];
		const plan = trip(await unchangedPlan(ids.slice(0, 19)));
		world().portalUsers.delete(gone);
		Object.assign(world().portalUsers.get(moved) ?? {}, { userTypeId: PREMIUM });
		Object.assign(world().portalUsers.get(switched) ?? {}, { active: false });
		Object.assign(world().portalUsers.get(anew) ?? {}, { invited_time: '2026-09-01T00:00:00Z' });
		expect(await outcomes(plan)).toMatchObject({
			[gone]: 'STALE_PLAN',
			[moved]: 'STALE_PLAN',
			[switched]: 'STALE_PLAN',
			[anew]: 'STALE_PLAN',
			[right]: 'UNCHANGED',
			[leaves]: 'held back',
		});
		expect(writes()).toEqual([]);
	});

	test('because nobody was in the portal, and is there now', async () => {
		const [id] = addUsers(1);
		const deletion = await planOf('portalUser.delete', { personalityIds: id });
		const user = world().portalUsers.get(id);
		world().portalUsers.delete(id);
		const plan = jsons(await apply(deletion, { dryRun: true }));
		expect(plan).toMatchObject([{ action: 'unchanged', previous: null }]);
		expect(await outcomes(throughTable(plan))).toEqual({ [id]: 'UNCHANGED' });
		if (user) world().portalUsers.set(id, user);
		expect(await outcomes(throughTable(plan))).toEqual({ [id]: 'STALE_PLAN' });
	});

	test('and is to be changed by another item, carried out twice', async () => {
		const [id] = addUsers(1);
		const on = { personalityIds: id, active: '={{ $json.on }}' };
		const plan = await planOf('portalUser.changeStatus', on, [{ on: true }, { on: false }]);
		expect(plan.map(({ action }) => action)).toEqual(['unchanged', 'deactivated']);
		expect(jsons(await apply(plan)).map(({ code }) => code)).toEqual(['UNCHANGED', 'SUCCESS']);
		expect(jsons(await apply(plan)).map(({ code }) => code)).toEqual(['UNCHANGED', 'UNCHANGED']);
		expect(writes()).toHaveLength(1);
	});
});

describe('what is no plan', () => {
	const planned = (more: IDataObject = {}) => ({
		planned: true,
		action: 'deleted',
		personality_id: STRANGER,
		user_type_id: DEALERS,
		previous: { user_type_id: DEALERS, active: true, confirm: true, invited_time: null },
		...more,
	});

	test.each<[string, IDataObject]>([
		['is not planned', { personality_id: STRANGER, deleted: true }],
		['is not planned', planned({ planned: 'no' })],
		['lost digits', planned({ personality_id: Number(STRANGER) })],
		['"user_type_id"', planned({ user_type_id: 'Dealers' })],
		['two different user types', planned({ user_type_id: PREMIUM })],
		['has the unknown action', planned({ action: 'promoted' })],
		['has no "previous"', planned({ previous: null })],
		['"previous"', planned({ previous: 'somebody' })],
		['invited_time', planned({ previous: { user_type_id: DEALERS, active: true } })],
		[
			'"previous.active"',
			planned({ previous: { user_type_id: DEALERS, active: 'maybe', invited_time: null } }),
		],
		['"target_user_type_id"', planned({ action: 'transferred' })],
		['invites', planned({ action: 'invited' })],
		['"language"', planned({ action: 'invited', previous: '', language: 'Klingon' })],
		['"module"', planned({ action: 'invited', previous: '', module: 'All contacts' })],
	])('%s: is an input error', async (said, row) => {
		const result = await apply([row]);
		expect(`${result.error?.message} ${result.error?.description}`).toContain(said);
		expect(result.error?.message).toMatch(/^'Plan' /);
		expect(harness.calls()).toEqual([]);
	});

	test('lets the others go on, but removes nobody', async () => {
		const [gone, off] = addUsers(2);
		Object.assign(world().portalUsers.get(off) ?? {}, { active: false });
		const plan = [
			...(await planOf('portalUser.delete', { personalityIds: gone })),
			...(await planOf('portalUser.changeStatus', { personalityIds: off, active: true })),
		];
		const result = await apply([{ personality_id: STRANGER }, ...plan], {}, continuing);
		expect(jsons(result)).toMatchObject([
			{ error: expect.stringContaining('not planned') },
			{ personality_id: gone, heldBack: true },
			{ personality_id: off, action: 'activated' },
		]);
	});

	test('an error of the dry run stays that error', async () => {
		const [gone] = addUsers(1);
		const plan = await planOf(
			'portalUser.delete',
			{ personalityIds: byEmail('={{ $json.email }}') },
			[{ email: harness.emailOf(gone) }, { email: 'nobody@example.com' }],
		);
		expect(plan).toMatchObject([{ planned: true }, { code: 'NOT_FOUND' }]);
		const stopped = await apply(plan);
		expect(stopped.error?.description).toContain('nobody@example.com');
		expect(writes()).toEqual([]);
		for (const items of [plan, throughTable(plan)]) {
			const [, told] = jsons(await apply(items, {}, continuing));
			expect(told).toEqual(plan[1]);
		}
		expect(portal()).toHaveProperty(gone);
	});

	test('contradicts itself', async () => {
		const [id] = addUsers(1);
		const plan = await planOf(
			'portalUser.changeStatus',
			{ personalityIds: id, active: '={{ $json.active }}' },
			[{ active: false }, { active: true }],
		);
		expect(plan.map(({ action }) => action)).toEqual(['deactivated', 'activated']);
		const result = await apply(plan, {}, continuing);
		expect(jsons(result)).toMatchObject([{ code: 'TWO_CHANGES' }, { code: 'TWO_CHANGES' }]);
		expect(writes()).toEqual([]);
	});
});

describe('caps', () => {
	test('there is none unless one is set', async () => {
		const ids = addUsers(40);
		const plan = await planOf('portalUser.delete', { personalityIds: ids.join() });
		expect((await apply(plan, { maxRemovals: 39 })).error?.message).toContain('40 people');
		expect((await apply(plan, { maxUsers: 39 })).error?.message).toContain('40');
		expect(writes()).toEqual([]);
		expect((await apply(plan)).error).toBeUndefined();
		expect(writes()).toHaveLength(1);
	});

	test('calls take as many as Zoho lets them, and reads go by ID', async () => {
		addUsers(3000);
		const ids = addUsers(200);
		const plan = await planOf('portalUser.transfer', {
			personalityIds: ids.join(),
			targetUserType: byId(PREMIUM),
		});
		const result = await apply(plan);
		expect(jsons(result)).toHaveLength(200);
		expect(writes()).toHaveLength(1);
		expect(harness.reads().length).toBeLessThanOrEqual(6);
	});
});

describe('when n8n starts the run over', () => {
	skipPauses();

	test('nobody is mailed twice, and what was done is told as done', async () => {
		const [waiting, moved] = addUsers(2, DEALERS, { confirm: false });
		const plan = [
			...(await planOf('portalUser.invite', {
				userType: byId(DEALERS),
				recordIds: waiting,
				whenAlreadyInvited: 'resend',
			})),
			...(await planOf('portalUser.transfer', {
				personalityIds: moved,
				targetUserType: byId(PREMIUM),
			})),
			...(await planOf('portalUser.changeStatus', {
				personalityIds: addUsers(1, PREMIUM, { active: false })[0],
				active: true,
			})),
		];
		// Refused once, with what another try can do.
		harness.emulator.faults.add({
			kind: 'wrapped',
			key: 'change_status',
			status: 400,
			code: 'NOT_ALLOWED',
			before: true,
			url: 'change_status',
			times: 1,
		});
		const result = await apply(plan, {}, again);
		expect(result.error).toBeUndefined();
		expect(jsons(result).map(({ action }) => action)).toEqual([
			'reinvited',
			'transferred',
			'activated',
		]);
		expect(harness.sentTo()).toEqual([waiting]);
	});
});

test('an agent carries out one planned change', async () => {
	const [id] = addUsers(1);
	const [planned] = await planOf('portalUser.delete', { personalityIds: id });
	const parameters = fromAgent({
		resource: 'portalUser',
		operation: 'apply',
		portal: PORTAL,
		plan: '={{ $json.plan }}',
	});
	const plan = JSON.stringify(planned);
	const { items, error } = await callTool(harness.engine, { parameters }, { plan }, 1);
	expect(error).toBeUndefined();
	expect(items).toMatchObject([{ action: 'deleted', personality_id: id }]);
	expect(portal()).not.toHaveProperty(id);
});
