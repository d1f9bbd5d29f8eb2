import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../emulator/faults';
import { CLIENT_PORTAL, DEALERS, PREMIUM } from '../../emulator/seed';
import { byId, continuing, jsons, skipPauses, useHarness } from '../../harness/harness';

// What is told against what is so, and what a second run mends, whatever the portal, the list and
// the faults on the way.

const harness = useHarness();
const { run, addUsers } = harness;

skipPauses();

const userType = fc.constantFrom(CLIENT_PORTAL, DEALERS, PREMIUM);

/** Somebody: where they are, if in the portal at all, and what the list says of them, if anything. */
const person = fc.record({
	inPortal: fc.option(fc.record({ userType, active: fc.boolean(), confirm: fc.boolean() }), {
		nil: undefined,
	}),
	wanted: fc.option(userType, { nil: undefined }),
});

const faults = fc.array(
	fc.record({
		kind: fc.constantFrom<Fault['kind']>('reset', 'html', 'empty', 'throttle', 503, 500, 502),
		before: fc.boolean(),
		share: fc.constantFrom(0.05, 0.2, 0.5),
		method: fc.constantFrom('POST', 'PUT', 'DELETE'),
	}),
	{ maxLength: 3 },
);

const scenario = fc.record({
	people: fc.array(person, { minLength: 1, maxLength: 14 }),
	others: fc.constantFrom('leave', 'deactivate', 'delete'),
	othersIn: fc.constantFrom('named', 'all'),
	faults,
	seed: fc.integer({ min: 1, max: 1_000_000 }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer One> ? One : never;

const userOf = (id: unknown) => harness.emulator.world.portalUsers.get(String(id));

/** Sets up the world; returns the input items. */
function setUp({ people, faults: planned, seed }: Scenario): IDataObject[] {
	const { emulator } = harness;
	emulator.reset();
	const list = people.flatMap(({ inPortal, wanted }) => {
		const id = inPortal
			? addUsers(1, inPortal.userType, { active: inPortal.active, confirm: inPortal.confirm })[0]
			: emulator.world.addRecord().id;
		return wanted === undefined ? [] : [{ id, userType: wanted }];
	});
	emulator.faults.seed(seed);
	for (const { before, kind, ...fault } of planned) {
		emulator.faults.add({ ...fault, kind, before: kind === 'throttle' || before });
	}
	return list;
}

/** What an item says against the world. */
function checkClaim({ action, personality_id, user_type_id, error, uncertain }: IDataObject): void {
	const user = userOf(personality_id);
	if (error !== undefined) {
		// An invitation that is not uncertain was not sent.
		if (String(error).includes('could not be invited') && !uncertain) expect(user).toBeUndefined();
		return;
	}
	if (action === 'deleted') expect(user).toBeUndefined();
	if (action === 'deactivated') expect(user?.active).toBe(false);
	if (action === 'activated') expect(user?.active).toBe(true);
	if (action === 'invited' || action === 'transferred') {
		expect(user?.userTypeId).toBe(user_type_id);
	}
}

test('what is told is so, removals wait for all else, and a second run mends the rest', async () => {
	await fc.assert(
		fc.asyncProperty(scenario, async (one) => {
			const { emulator } = harness;
			const input = setUp(one);
			if (input.length === 0) return;
			const { others, othersIn } = one;
			const parameters = {
				userType: byId('={{ $json.userType }}'),
				recordIds: '={{ $json.id }}',
				others,
				...(others !== 'leave' && { othersIn }),
			};
			const sync = async (options: IDataObject) =>
				jsons(
					await run(
						'portalUser.sync',
						{ ...parameters, options: { maxRemovals: 100, ...options } } as never,
						{ input, ...continuing },
					),
				);
			const plan = await sync({ dryRun: true });
			expect(emulator.world.mails).toEqual([]);
			const said = await sync({});
			said.forEach(checkClaim);
			// All that was planned has an outcome.
			const told = (items: IDataObject[]) => new Set(items.map((json) => json.personality_id));
			expect(told(said)).toEqual(told(plan));
			const isRemoval = ({ action }: IDataObject) =>
				action === 'deleted' || action === 'deactivated';
			const listed = new Set(input.map(({ id }) => id));
			const broken = said.some(
				(json) => json.error !== undefined && listed.has(json.personality_id),
			);
			if (broken) expect(said.filter(isRemoval)).toEqual([]);
			if (one.faults.length === 0) {
				const actions = (items: IDataObject[]) =>
					items.map(({ personality_id, action }) => [personality_id, action]);
				expect(actions(said)).toEqual(actions(plan));
			}

			emulator.faults.clear();
			const mended = await sync({});
			expect(mended.filter((json) => json.error !== undefined)).toEqual([]);
			for (const { id, userType: wanted } of input) {
				expect(userOf(id)).toMatchObject({ userTypeId: wanted, active: true });
			}
			const third = await sync({});
			expect(third.filter((json) => json.unchanged !== true)).toEqual([]);
			const mailed = emulator.world.mails.map(({ record_id }) => record_id);
			expect(new Set(mailed).size).toBe(mailed.length);
		}),
		{ numRuns: 25 },
	);
});
