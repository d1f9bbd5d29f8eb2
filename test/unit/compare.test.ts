import { compare, seed } from '../../nodes/ZohoCrmPortals/trigger/compare';
import { USER_EVENTS } from '../../nodes/ZohoCrmPortals/trigger/events';
import type { Watch } from '../../nodes/ZohoCrmPortals/trigger/events';
import {
	jsonOf,
	listingOf,
	personOfRow,
	readingOf,
	userTypeOfRow,
} from '../../nodes/ZohoCrmPortals/trigger/reading';
import type { Findings } from '../../nodes/ZohoCrmPortals/trigger/reading';
import type { Snapshot } from '../../nodes/ZohoCrmPortals/trigger/snapshot';
import { toPortalUser } from '../../nodes/ZohoCrmPortals/zoho/people';
import { ALL_EVENTS } from '../../harness/events';
import { cases, fc } from '../../harness/random';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const DAY = 86_400_000;

/** Somebody, as a person would write it down. */
interface Somebody {
	type: string;
	active: boolean;
	confirm: boolean;
	email: string;
	/** Days since the invitation. */
	days: number;
}

interface Type {
	name: string;
	active: boolean;
}

/** A portal, as a person would write it down. */
interface Portal {
	types: Record<string, Type>;
	people: Record<string, Somebody>;
}

const somebody = (types: string[]) =>
	fc.record<Somebody>({
		type: fc.constantFrom(...types),
		active: fc.boolean(),
		confirm: fc.boolean(),
		email: fc.constantFrom('a@example.test', 'b@example.test'),
		days: fc.integer({ min: 0, max: 12 }).map((days) => days + 0.5),
	});

const TYPES = ['11', '12', '13'];
const PEOPLE = ['101', '102', '103', '104'];

const portal = fc
	.record({
		types: fc.dictionary(
			fc.constantFrom(...TYPES),
			fc.record<Type>({ name: fc.constantFrom('One', 'Two'), active: fc.boolean() }),
			{ minKeys: 1, noNullPrototype: true },
		),
	})
	.chain(({ types }) =>
		fc.record<Portal>({
			types: fc.constant(types),
			people: fc.dictionary(fc.constantFrom(...PEOPLE), somebody(Object.keys(types)), {
				noNullPrototype: true,
			}),
		}),
	);

const watch = fc.record<Watch>({
	events: fc.subarray(ALL_EVENTS),
	userTypes: fc.oneof(fc.constant<string[]>([]), fc.subarray(TYPES)),
	unconfirmedDays: fc.constantFrom(3, 7),
});

const all: Watch = { events: ALL_EVENTS, userTypes: [], unconfirmedDays: 7 };

/** @param before what was known: who is in it and not in the portal is gone */
function read({ types, people }: Portal, before?: Snapshot): Findings {
	const userTypes = Object.entries(types).map(([id, type]) => userTypeOfRow({ id, ...type }));
	const lists = userTypes.map((userType) =>
		Object.entries(people)
			.filter(([, { type }]) => type === userType.id)
			.map(([personality_id, { active, confirm, email, days }]) => {
				const invited_time = new Date(NOW - days * DAY).toISOString();
				return { personality_id, active, confirm, email, invited_time };
			}),
	);
	const listings = lists.map((rows, place) => listingOf(rows, userTypes[place]));
	const reading = readingOf(userTypes, listings);
	const gone = [...(before?.users.keys() ?? [])].filter((id) => !reading.people.has(id));
	return { ...reading, gone };
}

/** What is told of two portals, one after the other, in words; `unconfirmed` left out. */
function expected(before: Portal, now: Portal, watches: Watch[]): string[] {
	const lines: string[] = [];
	const tell = (event: string, id: string, types: string[]) => {
		const wanted = watches.every(
			({ events, userTypes }) =>
				events.includes(event) &&
				(userTypes.length === 0 ||
					event === 'userTypeCreated' ||
					types.some((type) => userTypes.includes(type))),
		);
		if (wanted) lines.push(`${event} ${id}`);
	};
	for (const id of TYPES) {
		const [old, type] = [before.types[id], now.types[id]];
		if (!old && type) tell('userTypeCreated', id, [id]);
		if (old && !type) tell('userTypeDeleted', id, [id]);
		if (!old || !type) continue;
		if (old.name !== type.name || old.active !== type.active) tell('userTypeUpdated', id, [id]);
	}
	for (const id of PEOPLE) {
		const [old, person] = [before.people[id], now.people[id]];
		if (old && !person) tell('userRemoved', id, [old.type]);
		if (!person) continue;
		const { type, active, confirm, email } = person;
		if (!old) tell('userAdded', id, [type]);
		if (old && old.type !== type) tell('userTypeChanged', id, [old.type, type]);
		if (old && old.email !== email) tell('emailChanged', id, [type]);
		if (confirm && !old?.confirm) tell('userConfirmed', id, [type]);
		const wasActive = old ? old.active : true;
		if (active && !wasActive) tell('userActivated', id, [type]);
		if (!active && wasActive) tell('userDeactivated', id, [type]);
	}
	return lines.sort();
}

const lineOf = ({ event, subject }: ReturnType<typeof compare>['events'][number]) =>
	`${event} ${String(subject.personality_id ?? subject.id)}`;

test('what is told is what differs, as far as it was asked for before and is now', () => {
	fc.assert(
		fc.property(portal, portal, watch, watch, (before, now, was, is) => {
			const known = seed(read(before), was, NOW);
			const { events } = compare(known, read(now, known), { was, is, includeOverdue: false }, NOW);
			const told = events.filter(({ event }) => event !== 'unconfirmed').map(lineOf);
			expect(told.sort()).toEqual(expected(before, now, [was, is]));
		}),
		cases(500),
	);
});

test('what was told is not told again, and what is known is as after a first look', () => {
	fc.assert(
		fc.property(portal, portal, watch, (before, now, is) => {
			const asked = { was: is, is, includeOverdue: false };
			const seeded = seed(read(before), is, NOW);
			const { known } = compare(seeded, read(now, seeded), asked, NOW);
			expect(compare(known, read(now, known), asked, NOW).events).toEqual([]);
			const plain = (users: typeof known.users) =>
				[...users.values()]
					.map(({ id, userTypeId, active, confirm, emailHash }) => {
						return { id, userTypeId, active, confirm, emailHash };
					})
					.sort((one, other) => Number(one.id) - Number(other.id));
			const first = seed(read(now), is, NOW);
			const watched = USER_EVENTS.some((event) => is.events.includes(event));
			expect(plain(known.users)).toEqual(watched ? plain(first.users) : []);
			expect(known.userTypes).toEqual(first.userTypes);
		}),
	);
});

test('an event that is switched on tells nothing at once', () => {
	fc.assert(
		fc.property(portal, portal, watch, (before, now, is) => {
			const none = { ...is, events: [] };
			const known = seed(read(before), none, NOW);
			const asked = { was: none, is, includeOverdue: true };
			expect(compare(known, read(now, known), asked, NOW).events).toEqual([]);
		}),
	);
});

test('events come in an order in which they can have happened', () => {
	const place = new Map(
		[
			['userTypeCreated', 'userTypeUpdated'],
			['userAdded', 'userTypeChanged', 'emailChanged', 'userConfirmed', 'userActivated'],
			['userRemoved'],
			['userTypeDeleted'],
		].flatMap((names, index) => names.map((name): [string, number] => [name, index])),
	);
	fc.assert(
		fc.property(portal, portal, (before, now) => {
			const known = seed(read(before), all, NOW);
			const asked = { was: all, is: all, includeOverdue: false };
			const { events } = compare(known, read(now, known), asked, NOW);
			const places = events.map(({ event }) => place.get(event) ?? 1);
			expect(places).toEqual([...places].sort());
			// All of one person together, in the order of ALL_EVENTS.
			const people = events.filter(({ subject }) => subject.personality_id !== undefined);
			const ids = people.map(({ subject }) => String(subject.personality_id));
			expect(new Set(ids).size).toBe(ids.filter((id, index) => id !== ids[index - 1]).length);
			people.forEach(({ event }, index) => {
				if (index === 0 || ids[index] !== ids[index - 1]) return;
				const before = ALL_EVENTS.indexOf(people[index - 1].event);
				expect(ALL_EVENTS.indexOf(event)).toBeGreaterThan(before);
			});
		}),
	);
});

describe('unconfirmed', () => {
	const one = (days: number, confirm = false): Portal => ({
		types: { '11': { name: 'One', active: true } },
		people: { '101': { type: '11', active: true, confirm, email: 'a@example.test', days } },
	});

	/** Which of the polls after the first tell it, the days since the invitation being these. */
	const toldAt = (days: number[], includeOverdue = false): number[] => {
		const asked = { was: all, is: all, includeOverdue };
		let known = seed(read(one(days[0])), all, NOW);
		return days.slice(1).filter((day) => {
			const { events, known: next } = compare(known, read(one(day)), asked, NOW);
			known = next;
			return events.some(({ event }) => event === 'unconfirmed');
		});
	};

	test.each([
		[[5, 6, 6.9, 7, 8, 9], [7]],
		[[7, 8, 9], []],
		[[5, 9, 1, 9], [9]],
		[[8, 1, 9], []],
	])('of invitations of %j days is told at %j', (days, told) => {
		expect(toldAt(days)).toEqual(told);
	});

	test('is told of who was late before when that is asked for, once', () => {
		expect(toldAt([8, 9, 10], true)).toEqual([9]);
	});

	test('is told of who is new and late', () => {
		const empty = { ...one(9), people: {} };
		const asked = { was: all, is: all, includeOverdue: false };
		const { events } = compare(seed(read(empty), all, NOW), read(one(9)), asked, NOW);
		expect(events.map(lineOf)).toEqual(['userAdded 101', 'unconfirmed 101']);
	});

	test('is not told where Zoho does not say when the invitation was sent', () => {
		const reading = read(one(9));
		for (const person of reading.people.values()) delete person.invitedAt;
		const asked = { was: all, is: all, includeOverdue: true };
		expect(compare(seed(reading, all, NOW), reading, asked, NOW).events).toEqual([]);
	});
});

describe('rows', () => {
	const userType = userTypeOfRow({ id: '11', name: 'One', active: true });
	const row = { personality_id: '101', active: true, confirm: false, email: null };

	test('may have states as text, and no email address', () => {
		const person = personOfRow({ ...row, active: 'false', confirm: 'true' }, userType);
		expect(person).toMatchObject({ active: false, confirm: true });
	});

	test.each([
		{ ...row, personality_id: undefined },
		{ ...row, personality_id: '' },
		{ ...row, personality_id: 'abc' },
		{ ...row, active: undefined },
		{ ...row, confirm: null },
		{ ...row, confirm: 'maybe' },
	])('%j is no person', (strange) => {
		expect(() => personOfRow(strange, userType)).toThrow('STRANGE_ROW');
	});

	test.each([
		[{ active_user_count: 2, deactive_user_count: '1' }, 3],
		[{ no_of_users: 4 }, 4],
		[{ no_of_users: '4' }, 4],
		[{ active_user_count: 2 }, undefined],
		[{}, undefined],
	])('of a user type with %j count %p', (counts, count) => {
		expect(userTypeOfRow({ id: '11', name: 'One', ...counts }).count).toBe(count);
	});
});

describe('an event', () => {
	const types = { '11': { name: 'One', active: true }, '12': { name: 'Two', active: true } };
	const person: Somebody = {
		type: '11',
		active: true,
		confirm: false,
		email: 'a@example.test',
		days: 1,
	};
	const portalOf = (people: Portal['people']): Portal => ({ types, people });
	const asked = { was: all, is: all, includeOverdue: false };
	const eventsOf = (before: Portal, now: Portal, known = seed(read(before), all, NOW)) =>
		compare(known, read(now, known), asked, NOW).events;
	const nameless = { user_type_id: '11', active: true, confirm: false };
	const state = { ...nameless, user_type_name: 'One' };

	test('has the person as they are, and what was known before', () => {
		const now = portalOf({ '101': { ...person, type: '12', email: 'b@example.test' } });
		const [subject] = [...read(now).people.values()].map(({ row }) => ({
			...row,
			user_type_id: '12',
			user_type_name: 'Two',
		}));
		const userType = { id: '12', name: 'Two' };
		expect(eventsOf(portalOf({ '101': person }), now)).toEqual([
			{ event: 'userTypeChanged', userType, subject, previous: state, from: '11' },
			{ event: 'emailChanged', userType, subject, previous: state },
		]);
		expect(eventsOf(portalOf({}), now)).toEqual([
			{ event: 'userAdded', userType, subject, previous: undefined },
		]);
	});

	test('of somebody new who is confirmed and inactive tells all three', () => {
		const now = portalOf({ '101': { ...person, active: false, confirm: true } });
		expect(eventsOf(portalOf({}), now).map(({ event, previous }) => [event, previous])).toEqual([
			['userAdded', undefined],
			['userConfirmed', undefined],
			['userDeactivated', undefined],
		]);
	});

	test('of somebody removed names the user type they were in, where it was known', () => {
		const before = portalOf({ '101': person });
		const removed = {
			event: 'userRemoved',
			userType: { id: '11', name: 'One' },
			subject: { personality_id: '101', ...state },
			previous: state,
		};
		expect(eventsOf(before, portalOf({}))).toEqual([removed]);
		const known = { ...seed(read(before), all, NOW), userTypes: [] };
		expect(eventsOf(before, { types: {}, people: {} }, known)).toEqual([
			{
				...removed,
				userType: { id: '11', name: '' },
				subject: { personality_id: '101', ...nameless },
				previous: nameless,
			},
		]);
	});

	test('of a user type has it as it is, and what was known before', () => {
		const before: Portal = {
			types: { '11': { name: 'One', active: true }, '13': { name: 'Old', active: false } },
			people: {},
		};
		const now: Portal = {
			types: { '11': { name: 'One', active: false }, '12': { name: 'New', active: true } },
			people: {},
		};
		expect(eventsOf(before, now)).toEqual([
			{
				event: 'userTypeUpdated',
				userType: { id: '11', name: 'One' },
				subject: { id: '11', name: 'One', active: false },
				previous: { name: 'One', active: true },
			},
			{
				event: 'userTypeCreated',
				userType: { id: '12', name: 'New' },
				subject: { id: '12', name: 'New', active: true },
			},
			{
				event: 'userTypeDeleted',
				userType: { id: '13', name: 'Old' },
				subject: { id: '13', name: 'Old', active: false },
				previous: { name: 'Old', active: false },
			},
		]);
	});

	test('of changed modules is told where they were read both times, and kept where not', () => {
		const withModules = (modules?: string[]): Findings => {
			const type = userTypeOfRow({ id: '11', name: 'One', modules });
			return { ...readingOf([type], [listingOf([], type)]), gone: [] };
		};
		const [unread, deals, leads] = [withModules(), withModules(['Deals']), withModules(['Leads'])];
		const told = (before: Findings, now: Findings) =>
			compare(seed(before, all, NOW), now, asked, NOW).events.map(({ event }) => event);
		expect(told(deals, leads)).toEqual(['userTypeUpdated']);
		expect(told(deals, deals)).toEqual([]);
		expect(told(deals, unread)).toEqual([]);
		expect(told(unread, deals)).toEqual([]);
		const kept = compare(seed(deals, all, NOW), unread, asked, NOW).known;
		expect(kept.userTypes).toEqual([
			{ id: '11', name: 'One', active: true, modules: deals.userTypes[0].modules },
		]);
		expect(seed(unread, all, NOW).userTypes).toEqual([{ id: '11', name: 'One', active: true }]);
		expect(Object.keys(seed(unread, all, NOW).userTypes[0])).not.toContain('modules');
	});
});

describe('what is noted of an invitation', () => {
	const late = (days = 9, confirm = false) =>
		read({
			types: { '11': { name: 'One', active: true } },
			people: { '101': { type: '11', active: true, confirm, email: 'a@example.test', days } },
		});
	const none: Watch = { ...all, events: [] };
	const marksOf = (known: ReturnType<typeof seed>) =>
		[...known.users.values()].map(({ told, overdue }) => ({ told, overdue }));
	const marked = (told: boolean, overdue: boolean, userTypeId = '11') => {
		const known = seed(late(), all, NOW);
		for (const user of known.users.values()) Object.assign(user, { told, overdue, userTypeId });
		return known;
	};

	test.each<[string, Watch, Findings, boolean]>([
		['late', all, late(), true],
		['late to the day', all, late(7), true],
		['not late yet', all, late(6.9), false],
		['confirmed', all, late(9, true), false],
		['late, and not asked for', none, late(), false],
	])('at a first look: overdue if %s', (_, watch, reading, overdue) => {
		expect(marksOf(seed(reading, watch, NOW))).toEqual([{ told: false, overdue }]);
		expect([...seed(reading, watch, NOW).users.values()][0]).toMatchObject({
			id: '101',
			userTypeId: '11',
			active: true,
		});
	});

	test.each<[string, Watch, Watch, boolean, boolean, boolean]>([
		['that was not asked for before', none, all, true, true, false],
		['with another threshold before', { ...all, unconfirmedDays: 3 }, all, true, true, false],
		['that is not asked for any more', all, none, false, false, true],
		['that was asked for by nobody', none, none, true, false, true],
	])('nothing is told of one %s', (_, was, is, told, overdue, isUnread) => {
		const known = marked(told, false);
		const result = compare(known, late(), { was, is, includeOverdue: true }, NOW);
		expect(result.events).toEqual([]);
		// Without events about people, people are not read, and nobody is known.
		expect(marksOf(result.known)).toEqual(isUnread ? [] : [{ told: false, overdue }]);
	});

	test.each([
		['new', false, false, false, 1, { told: true, overdue: false }],
		['told before', true, false, true, 0, { told: true, overdue: false }],
		['told before, overdue at first', true, true, true, 0, { told: true, overdue: true }],
		['overdue at first', false, true, false, 0, { told: false, overdue: true }],
		['overdue at first and asked for', false, true, true, 1, { told: true, overdue: true }],
	])('one that is %s', (_, told, overdue, includeOverdue, amount, marks) => {
		const result = compare(
			marked(told, overdue),
			late(),
			{ was: all, is: all, includeOverdue },
			NOW,
		);
		expect(result.events.map(({ event }) => event)).toEqual(Array(amount).fill('unconfirmed'));
		expect(marksOf(result.known)).toEqual([marks]);
	});

	test('has what was known of the person beside it', () => {
		const asked = { was: all, is: all, includeOverdue: false };
		expect(compare(marked(false, false), late(), asked, NOW).events).toMatchObject([
			{ previous: { user_type_id: '11', active: true, confirm: false } },
		]);
	});

	test.each<[string, string[], string[]]>([
		['before', ['12'], ['11']],
		['now', ['11'], ['12']],
	])('one in a user type that is not watched %s is overdue from then on', (_, was, is) => {
		const watching = (userTypes: string[]): Watch => ({ ...all, userTypes });
		const asked = { was: watching(was), is: watching(is), includeOverdue: false };
		const result = compare(marked(false, false), late(), asked, NOW);
		expect(result.events).toEqual([]);
		expect(marksOf(result.known)).toEqual([{ told: false, overdue: true }]);
	});
});

test('somebody found by ID is told as somebody on a list, without a time of invitation too', () => {
	const row = { personality_id: '101', active: true, confirm: true, email: 'a@example.test' };
	const type = userTypeOfRow({ id: '11', name: 'One', active: true });
	const found = [row, toPortalUser(row, { id: '11', name: 'One' })].map((one) =>
		jsonOf(personOfRow(one, type)),
	);
	expect(found[0]).toEqual(found[1]);
	expect(found[0]).toMatchObject({ invited_time: null });
});

describe('what is known from now on', () => {
	const person = { active: true, confirm: true, email: 'a@example.test', days: 1 };
	const portalOf = (people: Record<string, Partial<Somebody>>): Portal => ({
		types: { '11': { name: 'One', active: true }, '12': { name: 'Two', active: true } },
		people: Object.fromEntries(
			Object.entries(people).map(([id, one]) => [id, { type: '11', ...person, ...one }]),
		),
	});
	const asked = { was: all, is: all, includeOverdue: false };
	const two = portalOf({ '101': {}, '102': {} });
	const known = () => seed(read(two), all, NOW);
	/** Nobody is found: all are as before but for what is given. */
	const nobody = (some: Partial<Findings> = {}): Findings => ({ ...read(portalOf({})), ...some });
	const unreadable = {
		userTypeId: '12',
		active: false,
		confirm: false,
		told: false,
		overdue: false,
		unread: true,
	};

	test('is the same map where nothing changed, and where nobody was looked at', () => {
		const before = known();
		expect(compare(before, read(two), { ...asked }, NOW).known.users).toBe(before.users);
		expect(compare(before, nobody(), asked, NOW).known.users).toBe(before.users);
		const none = { ...all, events: [] };
		const without = { ...before, users: new Map() };
		expect(compare(without, nobody(), { ...asked, is: none }, NOW).known.users).toBe(without.users);
		expect(compare(before, nobody(), { ...asked, is: none }, NOW).known.users.size).toBe(0);
	});

	test.each<[string, Partial<Somebody>]>([
		['user type', { type: '12' }],
		['activation', { active: false }],
		['confirmation', { confirm: false }],
		['address', { email: 'b@example.test' }],
		['lateness', { confirm: false, days: 9 }],
	])('has the new %s of one person, and the other as before', (_, change) => {
		const now = read(portalOf({ '101': change }));
		const before = known();
		const { users } = compare(before, now, asked, NOW).known;
		expect(users).not.toBe(before.users);
		expect([...users.keys()]).toEqual(['101', '102']);
		expect(users.get('102')).toBe(before.users.get('102'));
		const again = seed(now, all, NOW).users.get('101');
		expect(users.get('101')).toMatchObject({
			userTypeId: again?.userTypeId,
			active: again?.active,
			confirm: again?.confirm,
			emailHash: again?.emailHash,
		});
	});

	test.each(['told', 'overdue'] as const)('a mark alone is a change: %s', (mark) => {
		const before = known();
		const late = portalOf({ '101': { confirm: false, days: 9 } });
		for (const user of before.users.values()) Object.assign(user, { confirm: false });
		const marked = compare(before, read(late), asked, NOW).known;
		expect(marked.users.get('101')).toMatchObject({ told: true, overdue: false });
		const others = { was: { ...all, userTypes: ['12'] }, is: all, includeOverdue: false };
		const noted = compare(before, read(late), others, NOW).known;
		expect(noted.users.get('101')).toMatchObject({ told: false, overdue: true });
		expect({ told: marked, overdue: noted }[mark].users).not.toBe(before.users);
	});

	test('is without who is gone, and nothing else', () => {
		const before = known();
		const { events, known: after } = compare(before, nobody({ gone: ['101', '999'] }), asked, NOW);
		expect(events.map(lineOf)).toEqual(['userRemoved 101']);
		expect([...after.users]).toEqual([['102', before.users.get('102')]]);
	});

	describe('of rows that cannot be read', () => {
		const odd = new Map([['103', '12']]);

		test('who is new has a user type and no state, at a first look and later', () => {
			const expected = { id: '103', ...unreadable };
			expect(seed(nobody({ odd }), all, NOW).users.get('103')).toEqual(expected);
			const { events, known: after } = compare(known(), nobody({ odd }), asked, NOW);
			expect(events).toEqual([]);
			expect([...after.users.keys()]).toEqual(['101', '102', '103']);
			expect(after.users.get('103')).toEqual(expected);
		});

		test('who is known stays as known', () => {
			const before = known();
			const some = { odd: new Map([['101', '12']]) };
			expect(compare(before, nobody(some), asked, NOW).known.users).toBe(before.users);
		});

		test.each([
			['late', 9, true],
			['not late', 1, false],
		])('nothing is told once one can be read, who is %s', (_, days, overdue) => {
			const before = compare(known(), nobody({ odd }), asked, NOW).known;
			const readable = read(portalOf({ '103': { active: false, confirm: false, days } }));
			const { events, known: after } = compare(before, readable, asked, NOW);
			expect(events).toEqual([]);
			const then = after.users.get('103');
			expect(then).toMatchObject({ userTypeId: '11', active: false, told: false, overdue });
			expect(then).not.toHaveProperty('unread');
		});

		test('who can be read then is known, even in the state of a row that cannot be read', () => {
			const before = compare(known(), nobody({ odd }), asked, NOW).known;
			const found = { type: '12', active: false, confirm: false, email: '' };
			const after = compare(before, read(portalOf({ '103': found })), asked, NOW).known;
			expect(after.users.get('103')).not.toHaveProperty('unread');
		});

		test('who is new is noted beside somebody who has changed', () => {
			const found = read(portalOf({ '101': { active: false } }));
			const { users } = compare(known(), { ...found, odd }, asked, NOW).known;
			expect(users.get('101')).toMatchObject({ active: false });
			expect(users.get('103')).toMatchObject(unreadable);
		});

		test('of one who is gone no state is told', () => {
			const before = compare(known(), nobody({ odd }), asked, NOW).known;
			const { events } = compare(before, nobody({ gone: ['103'] }), asked, NOW);
			expect(events).toMatchObject([{ event: 'userRemoved' }]);
			expect(events[0].previous).toEqual({ user_type_id: '12', user_type_name: 'Two' });
		});
	});

	test.each([
		[false, false, false],
		[true, false, true],
		[false, true, true],
	])('another number of days: told %j and overdue %j, not looked at, is overdue %j', (...row) => {
		const [told, overdue, after] = row;
		const before = known();
		for (const user of before.users.values()) Object.assign(user, { told, overdue });
		const other = { ...asked, was: { ...all, unconfirmedDays: 3 } };
		const found = read(portalOf({ '101': { confirm: false, days: 9 } }));
		const { users } = compare(before, found, other, NOW).known;
		expect(users.get('102')).toEqual({
			...before.users.get('102'),
			told: false,
			overdue: after,
		});
		expect(users.get('101')).toMatchObject({ confirm: false, told: false, overdue: true });
	});
});
