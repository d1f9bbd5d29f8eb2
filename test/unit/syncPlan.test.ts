import { isRemoval } from '../../nodes/ZohoCrmPortals/resources/portalUser/change';
import type { Change, PortalPerson } from '../../nodes/ZohoCrmPortals/resources/portalUser/change';
import { governedBy, planSync } from '../../nodes/ZohoCrmPortals/resources/portalUser/syncPlan';
import type {
	Others,
	PlanSettings,
	SyncPlan,
	Wanted,
} from '../../nodes/ZohoCrmPortals/resources/portalUser/syncPlan';
import { usualRemovals } from '../../nodes/ZohoCrmPortals/zoho/directory';
import type { UserType } from '../../nodes/ZohoCrmPortals/zoho/directory';
import { fc } from '../../harness/random';

const userType = (id: string, module: string, field: string): UserType => ({
	id,
	name: `Type ${id}`,
	module,
	emailField: { id: field, api_name: 'Email' },
});

/** Three that take one another's people, one with another field, one with another module. */
const types = [
	userType('1', 'Contacts', 'a'),
	userType('2', 'Contacts', 'a'),
	userType('3', 'Contacts', 'a'),
	userType('4', 'Contacts', 'b'),
	userType('5', 'Vendors', 'c'),
];

const typeId = fc.constantFrom(...types.map(({ id }) => id));

const personId = fc.integer({ min: 1, max: 30 }).map(String);

const portal = fc.uniqueArray(
	fc.record({ id: personId, userType: typeId, active: fc.boolean(), confirmed: fc.boolean() }),
	{ selector: ({ id }) => id, maxLength: 30 },
);

const listOf = (userTypes: typeof typeId): fc.Arbitrary<Wanted[]> =>
	fc.array(fc.record({ id: personId, userType: userTypes, resend: fc.boolean() }), {
		maxLength: 30,
	});

const settings = fc.record({
	others: fc.constantFrom<Others>('leave', 'deactivate', 'delete'),
	othersIn: fc.constantFrom<'named' | 'all'>('named', 'all'),
});

interface Asked {
	others: Others;
	othersIn: 'named' | 'all';
}

function settingsFor(list: Wanted[], { others, othersIn }: Asked): PlanSettings {
	const named = new Set(list.map(({ userType: id }) => id));
	return { types, others, governed: governedBy(named, types, othersIn) };
}

/** What a portal comes to; refuses what Zoho would refuse. */
function apply(people: PortalPerson[], changes: Change[]): Map<string, PortalPerson> {
	const after = new Map(people.map((person) => [person.id, { ...person }]));
	for (const { action, id, userType: where, target } of changes) {
		const person = after.get(id);
		if (action === 'invited') {
			expect(person).toBeUndefined();
			after.set(id, { id, userType: where, active: true, confirmed: false });
			continue;
		}
		if (!person) throw new Error(`${id} is not in the portal and cannot be ${action}`);
		expect(person.userType).toBe(where);
		if (action === 'deleted') after.delete(id);
		if (action === 'activated') {
			expect(person.active).toBe(false);
			person.active = true;
		}
		if (action === 'deactivated') {
			expect(person).toMatchObject({ active: true, confirmed: true });
			person.active = false;
		}
		if (action === 'reinvited') expect(person.confirmed).toBe(false);
		if (action === 'transferred') {
			expect(target).not.toBe(where);
			person.userType = target ?? '';
		}
	}
	return after;
}

const changesOf = ({ changes }: SyncPlan) => changes.filter(({ action }) => action !== 'reinvited');

test('afterwards the portal is as the list says', () => {
	fc.assert(
		fc.property(portal, listOf(typeId), settings, (people, list, asked) => {
			const given = settingsFor(list, asked);
			const plan = planSync(people, list, given);
			const after = apply(people, plan.changes);
			const onList = new Set(list.map(({ id }) => id));
			for (const { id, userType: wanted } of list) {
				if (plan.refused.has(id)) continue;
				expect(after.get(id)).toMatchObject({ userType: wanted, active: true });
			}
			for (const person of after.values()) {
				if (onList.has(person.id) || !given.governed.has(person.userType)) continue;
				if (asked.others === 'delete') throw new Error(`${person.id} was not deleted`);
				if (asked.others === 'deactivate') expect(person.active && person.confirmed).toBe(false);
			}
		}),
	);
});

test('a second plan changes nothing', () => {
	fc.assert(
		fc.property(portal, listOf(typeId), settings, (people, list, asked) => {
			const given = settingsFor(list, asked);
			const after = [...apply(people, planSync(people, list, given).changes).values()];
			expect(changesOf(planSync(after, list, given))).toEqual([]);
		}),
	);
});

test('nobody is touched whom it may not touch', () => {
	fc.assert(
		fc.property(portal, listOf(typeId), settings, (people, list, asked) => {
			const given = settingsFor(list, asked);
			const plan = planSync(people, list, given);
			const onList = new Set(list.map(({ id }) => id));
			const before = new Map(people.map((person) => [person.id, person]));
			for (const change of plan.changes) {
				expect(plan.refused.has(change.id)).toBe(false);
				expect(isRemoval(change)).toBe(!onList.has(change.id));
				if (!isRemoval(change)) continue;
				expect(asked.others).not.toBe('leave');
				expect(given.governed.has(before.get(change.id)?.userType ?? '')).toBe(true);
			}
			for (const { action, id } of plan.changes) {
				if (action !== 'reinvited') continue;
				expect(list.some((one) => one.id === id && one.resend)).toBe(true);
			}
		}),
	);
});

test('everybody on the list is changed, as they should be, or refused for a reason', () => {
	fc.assert(
		fc.property(portal, listOf(typeId), settings, (people, list, asked) => {
			const plan = planSync(people, list, settingsFor(list, asked));
			const before = new Map(people.map((person) => [person.id, person]));
			const changed = new Set(plan.changes.map(({ id }) => id));
			const unchanged = new Set(plan.unchanged.map(({ id }) => id));
			for (const { id } of list) {
				const said = [changed, unchanged, plan.refused].filter((one) => one.has(id));
				expect(said).toHaveLength(1);
				const wanted = new Set(list.filter((one) => one.id === id).map((one) => one.userType));
				const code = plan.refused.get(id)?.code;
				expect(code === 'TWO_USER_TYPES').toBe(wanted.size > 1);
				if (code === 'INVALID_DATA') {
					const [from, to] = [before.get(id)?.userType, [...wanted][0]].map((one) =>
						types.find((type) => type.id === one),
					);
					expect([from?.module, from?.emailField]).not.toEqual([to?.module, to?.emailField]);
				}
			}
		}),
	);
});

test('an empty list governs nobody', () => {
	fc.assert(
		fc.property(portal, settings, (people, asked) => {
			expect(planSync(people, [], settingsFor([], asked)).changes).toEqual([]);
		}),
	);
});

test('"all" governs user types with the same module', () => {
	expect([...governedBy(new Set(['1']), types, 'named')]).toEqual(['1']);
	expect([...governedBy(new Set(['1']), types, 'all')]).toEqual(['1', '2', '3', '4']);
	expect([...governedBy(new Set(['1', '5']), types, 'all')]).toHaveLength(5);
	expect([...governedBy(new Set(['no such type']), types, 'all')]).toEqual([]);
});

test.each([
	[0, 0],
	[1, 0],
	[2, 0],
	[3, 1],
	[6, 2],
	[11, 5],
	[59, 5],
	[60, 6],
	[69, 6],
	[10_000, 1_000],
])('of %i people %i may be removed', (amount, allowed) => {
	expect(usualRemovals(amount)).toBe(allowed);
});

test('somebody who is seen in two user types, being moved meanwhile, is removed once', () => {
	const person = { id: '1', active: true, confirmed: true };
	const people = [
		{ ...person, userType: '1' },
		{ ...person, userType: '2' },
	];
	const { changes } = planSync(people, [], {
		types,
		others: 'delete',
		governed: new Set(['1', '2']),
	});
	expect(changes).toHaveLength(1);
});

describe('a plan', () => {
	const there = { id: '1', userType: '1', active: true, confirmed: true };
	const wanted = { id: '1', userType: '1', resend: false };
	const governed = new Set(['1']);
	const nobody = { changes: [], unchanged: [], refused: new Map() };
	const plan = (people: PortalPerson[], list: Wanted[], others: Others = 'leave') =>
		planSync(people, list, { types, others, governed });

	test.each<[string, PortalPerson[], Wanted, Change[]]>([
		['who is not there', [], wanted, [{ action: 'invited', id: '1', userType: '1' }]],
		['who is as wanted', [there], wanted, []],
		['who accepted and is to be invited again', [there], { ...wanted, resend: true }, []],
		['who never accepted', [{ ...there, confirmed: false }], wanted, []],
		[
			'who never accepted and is to be invited again',
			[{ ...there, confirmed: false }],
			{ ...wanted, resend: true },
			[{ action: 'reinvited', id: '1', userType: '1' }],
		],
		[
			'who is inactive, elsewhere, and never accepted',
			[{ id: '1', userType: '2', active: false, confirmed: false }],
			{ ...wanted, resend: true },
			[
				{ action: 'transferred', id: '1', userType: '2', target: '1' },
				{ action: 'reinvited', id: '1', userType: '1' },
				{ action: 'activated', id: '1', userType: '1' },
			],
		],
	])('for %s', (_, people, one, changes) => {
		const unchanged = changes.length === 0 ? [{ id: '1' }] : [];
		expect(plan(people, [one])).toEqual({ ...nobody, changes, unchanged });
	});

	test.each<[Others, Partial<PortalPerson>, Change[], SyncPlan['unchanged']]>([
		['leave', {}, [], []],
		['deactivate', {}, [{ action: 'deactivated', id: '1', userType: '1' }], []],
		['deactivate', { active: false }, [], [{ id: '1' }]],
		['deactivate', { active: false, confirmed: false }, [], [{ id: '1' }]],
		['deactivate', { confirmed: false }, [], [{ id: '1', unconfirmed: true }]],
		['deactivate', { userType: '2' }, [], []],
		['delete', {}, [{ action: 'deleted', id: '1', userType: '1' }], []],
		['delete', { active: false }, [{ action: 'deleted', id: '1', userType: '1' }], []],
		['delete', { userType: '2' }, [], []],
	])('to %s others, of somebody with %j', (others, state, changes, unchanged) => {
		expect(plan([{ ...there, ...state }], [], others)).toEqual({ ...nobody, changes, unchanged });
	});

	test('refuses who is listed as two things, by the names of both', () => {
		const list = ['1', '4', 'unknown', '4'].map((userType) => ({ ...wanted, userType }));
		const refusal = (names: string[]) => ({
			httpStatus: 0,
			code: 'TWO_USER_TYPES',
			message: '',
			details: { names },
		});
		expect(plan([there], list.slice(0, 2))).toEqual({
			...nobody,
			refused: new Map([['1', refusal(['Type 1', 'Type 4'])]]),
		});
		expect(plan([], list.slice(0, 3)).refused.get('1')).toEqual(refusal(['Type 1', 'unknown']));
		expect(plan([], [wanted, wanted]).refused.size).toBe(0);
	});

	test('refuses a move that Zoho refuses, as Zoho would', () => {
		expect(plan([there], [{ ...wanted, userType: '4' }])).toEqual({
			...nobody,
			refused: new Map([
				[
					'1',
					{
						httpStatus: 400,
						code: 'INVALID_DATA',
						message: '',
						details: { transfer_To: '4' },
						foreseen: true,
					},
				],
			]),
		});
	});

	test('follows the first mention of somebody who is listed twice', () => {
		const people = [{ ...there, confirmed: false }];
		expect(plan(people, [wanted, { ...wanted, resend: true }]).changes).toEqual([]);
		expect(plan(people, [{ ...wanted, resend: true }, wanted]).changes).toHaveLength(1);
	});
});

test.each<[Change['action'], boolean]>([
	['invited', false],
	['transferred', false],
	['reinvited', false],
	['activated', false],
	['deactivated', true],
	['deleted', true],
])('"%s" takes access away: %p', (action, removal) => {
	expect(isRemoval({ action, id: '1', userType: '1' })).toBe(removal);
});

test('a user type that the portal does not list takes the people whom it has, and new ones', () => {
	const inactive = { id: '2', userType: '9', active: false, confirmed: true };
	const list = ['1', '2'].map((id) => ({ id, userType: '9', resend: false }));
	const { changes, refused } = planSync([inactive], list, {
		...{ types, others: 'leave', governed: new Set(['9']) },
	});
	expect(changes.map(({ action, id }) => [action, id])).toEqual([
		['invited', '1'],
		['activated', '2'],
	]);
	expect(refused.size).toBe(0);
});
