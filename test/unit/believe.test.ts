import type { IDataObject } from 'n8n-workflow';

import { dataOf, errorData, ZohoApiError } from '../../nodes/ZohoCrmPortals/http/error';
import { send } from '../../nodes/ZohoCrmPortals/http/request';
import { confirmUserTypes, readBelievably } from '../../nodes/ZohoCrmPortals/trigger/believe';
import type { Caution } from '../../nodes/ZohoCrmPortals/trigger/believe';
import type { Source } from '../../nodes/ZohoCrmPortals/trigger/readPortal';
import type { Snapshot } from '../../nodes/ZohoCrmPortals/trigger/snapshot';
import { connectionOf } from './connection';

jest.mock('../../nodes/ZohoCrmPortals/http/request', () => ({
	...jest.requireActual<object>('../../nodes/ZohoCrmPortals/http/request'),
	send: jest.fn(),
}));

/** A portal as one look at it finds it: people by their user type, and what is odd about it. */
interface Look {
	/** IDs of the people that a user type lists. */
	people: Record<string, string[]>;
	/** How many Zoho counts; as many as there are unless said otherwise. */
	counts?: Record<string, number | undefined>;
	/** People whom a list leaves out, though they are found by ID. */
	slipped?: string[];
	/** People whose row does not say how they are. */
	odd?: string[];
	/** A row that does not say whom it is about is in the list of this user type. */
	nameless?: string;
	/** A code with which lists of people are refused. */
	refused?: string;
}

/** Zoho's answers, one look after the other: each list of user types begins the next one. */
function portalOf(looks: Look[]) {
	const asked = { types: 0, lists: 0, byId: [] as string[] };
	const rowOf = (id: string, { odd = [] }: Look): IDataObject => ({
		personality_id: id,
		active: odd.includes(id) ? 'perhaps' : true,
		confirm: true,
	});
	jest.mocked(send).mockImplementation(async (_, { path, query = {} }) => {
		const isList = path.endsWith('/users');
		if (!isList) asked.types++;
		const look = looks[Math.min(asked.types, looks.length) - 1];
		const { people, counts = {}, slipped = [], nameless, refused } = look;
		const answer = (rows: IDataObject[]) => ({ httpStatus: 200, rows, info: {} });
		if (!isList) {
			const rows = Object.entries(people).map(([id, { length }]) => ({
				...{ id, name: `Type ${id}` },
				no_of_users: id in counts ? counts[id] : length,
			}));
			return await Promise.resolve(answer(rows));
		}
		if (refused !== undefined) throw new ZohoApiError(errorData(400, refused));
		const [, type = ''] = /user_type\/(\d+)\/users$/.exec(path) ?? [];
		const here = people[type] ?? [];
		const { personality_ids: ids } = query;
		if (typeof ids === 'string') {
			asked.byId.push(ids);
			return answer(here.filter((id) => ids.split(',').includes(id)).map((id) => rowOf(id, look)));
		}
		asked.lists++;
		const rows = here.filter((id) => !slipped.includes(id)).map((id) => rowOf(id, look));
		return answer(nameless === type ? [...rows, { active: true, confirm: true }] : rows);
	});
	return asked;
}

const sourceOf = (withPeople = true): Source => ({
	connection: connectionOf(),
	portal: 'Acme',
	withModules: false,
	withPeople,
});

/** What was known: these people, by their user type. */
const knownOf = (people: Record<string, string[]>): Snapshot => ({
	userTypes: Object.keys(people).map((id) => ({ id, name: `Type ${id}`, active: true })),
	users: new Map(
		Object.entries(people).flatMap(([userTypeId, ids]) =>
			ids.map((id) => {
				const states = { active: true, confirm: true, told: false, overdue: false };
				return [id, { id, userTypeId, ...states }] as const;
			}),
		),
	),
});

const PEOPLE = { 1: ['11', '12', '13', '14'], 2: ['21', '22'] };
const CAUTION: Caution = { maxRemovals: 1, patient: true, differences: new Map() };

/** What is believed of some looks, or the code of the error. */
async function believed(
	looks: Look[],
	before: Snapshot | undefined = knownOf(PEOPLE),
	caution: Partial<Caution> = {},
) {
	const asked = portalOf(looks);
	return await readBelievably(sourceOf(), before, { ...CAUTION, ...caution }).then(
		({ findings: { people, gone, odd, nameless }, doubtful = false, isOther, amounts }) => ({
			...{ people: [...people.keys()].sort(), gone, odd: [...odd.keys()], nameless },
			...{ doubtful, isOther, amounts: Object.fromEntries(amounts), asked },
		}),
		(error: unknown) => ({ code: dataOf(error).code, details: dataOf(error).details, asked }),
	);
}

const ALL = ['11', '12', '13', '14', '21', '22'];
const without = (...ids: string[]) => ({
	1: PEOPLE[1].filter((id) => !ids.includes(id)),
	2: PEOPLE[2].filter((id) => !ids.includes(id)),
});
/** Counts that are always wrong by one. */
const WRONG = { 1: 5, 2: 3 };

describe('with people who are known', () => {
	test('one reading does not stand against the counts, if the others have failed', async () => {
		const refused = { people: PEOPLE, refused: 'INVALID_DATA' };
		const short = { people: without('11', '12', '21'), counts: WRONG };
		const caution = { patient: false };
		const once = await believed([refused, refused, short], knownOf(PEOPLE), caution);
		expect(once).toMatchObject({ code: 'PORTAL_CHANGING' });
		const twice = await believed([refused, short, short], knownOf(PEOPLE), caution);
		expect(twice).toMatchObject({ gone: ['11', '12', '21'], doubtful: true });
	});

	test('who are all there, one reading is enough, whatever Zoho counts', async () => {
		const result = await believed([{ people: PEOPLE, counts: WRONG }]);
		expect(result).toEqual({
			...{ people: ALL, gone: [], odd: [], nameless: 0, doubtful: false, isOther: false },
			...{ amounts: { 1: 4, 2: 2 }, asked: { types: 1, lists: 2, byId: [] } },
		});
	});

	test('one who is missing is looked for by ID in all user types, and the user types again', async () => {
		const result = await believed([{ people: without('12') }]);
		expect(result).toMatchObject({ gone: ['12'], doubtful: false });
		expect(result).toMatchObject({ people: ALL.filter((id) => id !== '12') });
		expect(result.asked).toMatchObject({ types: 2, lists: 2 });
		expect(result.asked.byId.map((ids) => ids.split(',').sort().join())).toEqual([
			'12,14',
			'12,14',
			'12,22',
			'12,22',
		]);
	});

	test('who slipped through a list are there', async () => {
		const result = await believed([{ people: PEOPLE, slipped: ['12'] }]);
		expect(result).toMatchObject({ people: ALL, gone: [], asked: { types: 1 } });
	});

	test('who moved are where they were found', async () => {
		const moved = { 1: ['11', '13', '14'], 2: ['21', '22', '12'] };
		expect(await believed([{ people: moved }])).toMatchObject({ people: ALL, gone: [] });
	});

	test('of whom more are missing than may be are read again, until the counts agree', async () => {
		const people = without('12', '13');
		const result = await believed([{ people }]);
		expect(result).toMatchObject({ gone: ['12', '13'], doubtful: false, asked: { types: 3 } });
		expect(await believed([{ people: PEOPLE, slipped: ['12', '13'] }])).toMatchObject({
			code: 'COUNTS_DISAGREE',
			details: { missing: 2, counted: 6, read: 4 },
			asked: { types: 3 },
		});
		const allowed = await believed([{ people }], knownOf(PEOPLE), { maxRemovals: 2 });
		expect(allowed).toMatchObject({ gone: ['12', '13'], asked: { types: 2 } });
	});

	test('the counts agree with the second reading, which is believed', async () => {
		const few = { people: without('12', '13') };
		const result = await believed([{ ...few, counts: WRONG }, few, few]);
		expect(result).toMatchObject({ gone: ['12', '13'], doubtful: false, asked: { types: 3 } });
	});

	test('without patience the last reading is believed against the counts, and doubtful', async () => {
		const people = without('12', '13');
		const counts = WRONG;
		const result = await believed([{ people, counts }], knownOf(PEOPLE), { patient: false });
		expect(result).toMatchObject({ gone: ['12', '13'], doubtful: true, asked: { types: 4 } });
	});

	test('whoever was there in an earlier reading of the poll is looked for again', async () => {
		const looks = [
			{ people: without('13', '14', '22'), counts: WRONG },
			{ people: PEOPLE, slipped: ['12', '13'], counts: WRONG },
			{ people: PEOPLE, slipped: ['11', '21'], counts: WRONG },
		];
		const result = await believed(looks, knownOf(PEOPLE), { patient: false });
		expect(result).toMatchObject({ people: ALL, gone: [], doubtful: true });
	});

	test('whoever was there in any reading of the poll is looked for again', async () => {
		const slipped = { people: PEOPLE, slipped: ['11', '12'], counts: WRONG };
		const first = { people: PEOPLE, slipped: ['13', '14'], counts: WRONG };
		const looks = [first, slipped, slipped];
		const result = await believed(looks, knownOf(PEOPLE), { patient: false });
		expect(result).toMatchObject({ people: ALL, gone: [], doubtful: true });
	});

	test('whoever was there in a reading that failed later is looked for again', async () => {
		const types = { ...PEOPLE, 3: ['31'] };
		const looks = [
			{ people: PEOPLE, slipped: ['11', '12'], counts: WRONG },
			{ people: without('13'), counts: { 1: 3, 2: 2 } },
			// A new user type, seen after the look for the person who is gone: the reading fails.
			{ people: { ...types, ...without('13') }, slipped: ['11', '12'], counts: WRONG },
		];
		const result = await believed(looks, knownOf(PEOPLE), { patient: false });
		expect(result).toMatchObject({ gone: ['13'], doubtful: true });
	});

	test('a poll that finds nobody is read again, although all may be gone', async () => {
		const people = { 1: [], 2: [] };
		const allowed = { maxRemovals: 100 };
		const result = await believed([{ people }], knownOf(PEOPLE), allowed);
		expect(result).toMatchObject({ gone: ALL, people: [], asked: { types: 3 } });
		const lists = { people: PEOPLE, slipped: ALL };
		expect(await believed([lists], knownOf(PEOPLE), allowed)).toMatchObject({
			code: 'COUNTS_DISAGREE',
			details: { missing: 6, counted: 6, read: 0 },
		});
	});

	test('nobody is gone while a user type has no list and people by Zoho', async () => {
		const hollow = { people: without('21', '22'), counts: { 1: 4, 2: 2 } };
		const allowed = { maxRemovals: 100 };
		expect(await believed([hollow], knownOf(PEOPLE), allowed)).toMatchObject({
			code: 'COUNTS_DISAGREE',
		});
		const usual = new Map([['2', { by: 2, isUsual: true }]]);
		const result = await believed([hollow], knownOf(PEOPLE), { ...allowed, differences: usual });
		expect(result).toMatchObject({ gone: ['21', '22'], doubtful: false, asked: { types: 2 } });
		const before = knownOf({ 1: PEOPLE[1], 2: [] });
		expect(await believed([hollow], before)).toMatchObject({ gone: [], asked: { types: 1 } });
	});

	test('whose row cannot be read are there; a row without a name may be anybody', async () => {
		const odd = await believed([{ people: PEOPLE, odd: ['12'] }]);
		expect(odd).toMatchObject({ gone: [], odd: ['12'], asked: { types: 1, byId: [] } });
		const slipped = await believed([{ people: PEOPLE, odd: ['12'], slipped: ['12'] }]);
		expect(slipped).toMatchObject({ gone: [], odd: ['12'] });
		const nameless = await believed([{ people: without('12'), nameless: '1' }]);
		expect(nameless).toMatchObject({ gone: [], nameless: 1, asked: { types: 1 } });
		const all = { people: { 1: [], 2: [] }, nameless: '1', counts: { 1: 1 } };
		const result = await believed([all], knownOf(PEOPLE), { maxRemovals: 100 });
		expect(result).toMatchObject({ gone: [] });
		const again = { people: { 1: [], 2: PEOPLE[2] }, nameless: '1', counts: { 1: 1 } };
		const known = knownOf({ 1: ['12'], 2: PEOPLE[2] });
		expect(await believed([again], known)).toMatchObject({ gone: [], nameless: 2 });
		const strange = { people: { 1: ['11'], 2: [] }, odd: ['11'], counts: { 1: 9, 2: 0 } };
		const left = await believed([strange], knownOf({ 1: ['11', '12'], 2: [] }));
		expect(left).toMatchObject({ gone: ['12'], odd: ['11'], asked: { types: 2 } });
	});

	test('a portal that had nobody and has nobody is read once', async () => {
		const nobody = { 1: [], 2: [] };
		const result = await believed([{ people: nobody }], knownOf(nobody));
		expect(result).toMatchObject({ gone: [], doubtful: false, asked: { types: 1 } });
	});

	test('as many rows that cannot be read as people are not an empty portal', async () => {
		const before = knownOf({ 1: ['11', '12', '13'], 2: [] });
		const look = { people: { 1: ['11', '12'], 2: [] }, odd: ['11'] };
		expect(await believed([look], before)).toMatchObject({ gone: ['13'], asked: { types: 2 } });
	});

	describe('a user type whose people Zoho does not count', () => {
		const counts = { 1: undefined, 2: undefined };
		const emptied = { people: { 1: PEOPLE[1], 2: [] }, counts };
		const many = { maxRemovals: 5 };

		test('and that became empty is read once more', async () => {
			const result = await believed([emptied, emptied], knownOf(PEOPLE), many);
			expect(result).toMatchObject({ gone: PEOPLE[2], doubtful: false, asked: { types: 3 } });
		});

		test('and that was empty for one reading has its people', async () => {
			const result = await believed([emptied, { people: PEOPLE, counts }]);
			expect(result).toMatchObject({ people: ALL, gone: [], asked: { types: 2 } });
		});

		test('and that still has people is read once', async () => {
			const result = await believed([{ people: without('21'), counts }]);
			expect(result).toMatchObject({ gone: ['21'], asked: { lists: 2 } });
		});

		test('beside one whose people Zoho counts, is read once more as well', async () => {
			const looks = [{ ...emptied, counts: { 2: undefined } }, emptied];
			const result = await believed(looks, knownOf(PEOPLE), many);
			expect(result).toMatchObject({ gone: PEOPLE[2], asked: { types: 3 } });
		});
	});

	test('who are in two user types are in the one where they were not known', async () => {
		const twice = { 1: PEOPLE[1], 2: [...PEOPLE[2], '12'] };
		const asked = portalOf([{ people: twice }]);
		const { findings } = await readBelievably(sourceOf(), knownOf(PEOPLE), CAUTION);
		expect(findings.people.get('12')?.userTypeId).toBe('1');
		expect(findings.gone).toEqual([]);
		expect(asked.byId).toHaveLength(4);
	});
});

describe('at a first look', () => {
	const first = async (looks: Look[], caution: Partial<Caution> = {}) => {
		const asked = portalOf(looks);
		const source = sourceOf();
		return await readBelievably(source, undefined, { ...CAUTION, ...caution }).then(
			({ findings, doubtful = false, isOther }) => ({
				...{ people: [...findings.people.keys()].sort(), gone: findings.gone },
				...{ doubtful, isOther, types: asked.types, byId: asked.byId },
			}),
			(error: unknown) => {
				const { code, details } = dataOf(error);
				return { code, details, types: asked.types };
			},
		);
	};

	test('counts that agree, or that Zoho does not give, are enough', async () => {
		const seen = { doubtful: false, isOther: false, types: 1, byId: [] };
		const people = { people: ALL, gone: [], ...seen };
		expect(await first([{ people: PEOPLE }])).toEqual(people);
		const none = { 1: undefined, 2: undefined };
		expect(await first([{ people: PEOPLE, counts: none }])).toEqual(people);
	});

	test('the same twice is enough otherwise', async () => {
		const result = await first([{ people: PEOPLE, counts: WRONG }]);
		expect(result).toMatchObject({ people: ALL, types: 2, doubtful: false });
	});

	test.each<[string, Record<string, string[]>]>([
		['one fewer', without('12')],
		['somebody else', { 1: ['11', '15', '13', '14'], 2: PEOPLE[2] }],
		['in another user type', { 1: ['11', '13', '14'], 2: [...PEOPLE[2], '12'] }],
		['in two user types', { 1: PEOPLE[1], 2: [...PEOPLE[2], '12'] }],
	])('%s in the second reading is not the same', async (_, people) => {
		const counts = { 1: 9, 2: 9 };
		const ids = Object.values(people).flat();
		const result = await first([
			{ people: PEOPLE, counts },
			{ people, counts },
			{ people, counts },
		]);
		expect(result).toMatchObject({ people: [...new Set(ids)].sort(), types: 3 });
	});

	test('three different readings: the last, with those of the one before who are there', async () => {
		const counts = { 1: 9, 2: 9 };
		const result = await first([
			{ people: without('21'), counts },
			{ people: PEOPLE, slipped: ['11'], counts },
			{ people: PEOPLE, slipped: ['12', '13'], counts },
		]);
		expect(result).toMatchObject({ people: ALL, doubtful: false, types: 3 });
		expect('byId' in result && result.byId.join().split(',').sort()).toEqual(
			['12', '12', '13', '13', '14', '14', '12', '12', '13', '13', '22', '22'].sort(),
		);
	});

	test('a last reading without one before it is believed', async () => {
		const changing = { people: PEOPLE, refused: 'INVALID_DATA' };
		const result = await first([changing, changing, { people: PEOPLE, counts: WRONG }]);
		expect(result).toMatchObject({ people: ALL, doubtful: false, types: 3, byId: [] });
	});

	test('a user type with people by Zoho and no list is doubtful', async () => {
		const looks = [{ people: without('21', '22'), counts: { 1: 4, 2: 2 } }];
		const details = { missing: 0, counted: 6, read: 4 };
		expect(await first(looks)).toEqual({ code: 'COUNTS_DISAGREE', details, types: 3 });
		const people = PEOPLE[1];
		expect(await first(looks, { patient: false })).toMatchObject({ people, doubtful: true });
	});
});

describe('a portal that changes while it is read', () => {
	const now = { people: PEOPLE };

	test.each(['INVALID_DATA', 'ENDLESS_PAGES', 'INCOMPLETE_LIST', 'PORTAL_CHANGING'])(
		'%s: it is read again, three times at most',
		async (refused) => {
			const changing = { people: PEOPLE, refused };
			expect(await believed([changing, changing, now])).toMatchObject({ people: ALL });
			const result = await believed([changing, changing, changing, now]);
			expect(result).toMatchObject({ code: refused, asked: { types: 3 } });
		},
	);

	test('another refusal ends the poll', async () => {
		const result = await believed([{ people: PEOPLE, refused: 'NO_PERMISSION' }, now]);
		expect(result).toMatchObject({ code: 'NO_PERMISSION', asked: { types: 1 } });
	});

	test.each<[string, Look]>([
		['a new user type', { people: { ...without('12'), 3: [] } }],
		['people in a user type that had none', { people: { 1: [], 2: ['21'] }, counts: { 1: 1 } }],
	])('%s, seen when somebody is gone: it is read again', async (_, look) => {
		const looks = [{ people: { 1: [], 2: ['21'] } }, look, now];
		const before = knownOf({ 1: [], 2: PEOPLE[2] });
		expect(await believed(looks, before)).toMatchObject({ people: ALL, gone: [] });
	});

	test('what is known of another portal of that name is of no use', async () => {
		const result = await believed([now], knownOf({ 8: ['81'] }));
		expect(result).toMatchObject({ isOther: true, people: ALL, gone: [], asked: { types: 1 } });
	});

	test('user types alone need no lists of people', async () => {
		const asked = portalOf([now]);
		const belief = await readBelievably(sourceOf(false), knownOf(PEOPLE), CAUTION);
		expect(belief).toMatchObject({ isOther: false, findings: { gone: [], nameless: 0 } });
		expect(belief.findings.userTypes.map(({ id }) => id)).toEqual(['1', '2']);
		expect(asked).toEqual({ types: 1, lists: 0, byId: [] });
	});

	test('lists that are believed against the counts are not held against them once more', async () => {
		portalOf([{ people: { 1: [] }, counts: { 1: 3 } }]);
		const [type] = (await readBelievably(sourceOf(false), undefined, CAUTION)).findings.userTypes;
		const looked = { userTypes: [type], amounts: new Map<string, number>() };
		await expect(confirmUserTypes(sourceOf(), looked)).resolves.toBeUndefined();
		const differences = new Map();
		await expect(confirmUserTypes(sourceOf(), { ...looked, differences })).rejects.toThrow();
		const amounts = new Map([['1', 2]]);
		const some = { ...looked, amounts, differences };
		await expect(confirmUserTypes(sourceOf(), some)).resolves.toBeUndefined();
	});
});
