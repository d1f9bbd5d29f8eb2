import { errorData, ZohoApiError } from '../../nodes/ZohoCrmPortals/transport/error';
import { proveByIds, toPortalUser } from '../../nodes/ZohoCrmPortals/transport/people';
import { readBelievably } from '../../nodes/ZohoCrmPortals/trigger/believe';
import type { Caution } from '../../nodes/ZohoCrmPortals/trigger/believe';
import { personOf, userTypeOf } from '../../nodes/ZohoCrmPortals/trigger/reading';
import { readUsers, readUserTypes } from '../../nodes/ZohoCrmPortals/trigger/readPortal';
import type { Source } from '../../nodes/ZohoCrmPortals/trigger/readPortal';
import type { Snapshot } from '../../nodes/ZohoCrmPortals/trigger/snapshot';
import type { KnownUser } from '../../nodes/ZohoCrmPortals/trigger/users';
import { connectionOf } from './connection';

jest.mock('../../nodes/ZohoCrmPortals/trigger/readPortal', () => ({
	...jest.requireActual<object>('../../nodes/ZohoCrmPortals/trigger/readPortal'),
	readUsers: jest.fn(),
	readUserTypes: jest.fn(),
}));

jest.mock('../../nodes/ZohoCrmPortals/transport/people', () => ({
	...jest.requireActual<object>('../../nodes/ZohoCrmPortals/transport/people'),
	proveByIds: jest.fn(),
}));

/** One reading: the people of each user type, or the code of an error. */
type Lists = Record<string, string[]> | string;

interface Script {
	/** What the lists of users say, one reading after the other. */
	lists: Lists[];
	/** How many users Zoho counts in each user type, likewise; the last holds on. */
	counts?: Array<Record<string, number | undefined>>;
	/** In which user types somebody is found who is asked for by ID. */
	found?: Record<string, string[]>;
	/** Who was known, by user type. */
	before?: Record<string, string[]>;
	caution?: Partial<Caution>;
}

const source: Source = { connection: connectionOf(), portal: 'portal', withModules: false };

function snapshotOf(people: Record<string, string[]>): Snapshot {
	const known = { active: true, confirm: true, emailHash: 0, told: false, overdue: false };
	const users = Object.entries(people).flatMap(([userTypeId, ids]) =>
		ids.map((id): [string, KnownUser] => [id, { ...known, id, userTypeId }]),
	);
	return { userTypes: [], users: new Map(users) };
}

/** Reads by a script; returns what came of it, and who was asked for by ID. */
async function read({
	lists,
	counts = [{ '11': undefined }],
	found = {},
	before,
	caution,
}: Script) {
	const asked: string[] = [];
	let readings = 0;
	let looks = 0;
	jest
		.mocked(readUserTypes)
		.mockReset()
		.mockImplementation(async () => {
			const now = counts[Math.min(looks++, counts.length - 1)];
			return await Promise.resolve(
				Object.entries(now).map(([id, no_of_users]) =>
					userTypeOf({ id, name: `Type ${id}`, no_of_users }),
				),
			);
		});
	jest
		.mocked(readUsers)
		.mockReset()
		.mockImplementation(async (_, userTypes) => {
			const said = lists[Math.min(readings++, lists.length - 1)];
			if (said === 'bug') throw new TypeError(said);
			if (typeof said === 'string') throw new ZohoApiError(errorData(200, said));
			return await Promise.resolve(
				userTypes.map((userType) =>
					(said[userType.id] ?? []).map((personality_id) =>
						personOf({ personality_id, active: true, confirm: true }, userType),
					),
				),
			);
		});
	jest
		.mocked(proveByIds)
		.mockReset()
		.mockImplementation(async (_, __, place, ids) => {
			asked.push(...ids.map((id) => `${id} in ${place.id}`));
			return await Promise.resolve(
				ids
					.filter((id) => found[id]?.includes(place.id))
					.map((personality_id) =>
						toPortalUser({ personality_id, active: true, confirm: true }, place),
					),
			);
		});
	const result = await readBelievably(source, before && snapshotOf(before), {
		maxRemovals: 1,
		patient: true,
		...caution,
	}).catch((error: unknown) => {
		if (error instanceof ZohoApiError) return error.data;
		throw error;
	});
	const people =
		'reading' in result
			? [...result.reading.people.values()].map(({ id, userTypeId }) => `${id} in ${userTypeId}`)
			: [];
	return {
		people: people.sort(),
		doubtful: 'doubtful' in result ? result.doubtful : undefined,
		error: 'code' in result ? { code: result.code, details: result.details } : undefined,
		readings,
		looks,
		asked: asked.sort(),
	};
}

const plain = { doubtful: undefined, error: undefined, readings: 1, looks: 1, asked: [] };

test('a first look is believed', async () => {
	expect(await read({ lists: [{ '11': ['1', '2'] }] })).toEqual({
		...plain,
		people: ['1 in 11', '2 in 11'],
	});
	expect(await read({ lists: [{}] })).toEqual({ ...plain, people: [] });
});

test('what is as it was is believed, whatever Zoho counts', async () => {
	const script = { lists: [{ '11': ['1'] }], before: { '11': ['1'] } };
	const expected = { ...plain, people: ['1 in 11'] };
	expect(await read(script)).toEqual(expected);
	expect(await read({ ...script, counts: [{ '11': 7 }] })).toEqual(expected);
});

describe('somebody who is missing', () => {
	const script: Script = { lists: [{ '11': ['1'] }], before: { '11': ['1', '2'] } };

	test('is looked for by ID, and stays where they are found', async () => {
		expect(await read({ ...script, found: { '2': ['11'] } })).toEqual({
			...plain,
			people: ['1 in 11', '2 in 11'],
			asked: ['2 in 11'],
		});
	});

	test('is gone where they are not found, and the user types are the same', async () => {
		expect(await read(script)).toEqual({
			...plain,
			people: ['1 in 11'],
			looks: 2,
			asked: ['2 in 11'],
		});
	});

	test('may be in a user type that is new: all is read again', async () => {
		const [old, now] = [{ '11': undefined }, { '11': undefined, '12': undefined }];
		expect(
			await read({
				...script,
				lists: [{ '11': ['1'] }, { '11': ['1'], '12': ['2'] }],
				counts: [old, now],
			}),
		).toEqual({
			...plain,
			people: ['1 in 11', '2 in 12'],
			readings: 2,
			looks: 3,
			asked: ['2 in 11'],
		});
	});

	test('is gone also where a user type was deleted meanwhile', async () => {
		const [old, now] = [{ '11': undefined, '12': undefined }, { '11': undefined }];
		expect(await read({ ...script, counts: [old, now] })).toMatchObject({
			people: ['1 in 11'],
			// The other user type, in which nobody is known, in full.
			readings: 2,
			looks: 2,
		});
	});

	test('in a portal that goes on changing is an error', async () => {
		const counts = [11, 12, 13, 14, 15, 16].map((last) =>
			Object.fromEntries(
				Array.from({ length: last - 10 }, (_, index) => [String(11 + index), undefined]),
			),
		);
		expect(await read({ ...script, counts })).toMatchObject({
			error: { code: 'PORTAL_CHANGING', details: {} },
			// Each one, and the user types in which nobody is known.
			readings: 9,
			looks: 6,
		});
	});
});

test('somebody who is seen in two user types is looked for, and stays where they were', async () => {
	const counts = [{ '11': undefined, '12': undefined }];
	const lists = [{ '11': ['1', '2'], '12': ['1', '3'] }];
	const script: Script = { lists, counts, before: { '11': ['1', '2'], '12': ['3'] } };
	const expected = { ...plain, asked: ['1 in 11', '1 in 12'] };
	expect(await read({ ...script, found: { '1': ['11', '12'] } })).toEqual({
		...expected,
		people: ['1 in 11', '2 in 11', '3 in 12'],
	});
	expect(await read({ ...script, found: { '1': ['12'] } })).toEqual({
		...expected,
		people: ['1 in 12', '2 in 11', '3 in 12'],
	});
	expect(await read({ lists, counts })).toEqual({ ...expected, people: ['2 in 11', '3 in 12'] });
});

describe('where more are missing than may be', () => {
	const before = { '11': ['1', '2', '3', '4'] };
	const few = { '11': ['1', '2'] };
	const gone = { readings: 2, looks: 3, doubtful: undefined, error: undefined };

	test('as many as may be missing are looked for at once', async () => {
		const script: Script = { lists: [few], before, caution: { maxRemovals: 2 } };
		expect(await read(script)).toMatchObject({
			people: ['1 in 11', '2 in 11'],
			readings: 1,
			asked: ['3 in 11', '4 in 11'],
		});
	});

	test('it is read again; who is back was never gone', async () => {
		expect(await read({ lists: [few, before], before })).toEqual({
			...plain,
			readings: 2,
			looks: 2,
			people: ['1 in 11', '2 in 11', '3 in 11', '4 in 11'],
		});
	});

	test('a second reading is believed where the counts agree, and nobody is asked for', async () => {
		expect(await read({ lists: [few], counts: [{ '11': 2 }], before })).toEqual({
			...gone,
			people: ['1 in 11', '2 in 11'],
			asked: [],
		});
	});

	test('no count is no contradiction', async () => {
		expect(await read({ lists: [few], before })).toMatchObject(gone);
	});

	test('who was there in the first reading is looked for', async () => {
		const lists = [{ '11': ['1', '2'] }, { '11': ['1', '4'] }];
		expect(await read({ lists, counts: [{ '11': 2 }], before, found: { '2': ['11'] } })).toEqual({
			...gone,
			people: ['1 in 11', '2 in 11', '4 in 11'],
			asked: ['2 in 11'],
		});
	});

	test('counts that never agree are an error for the patient', async () => {
		const counts = [{ '11': 4, '12': 1, '13': undefined }];
		const script: Script = { lists: [{ '11': ['1', '2'], '12': ['5'] }], counts, before };
		expect(await read(script)).toEqual({
			people: [],
			doubtful: undefined,
			error: { code: 'COUNTS_DISAGREE', details: { missing: 2, counted: 5, read: 3 } },
			readings: 3,
			looks: 3,
			asked: [],
		});
		expect(await read({ ...script, caution: { patient: false } })).toEqual({
			people: ['1 in 11', '2 in 11', '5 in 12'],
			doubtful: true,
			error: undefined,
			readings: 3,
			looks: 4,
			asked: [],
		});
	});

	test('one count that agrees does not speak for the others', async () => {
		const counts = [{ '11': 2, '12': 9 }];
		expect(await read({ lists: [{ ...few, '12': ['5'] }], counts, before })).toMatchObject({
			error: { code: 'COUNTS_DISAGREE' },
		});
	});

	test('a reading that fails in between does not make the one before it forgotten', async () => {
		const lists = [{ '11': ['1', '2'] }, 'INVALID_DATA', { '11': ['1', '4'] }];
		const script: Script = { lists, before, found: { '2': ['11'] } };
		expect(await read({ ...script, counts: [{ '11': 2 }] })).toEqual({
			people: ['1 in 11', '2 in 11', '4 in 11'],
			doubtful: undefined,
			error: undefined,
			readings: 3,
			looks: 4,
			asked: ['2 in 11'],
		});
	});

	test('a last reading is not believed by itself', async () => {
		const lists = ['INVALID_DATA', 'INVALID_DATA', few];
		expect(await read({ lists, before })).toMatchObject({
			error: { code: 'COUNTS_DISAGREE' },
			readings: 3,
		});
		expect(await read({ lists, before, caution: { patient: false } })).toMatchObject({
			doubtful: true,
			asked: [],
		});
	});
});

test('everybody at once is not believed to be gone, however many may be', async () => {
	const script: Script = { lists: [{}], before: { '11': ['1'] }, caution: { maxRemovals: 9 } };
	expect(await read(script)).toMatchObject({ people: [], readings: 2, asked: [] });
	expect(await read({ ...script, before: {} })).toMatchObject({ readings: 1 });
});

describe('a user type that came back empty', () => {
	const counts = [{ '11': 1, '12': 2 }];
	const lists: Lists[] = [{ '11': ['1'] }, { '11': ['1'], '12': ['2', '3'] }];

	test('is read again where Zoho counts people in it', async () => {
		expect(await read({ lists, counts })).toMatchObject({
			people: ['1 in 11', '2 in 12', '3 in 12'],
			readings: 2,
			looks: 2,
		});
		expect(await read({ lists, counts: [{ '11': 1, '12': 0 }] })).toMatchObject({ readings: 1 });
		expect(await read({ lists, counts: [{ '11': 1, '12': undefined }] })).toMatchObject({
			readings: 1,
		});
	});

	test('is believed where it was known to be empty', async () => {
		expect(await read({ lists, counts, before: { '11': ['1'] } })).toMatchObject({ readings: 1 });
		expect(await read({ lists, counts, before: { '11': ['1'], '12': ['2'] } })).toMatchObject({
			readings: 2,
		});
	});
});

describe('a reading that fails', () => {
	const people = { '11': ['1'] };

	test.each(['ENDLESS_PAGES', 'INCOMPLETE_LIST', 'INVALID_DATA', 'PORTAL_CHANGING'])(
		'with %s is tried twice more',
		async (code) => {
			expect(await read({ lists: [code, code, people] })).toMatchObject({
				people: ['1 in 11'],
				readings: 3,
			});
			expect(await read({ lists: [code] })).toMatchObject({ error: { code }, readings: 3 });
		},
	);

	test('with anything else ends at once', async () => {
		expect(await read({ lists: ['NO_PERMISSION', people] })).toMatchObject({
			error: { code: 'NO_PERMISSION' },
			readings: 1,
		});
		await expect(read({ lists: ['bug', people] })).rejects.toThrow(TypeError);
	});
});
