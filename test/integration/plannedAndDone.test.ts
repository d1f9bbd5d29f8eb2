import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isObject } from '../../emulator/answers';
import { CLIENT_PORTAL, DEALERS, PREMIUM } from '../../emulator/seed';
import {
	byId,
	continuing,
	isRead,
	jsons,
	pairs,
	skipPauses,
	useHarness,
} from '../../harness/harness';
import { cases, fc } from '../../harness/random';

// For random portals and random items of every operation that writes to people: a dry run says what
// the run does, every item has an outcome, what the outcome says is so, and the last word wins.
// More cases: SEED=7 TIMES=40 npx jest test/integration/plannedAndDone.test.ts

const harness = useHarness();
const { run, calls, writes, sentTo } = harness;

skipPauses();

const TYPES = [DEALERS, PREMIUM, CLIENT_PORTAL];
const AMOUNT = 6;

/**
 * The most reads of a dry run, whatever the number of items: the user types and the connected user;
 * in each of the three user types that items name, the filter by IDs, somebody who is there, and two
 * proofs of who is not; and the lists of all four user types.
 */
const MOST_READS = 2 + 3 * 4 + 4;

const someType = fc.constantFrom(...TYPES);

/** Somebody in the portal, a contact who was never invited, or nobody at all. */
const someone = fc.record({
	kind: fc.constantFrom('user', 'user', 'user', 'contact', 'nobody'),
	type: someType,
	active: fc.boolean(),
	confirm: fc.constantFrom(true, true, false),
});

const wish = fc.record({
	who: fc.array(fc.nat({ max: AMOUNT - 1 }), { minLength: 1, maxLength: 3 }),
	by: fc.constantFrom('email', 'id'),
	/** Where people are looked for, and what they are invited to or are to have. */
	type: someType,
	active: fc.boolean(),
	to: someType,
	when: fc.constantFrom('error', 'resend', 'skip'),
});

const scenario = fc.record({
	people: fc.array(someone, { minLength: AMOUNT, maxLength: AMOUNT }),
	wishes: fc.array(wish, { minLength: 1, maxLength: 6 }),
	/** Whether user types are named. */
	isTyped: fc.boolean(),
	others: fc.constantFrom('leave', 'deactivate', 'delete'),
	othersIn: fc.constantFrom('named', 'all'),
	batchSize: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer One> ? One : never;
type Wish = Scenario['wishes'][number];

const OPERATIONS = ['changeStatus', 'delete', 'invite', 'sync', 'transfer'] as const;
type OperationName = (typeof OPERATIONS)[number];

/** Makes the portal; returns the IDs of the people. */
function setUp({ people }: Scenario): string[] {
	harness.emulator.reset();
	harness.engine.connect(
		'1',
		'ZohoCRM.settings.clientportal.ALL,ZohoCRM.modules.ALL,ZohoSearch.securesearch.READ',
	);
	const { world } = harness.emulator;
	return people.map(({ kind, type, active, confirm }) => {
		if (kind === 'nobody') return world.newId();
		const record = world.addRecord();
		if (kind === 'user') world.addPortalUser(type, record, { active, confirm });
		return record.id;
	});
}

const emailOf = (id: string) =>
	String(harness.emulator.world.records.get(id)?.email ?? `nobody${id}@example.test`);

const userOf = (id: unknown) => harness.emulator.world.portalUsers.get(String(id));

function inputOf({ who, by, type, active, to, when }: Wish, ids: string[], isSync: boolean) {
	const named = [...new Set(who)].map((place) => ids[place]);
	return {
		named: {
			__rl: true,
			mode: by,
			value: named.map((id) => (by === 'email' ? emailOf(id) : id)).join(','),
		},
		type,
		active,
		to,
		when: isSync && when === 'error' ? 'skip' : when,
	};
}

function parametersOf(operation: OperationName, one: Scenario, dryRun: boolean): INodeParameters {
	const { isTyped, others, othersIn, batchSize } = one;
	const size = batchSize !== undefined && operation !== 'changeStatus' ? { batchSize } : {};
	const options = { dryRun, ...size };
	const named = '={{ $json.named }}';
	const typed = byId('={{ $json.type }}');
	const whenAlreadyInvited = '={{ $json.when }}';
	switch (operation) {
		case 'invite':
			return { userType: typed, recordIds: named, whenAlreadyInvited, options };
		case 'sync':
			return {
				userType: typed,
				recordIds: named,
				whenAlreadyInvited,
				others,
				...(others !== 'leave' && { othersIn }),
				options: { ...options, maxRemovals: 100, includeUnchanged: true },
			};
		default:
			return {
				userType: isTyped ? typed : byId(''),
				personalityIds: named,
				active: '={{ $json.active }}',
				targetUserType: byId('={{ $json.to }}'),
				options,
			};
	}
}

function wasInactive({ previous }: IDataObject): boolean {
	return isObject(previous) && previous.active === false;
}

/** What an item of the run has to say where the dry run said this. */
function expectedOf(operation: OperationName, planned: IDataObject, areRead: boolean): IDataObject {
	const { action, code, unchanged, error, personality_id, record_id, heldBack } = planned;
	const whom = {
		...(personality_id !== undefined && { personality_id }),
		...(record_id !== undefined && { record_id }),
	};
	if (error !== undefined) return { ...whom, code, error: expect.any(String) };
	if (operation === 'sync') return { ...whom, action, ...(heldBack === true && { heldBack }) };
	if (operation === 'invite') {
		if (unchanged === true) return { ...whom, skipped: true };
		return { ...whom, invited: true, resent: action === 'reinvited' };
	}
	if (unchanged === true) {
		// Zoho answers SUCCESS for users who were inactive before; only a read can tell.
		const isPlain = operation === 'changeStatus' && !areRead && wasInactive(planned);
		return { ...whom, ...(!isPlain && { unchanged: true }) };
	}
	const done: Record<string, IDataObject> = {
		deactivated: { active: false },
		activated: { active: true },
		transferred: { transferred: true, user_type_id: planned.target_user_type_id },
		deleted: { deleted: true },
	};
	return { ...whom, ...done[String(action)] };
}

/** Checks that the portal is as the last item about somebody wants it, unless that item failed. */
function checkLast(operation: OperationName, wishes: Wish[], items: IDataObject[], of: number[]) {
	const last = new Map<string, { json: IDataObject; wanted: Wish }>();
	items.forEach((json, position) => {
		const id = String(json.personality_id ?? json.record_id ?? '');
		last.set(id, { json, wanted: wishes[of[position]] });
	});
	for (const [id, { json, wanted }] of last) {
		if (json.error !== undefined) continue;
		const user = userOf(id);
		if (operation === 'changeStatus') expect(user?.active).toBe(wanted.active);
		if (operation === 'transfer') expect(user?.userTypeId).toBe(wanted.to);
		if (operation === 'delete') expect(user).toBeUndefined();
		if (operation === 'invite') expect(user).toBeDefined();
		if (operation === 'sync') checkSynced(json);
	}
}

function checkSynced({ action, personality_id, user_type_id }: IDataObject): void {
	const user = userOf(personality_id);
	if (action === 'deleted') expect(user).toBeUndefined();
	else expect(user?.userTypeId).toBe(user_type_id);
	if (action === 'deactivated') expect(user?.active).toBe(false);
	if (action === 'activated') expect(user?.active).toBe(true);
}

/** Who was mailed as the items have it: everybody once for each user type. */
function mailedBy(items: IDataObject[], typeOf: (position: number) => string): string[] {
	const isMailed = ({ error, invited, skipped, action }: IDataObject) =>
		error === undefined &&
		((invited === true && skipped !== true) || action === 'invited' || action === 'reinvited');
	const mailed = new Map<string, string>();
	items.forEach((json, position) => {
		const id = String(json.record_id ?? json.personality_id);
		if (isMailed(json)) mailed.set(`${id} ${typeOf(position)}`, id);
	});
	return [...mailed.values()].sort();
}

test.each(OPERATIONS)('%s: what is planned is done, and what is said is so', async (operation) => {
	await fc.assert(
		fc.asyncProperty(scenario, async (one) => {
			const ids = setUp(one);
			const input = one.wishes.map((each) => inputOf(each, ids, operation === 'sync'));
			const names = one.wishes.reduce((sum, { who }) => sum + new Set(who).size, 0);
			const planned = jsons(
				await run(`portalUser.${operation}`, parametersOf(operation, one, true), {
					...continuing,
					input,
				}),
			);
			expect(writes()).toEqual([]);
			const reads = calls().length;
			expect(reads).toBeLessThanOrEqual(MOST_READS);

			const result = await run(`portalUser.${operation}`, parametersOf(operation, one, false), {
				...continuing,
				input,
			});
			const done = jsons(result);
			const areRead = calls()
				.slice(reads, reads + 1)
				.some(isRead);
			expect(done).toEqual(
				planned.map((each) => expect.objectContaining(expectedOf(operation, each, areRead))),
			);

			const of = pairs(result.items).map(Number);
			const perItem = one.wishes.map((_, index) => of.filter((item) => item === index).length);
			const least = one.wishes.map(({ who }) => new Set(who).size);
			if (operation === 'sync') {
				perItem.forEach((amount, index) => expect(amount).toBeGreaterThanOrEqual(least[index]));
			} else {
				expect(perItem).toEqual(least);
			}
			checkLast(operation, one.wishes, done, of);
			if (operation === 'invite' || operation === 'sync') {
				expect(sentTo()).toEqual(mailedBy(done, (position) => one.wishes[of[position]].type));
			} else {
				expect(sentTo()).toEqual([]);
			}
			// A refused call is halved, at worst until everybody is alone; each job is read twice.
			const others = operation === 'sync' ? AMOUNT : 0;
			expect(writes().length).toBeLessThanOrEqual(2 * (names + others));
			expect(calls().length - reads).toBeLessThanOrEqual(15 + 6 * (names + others));
		}),
		cases(12),
	);
});
