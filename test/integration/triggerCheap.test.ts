import type { Switches } from '../../emulator/switches';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import { ALL_EVENTS } from '../../harness/events';
import { skipPauses, useHarness } from '../../harness/harness';
import { Polling, told } from '../../harness/polling';
import { userOf } from '../../harness/useEmulator';
import { savesCalls } from '../../nodes/ZohoCrmPortals/trigger/cheap';
import type { KnownUser } from '../../nodes/ZohoCrmPortals/trigger/users';

const harness = useHarness();
const { addUsers, calls } = harness;

const MINUTE = 60_000;

/** The emulator's people were invited long ago. */
const events = ALL_EVENTS.filter((event) => event !== 'unconfirmed');

let polling: Polling;
let workflows = 0;

const watch = (parameters: object = {}) => {
	polling = new Polling(harness.engine, { events, ...parameters }, `cheap ${++workflows}`);
};

beforeEach(() => watch());
afterEach(() => jest.restoreAllMocks());

const world = () => harness.emulator.world;
const lines = async () => (await polling.poll()).map(told);
const fullLists = () => calls().filter((call) => /type=AllUsers&page=/.test(call));

const user = (id: string) => userOf(harness.emulator, id);

/** Lets time pass. */
function wait(minutes: number): void {
	const now = Date.now();
	jest.spyOn(Date, 'now').mockReturnValue(now + minutes * MINUTE);
}

function behave(switches: Partial<Switches>): void {
	Object.assign(harness.emulator.switches, switches);
}

/** So many that a full reading takes more calls than a cheap poll. */
const addCrowd = () => addUsers(1_300, VENDORS);

/** People of all states, and one poll that knows them. */
async function populate() {
	addCrowd();
	const confirmed = addUsers(6);
	const waiting = addUsers(4, DEALERS, { confirm: false });
	const inactive = addUsers(2, DEALERS, { active: false });
	const premium = addUsers(3, PREMIUM);
	await polling.activate();
	harness.emulator.requests.length = 0;
	return { confirmed, waiting, inactive, premium };
}

type Populated = Awaited<ReturnType<typeof populate>>;

describe('an unchanged portal', () => {
	test('costs at most 12 calls, however many people are confirmed and active', async () => {
		addUsers(3_000);
		addUsers(300, DEALERS, { confirm: false });
		addUsers(200, DEALERS, { active: false });
		world().addUserType(PORTAL, 'Resellers');
		await polling.activate();
		harness.emulator.requests.length = 0;
		expect(await lines()).toEqual([]);
		expect(calls().length).toBeLessThanOrEqual(12);
	});

	test.each([
		[['userConfirmed'], 1 + 4],
		[['userActivated', 'userDeactivated'], 1 + 4],
		[['userAdded'], 1 + 8],
	])('watched for %j costs %i calls', async (chosen, amount) => {
		watch({ events: chosen });
		await populate();
		expect(await lines()).toEqual([]);
		expect(calls()).toHaveLength(amount);
	});

	test('of few people is read in full, since that takes fewer calls', async () => {
		addUsers(300);
		addUsers(2, DEALERS, { confirm: false });
		await polling.activate();
		harness.emulator.requests.length = 0;
		expect(await lines()).toEqual([]);
		expect(fullLists()).toHaveLength(5);
		expect(calls()).toHaveLength(1 + 5);
	});

	test('is not read for its people where only user types are watched', async () => {
		watch({ events: ['userTypeCreated', 'userTypeUpdated'] });
		addUsers(3);
		await polling.activate();
		expect(await lines()).toEqual([]);
		expect(await polling.test()).toHaveLength(2);
		expect(calls()).toHaveLength(3);
		expect(calls().filter((call) => call.includes('/users'))).toEqual([]);
	});
});

describe('whether a cheap poll takes fewer calls', () => {
	const snapshot = (types: Array<[total: number, unconfirmed: number, inactive: number]>) => {
		const users: KnownUser[] = types.flatMap(([total, unconfirmed, inactive], type) =>
			Array.from({ length: total }, (_, place) => ({
				id: `${type + 1}${String(place).padStart(6, '0')}`,
				userTypeId: String(type),
				confirm: place >= unconfirmed,
				active: place < total - inactive,
				told: false,
				overdue: false,
			})),
		);
		const userTypes = types.map((_, id) => ({ id: String(id), name: 'Any', active: true }));
		return { userTypes, users: new Map(users.map((user) => [user.id, user])) };
	};

	test.each<[boolean, string[], Array<[number, number, number]>]>([
		[false, ['userAdded'], [[0, 0, 0]]],
		[false, ['userAdded'], [[400, 0, 0]]],
		[true, ['userAdded'], [[401, 0, 0]]],
		[false, ['userAdded'], [[401, 201, 0]]],
		[false, ['userConfirmed'], [[200, 10, 0]]],
		[true, ['unconfirmed', 'userTypeCreated'], [[201, 10, 0]]],
		[true, ['userActivated'], [[201, 201, 0]]],
		[false, ['userActivated'], [[201, 0, 201]]],
		[
			false,
			['userRemoved'],
			[
				[401, 1, 1],
				[0, 0, 0],
			],
		],
		[
			true,
			['userRemoved'],
			[
				[601, 1, 1],
				[0, 0, 0],
			],
		],
		[false, ['userTypeCreated', 'userTypeUpdated'], [[9_000, 0, 0]]],
		[false, [], [[9_000, 0, 0]]],
	])('%j for %j in %j', (expected, chosen, types) => {
		expect(savesCalls(snapshot(types), { events: chosen })).toBe(expected);
	});
});

describe('what lists or counts show is told at the next poll', () => {
	test('all kinds of it', async () => {
		const { confirmed, waiting, inactive, premium } = await populate();
		user(waiting[0]).confirm = true;
		Object.assign(user(waiting[1]), { confirm: true, active: false });
		Object.assign(user(waiting[2]), { confirm: true, userTypeId: PREMIUM });
		user(waiting[3]).userTypeId = CLIENT_PORTAL;
		user(inactive[0]).active = true;
		user(confirmed[0]).active = false;
		world().portalUsers.delete(confirmed[1]);
		user(premium[0]).userTypeId = DEALERS;
		const [invited] = addUsers(1, PREMIUM, { confirm: false });
		const [signedUp] = addUsers(1, CLIENT_PORTAL);
		expect((await lines()).sort()).toEqual(
			[
				`userConfirmed ${waiting[0]}`,
				`userConfirmed ${waiting[1]}`,
				`userDeactivated ${waiting[1]}`,
				`userConfirmed ${waiting[2]}`,
				`userTypeChanged ${waiting[2]}`,
				`userTypeChanged ${waiting[3]}`,
				`userActivated ${inactive[0]}`,
				`userDeactivated ${confirmed[0]}`,
				`userRemoved ${confirmed[1]}`,
				`userTypeChanged ${premium[0]}`,
				`userAdded ${invited}`,
				`userAdded ${signedUp}`,
				`userConfirmed ${signedUp}`,
			].sort(),
		);
		expect(await lines()).toEqual([]);
		wait(61);
		expect(await lines()).toEqual([]);
	});

	test.each<[string, (people: Populated) => string[]]>([
		[
			'confirmed and deactivated at once',
			({ waiting: [id] }) => {
				Object.assign(user(id), { confirm: true, active: false });
				return [`userConfirmed ${id}`, `userDeactivated ${id}`];
			},
		],
		[
			'confirmed and moved at once',
			({ waiting: [id] }) => {
				Object.assign(user(id), { confirm: true, userTypeId: PREMIUM });
				return [`userTypeChanged ${id}`, `userConfirmed ${id}`];
			},
		],
		[
			'moved and not confirmed',
			({ waiting: [id] }) => {
				user(id).userTypeId = CLIENT_PORTAL;
				return [`userTypeChanged ${id}`];
			},
		],
		[
			'removed and invited again into another user type',
			({ waiting: [id] }) => {
				const again = { ...user(id), userTypeId: PREMIUM };
				world().portalUsers.delete(id);
				world().portalUsers.set(id, again);
				return [`userTypeChanged ${id}`];
			},
		],
		[
			'removed when not confirmed, and another invited',
			({ waiting: [id] }) => {
				world().portalUsers.delete(id);
				const [invited] = addUsers(1, DEALERS, { confirm: false });
				return [`userAdded ${invited}`, `userRemoved ${id}`];
			},
		],
		[
			'removed when inactive',
			({ inactive: [id] }) => {
				world().portalUsers.delete(id);
				return [`userRemoved ${id}`];
			},
		],
		[
			'another address of somebody inactive',
			({ inactive: [id] }) => {
				user(id).email = 'other@example.test';
				return [`emailChanged ${id}`];
			},
		],
	])('%s', async (_, change) => {
		const expected = change(await populate());
		expect(await lines()).toEqual(expected);
		expect(fullLists().length).toBeLessThan(9);
		expect(await lines()).toEqual([]);
	});

	test('a user type that is gone, and its people elsewhere', async () => {
		const { confirmed } = await populate();
		await harness.run('userType.delete', { userType: DEALERS, targetUserType: PREMIUM });
		const items = await lines();
		expect(items).toHaveLength(13);
		expect(items).toContain(`userTypeChanged ${confirmed[0]}`);
		expect(items).toContain(`userTypeDeleted ${DEALERS}`);
	});
});

describe('what only a full reading shows is told with the next one', () => {
	test('other modules of a user type', async () => {
		await populate();
		const dealers = world().userTypes.get(DEALERS);
		Object.assign(dealers ?? {}, { modules: dealers?.modules.slice(1) });
		expect(await lines()).toEqual([]);
		expect(calls().filter((call) => call.includes('include=modules'))).toEqual([]);
		wait(61);
		expect(await lines()).toEqual([`userTypeUpdated ${DEALERS}`]);
		expect(await lines()).toEqual([]);
	});

	test('another address of somebody confirmed and active', async () => {
		const { confirmed } = await populate();
		user(confirmed[0]).email = 'other@example.test';
		expect(await lines()).toEqual([]);
		wait(59);
		expect(await lines()).toEqual([]);
		wait(2);
		expect(await lines()).toEqual([`emailChanged ${confirmed[0]}`]);
	});

	test('two who change places', async () => {
		const {
			confirmed: [one],
			premium: [other],
		} = await populate();
		[user(one).userTypeId, user(other).userTypeId] = [PREMIUM, DEALERS];
		expect(await lines()).toEqual([]);
		wait(61);
		expect((await lines()).sort()).toEqual([`userTypeChanged ${one}`, `userTypeChanged ${other}`]);
	});

	test('one who is removed while another signs up', async () => {
		const { confirmed } = await populate();
		world().portalUsers.delete(confirmed[0]);
		const [signedUp] = addUsers(1);
		expect(await lines()).toEqual([]);
		wait(61);
		expect(await lines()).toEqual([
			`userAdded ${signedUp}`,
			`userConfirmed ${signedUp}`,
			`userRemoved ${confirmed[0]}`,
		]);
	});
});

describe('everybody is read', () => {
	test.each([
		['at every poll', 0, 0, true],
		['before the time has passed', 30, 29, false],
		['a little early, since clocks are', 60, 59.95, true],
		['where the clock went back', 60, -5, true],
	])('%s', async (_, fullReading, minutes, isFull) => {
		watch({ options: { fullReading } });
		await populate();
		wait(minutes);
		expect(await lines()).toEqual([]);
		expect(fullLists().length > 0).toBe(isFull);
	});

	test('after a restart and when events are changed, and what is old is not told', async () => {
		watch({ events: ['userTypeCreated'] });
		await populate();
		addUsers(3, DEALERS, { confirm: false });
		expect(await polling.change({ events })).toEqual([]);
		expect(fullLists().length).toBeGreaterThan(0);
		const [id] = addUsers(1, DEALERS, { confirm: false });
		expect(await lines()).toEqual([`userAdded ${id}`]);
	});

	test('when user types are changed, and what is old is not told', async () => {
		watch({ userTypes: [PREMIUM] });
		const { waiting } = await populate();
		user(waiting[0]).confirm = true;
		expect(await lines()).toEqual([]);
		user(waiting[1]).confirm = true;
		harness.emulator.requests.length = 0;
		expect(await polling.change({ userTypes: [] })).toEqual([]);
		expect(fullLists().length).toBeGreaterThan(8);
		user(waiting[2]).confirm = true;
		expect(await lines()).toEqual([`userConfirmed ${waiting[2]}`]);
	});

	test('when days are changed, and invitations that were late already are not told', async () => {
		const daysAgo = (days: number) => new Date(Date.now() - days * 1_440 * MINUTE).toISOString();
		watch({ events: ['unconfirmed'], unconfirmedDays: 7 });
		const [late] = addUsers(1, DEALERS, { confirm: false, invited_time: daysAgo(4) });
		const [next] = addUsers(1, DEALERS, { confirm: false, invited_time: daysAgo(2) });
		addCrowd();
		await polling.activate();
		expect(await lines()).toEqual([]);
		harness.emulator.requests.length = 0;
		expect(await polling.change({ unconfirmedDays: 3 })).toEqual([]);
		expect(fullLists().length).toBeGreaterThan(8);
		user(next).invited_time = daysAgo(3.1);
		expect(await lines()).toEqual([`unconfirmed ${next}`]);
		expect(late).not.toBe(next);
		expect(await lines()).toEqual([]);
	});
});

describe('a cheap poll does not lie', () => {
	test.each([
		...(['works', 'ignored', 'refused', 'cut', 'first', 'everySecond'] as const).map(
			(idFilter) => ({
				idFilter,
			}),
		),
		{ totalCount: 'all' },
	] as const)('with lists where %j: some confirm while as many are removed', async (switched) => {
		const waiting = addUsers(6, DEALERS, { confirm: false });
		addUsers(8);
		addUsers(400, PREMIUM);
		addCrowd();
		await polling.activate();
		harness.emulator.requests.length = 0;
		behave(switched);
		for (const id of waiting.slice(0, 3)) user(id).confirm = true;
		for (const id of waiting.slice(3)) world().portalUsers.delete(id);
		expect((await lines()).sort()).toEqual(
			[
				...waiting.slice(0, 3).map((id) => `userConfirmed ${id}`),
				...waiting.slice(3).map((id) => `userRemoved ${id}`),
			].sort(),
		);
	});

	test('somebody who is removed and invited again is no news', async () => {
		const { waiting } = await populate();
		const same = { ...user(waiting[0]), invited_time: new Date().toISOString() };
		world().portalUsers.delete(waiting[0]);
		world().portalUsers.set(waiting[0], same);
		expect(await lines()).toEqual([]);
	});

	test('pages of the unconfirmed that shift lose nobody', async () => {
		const waiting = addUsers(450, DEALERS, { confirm: false });
		addCrowd();
		await polling.activate();
		const { emulator } = harness;
		const guard = emulator.onExchange;
		let isOver = false;
		emulator.onExchange = (exchange) => {
			guard?.(exchange);
			if (isOver || !exchange.url.includes('NotConfirmedUsers&page=1')) return;
			isOver = true;
			for (const id of waiting.slice(0, 20)) {
				const one = user(id);
				world().portalUsers.delete(id);
				world().portalUsers.set(id, one);
			}
		};
		expect(await lines()).toEqual([]);
		expect(await lines()).toEqual([]);
	});

	test.each([
		['off for ever', { countsOff: 3 }],
		['behind the lists', { countsLag: 1 }],
		['ahead of the lists', { listsLag: 1 }],
	])('where the counts are %s', async (_, switches) => {
		behave(switches);
		for (const id of [CLIENT_PORTAL, PREMIUM, VENDORS]) addUsers(2, id);
		const { confirmed } = await populate();
		expect(await lines()).toEqual([]);
		expect(await lines()).toEqual([]);
		const [signedUp] = addUsers(1);
		world().portalUsers.delete(confirmed[0]);
		world().portalUsers.delete(confirmed[1]);
		const all = [...(await lines()), ...(await lines()), ...(await lines())];
		expect(all.sort()).toEqual(
			[
				`userAdded ${signedUp}`,
				`userConfirmed ${signedUp}`,
				`userRemoved ${confirmed[0]}`,
				`userRemoved ${confirmed[1]}`,
			].sort(),
		);
		expect(await lines()).toEqual([]);
	});

	describe.each([
		['ignores the type', { typeFilter: 'ignored' }],
		['refuses the type', { typeFilter: 'refused' }],
		['has no counts', { userCounts: 'none' }],
	] as const)('where Zoho %s', (_, switches) => {
		skipPauses();

		test('everybody is read, and that is tried again after an hour', async () => {
			watch({ options: { fullReading: 600 } });
			behave(switches);
			const { confirmed } = await populate();
			user(confirmed[0]).email = 'other@example.test';
			expect(await lines()).toEqual([`emailChanged ${confirmed[0]}`]);
			harness.emulator.requests.length = 0;
			expect(await lines()).toEqual([]);
			expect(calls().filter((call) => /NotConfirmed|Deactive/.test(call))).toEqual([]);
			expect(fullLists()).not.toEqual([]);
			behave({ typeFilter: 'works', userCounts: 'sources' });
			wait(61);
			await lines();
			harness.emulator.requests.length = 0;
			expect(await lines()).toEqual([]);
			expect(fullLists()).toEqual([]);
		});
	});
});
