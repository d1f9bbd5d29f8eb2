import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM } from '../../emulator/seed';
import { skipPauses, useHarness } from '../../harness/harness';
import { ALL_EVENTS, Polling, told } from '../../harness/polling';

const harness = useHarness();
const { addUsers, calls } = harness;

const USERS = `/user_type/${DEALERS}/users`;

/** The emulator's people were invited long ago. */
const events = ALL_EVENTS.filter((event) => event !== 'unconfirmed');

let polling: Polling;
let workflows = 0;

beforeEach(() => {
	// Doubts are counted by workflow, in the process.
	polling = new Polling(harness.engine, { events }, `doubt ${++workflows}`);
});

const world = () => harness.emulator.world;

function user(id: string) {
	const found = world().portalUsers.get(id);
	if (!found) throw new Error(`No user ${id}`);
	return found;
}

const lines = async () => (await polling.poll()).map(told);

/** Does something when the next call that fits has been answered. */
function afterCall(url: string, act: () => void): void {
	const { emulator } = harness;
	const watch = emulator.onExchange;
	let isOver = false;
	emulator.onExchange = (exchange) => {
		watch?.(exchange);
		if (isOver || !exchange.url.includes(url)) return;
		isOver = true;
		act();
	};
}

/** Has people in the order in which Zoho gives them. */
function reorder(ids: string[]): void {
	const { portalUsers } = world();
	for (const id of ids) {
		const one = user(id);
		portalUsers.delete(id);
		portalUsers.set(id, one);
	}
}

describe('people who move while they are read', () => {
	test('to another page are not gone', async () => {
		const ids = addUsers(600);
		await polling.activate();
		// Everybody of the first page moves to the end, when that has been read.
		afterCall(`${USERS}?type=AllUsers&page=1`, () => reorder(ids.slice(0, 200)));
		expect(await lines()).toEqual([]);
		expect(await lines()).toEqual([]);
	});

	test('are not gone when somebody before them is', async () => {
		const ids = addUsers(600);
		await polling.activate();
		afterCall(`${USERS}?type=AllUsers&page=1`, () => world().portalUsers.delete(ids[3]));
		expect(await lines()).toEqual([]);
		expect(await lines()).toEqual([`userRemoved ${ids[3]}`]);
	});

	test.each([
		['was read already are found there', DEALERS, CLIENT_PORTAL],
		['was not read yet are told once', CLIENT_PORTAL, DEALERS],
	])('to a user type that %s', async (_, from, to) => {
		const [id] = addUsers(1, from);
		await polling.activate();
		harness.emulator.faults.add({ kind: 'delay', before: true, pause: 150, url: USERS, times: 1 });
		afterCall(`/user_type/${CLIENT_PORTAL}/users`, () => (user(id).userTypeId = to));
		expect(await lines()).toEqual([`userTypeChanged ${id}`]);
		expect(await lines()).toEqual([]);
	});

	test('to a user type that is new are found there', async () => {
		const [id] = addUsers(1);
		await polling.activate();
		afterCall('/user_type?', () => {
			user(id).userTypeId = world().addUserType(PORTAL, 'Resellers').id;
		});
		const type = expect.stringMatching(/^userTypeCreated /) as string;
		expect(await lines()).toEqual([type, `userTypeChanged ${id}`]);
	});

	test('are found where their user type is deleted meanwhile', async () => {
		const [id] = addUsers(1);
		await polling.activate();
		afterCall('/user_type?', () => {
			user(id).userTypeId = PREMIUM;
			world().userTypes.delete(DEALERS);
		});
		expect(await lines()).toEqual([`userTypeChanged ${id}`, `userTypeDeleted ${DEALERS}`]);
	});

	test('who is gone is looked for by ID, in every user type', async () => {
		const ids = addUsers(30);
		await polling.activate();
		for (const id of ids.slice(0, 2)) world().portalUsers.delete(id);
		harness.emulator.requests.length = 0;
		expect(await lines()).toHaveLength(2);
		const looks = calls().filter((call) => call.includes('personality_ids='));
		expect(looks).toHaveLength(4);
		expect(looks[0]).toContain(ids.slice(0, 2).join(','));
	});

	test('who is looked for by ID is found on further pages as well', async () => {
		polling = new Polling(harness.engine, { events, options: { maxRemovals: 50 } });
		const ids = addUsers(40);
		await polling.activate();
		const { behaviour } = harness.emulator;
		behaviour.pageSize = 12;
		// The last eleven slip into the first page once that was read, and answers get shorter then.
		afterCall(`${USERS}?type=AllUsers&page=1`, () =>
			reorder([...ids.slice(-11), ...ids.slice(0, -11)]),
		);
		afterCall(`${USERS}?type=AllUsers&page=4`, () => (behaviour.pageSize = 4));
		expect(await lines()).toEqual([]);
	});

	test('all lists are read again where that takes fewer calls', async () => {
		const ids = addUsers(130);
		await polling.activate();
		for (const id of ids.slice(0, 13)) world().portalUsers.delete(id);
		harness.emulator.requests.length = 0;
		expect(await lines()).toHaveLength(13);
		expect(calls().filter((call) => call.includes('personality_ids='))).toEqual([]);
		expect(calls().filter((call) => call.includes(USERS))).toHaveLength(2);
	});
});

describe('many who are gone at once', () => {
	test('are told after a second reading, when the counts agree', async () => {
		const ids = addUsers(30);
		await polling.activate();
		for (const id of ids.slice(0, 20)) world().portalUsers.delete(id);
		harness.emulator.requests.length = 0;
		expect(await lines()).toEqual(ids.slice(0, 20).map((id) => `userRemoved ${id}`));
		expect(calls().filter((call) => call.includes(USERS))).toHaveLength(2);
	});

	test('everybody at once is told the same way', async () => {
		const ids = addUsers(3);
		await polling.activate();
		world().portalUsers.clear();
		expect(await lines()).toEqual(ids.map((id) => `userRemoved ${id}`));
	});

	describe('where Zoho counts them still', () => {
		skipPauses();

		beforeEach(async () => {
			addUsers(3);
			await polling.activate();
			harness.emulator.faults.add({
				kind: 'status',
				status: 204,
				body: 'empty',
				before: true,
				url: USERS,
			});
		});

		test('is an error, and nothing is told or lost', async () => {
			const before = JSON.stringify(polling.stored);
			await expect(polling.poll()).rejects.toMatchObject({
				message: expect.stringContaining(
					'3 users are missing at once, and Zoho counts 3',
				) as string,
				failure: { cause: 'temporarily-unavailable' },
			});
			expect(JSON.stringify(polling.stored)).toBe(before);
			harness.emulator.faults.clear();
			expect(await lines()).toEqual([]);
		});

		test('is read three times in a poll', async () => {
			harness.emulator.requests.length = 0;
			await expect(polling.poll()).rejects.toThrow('could not be read');
			expect(calls().filter((call) => call.includes(USERS))).toHaveLength(3);
		});

		test('is believed after five such polls, and a hint says so', async () => {
			for (let count = 0; count < 5; count++) {
				await expect(polling.poll()).rejects.toThrow('could not be read');
			}
			const items = await polling.poll();
			expect(items).toHaveLength(3);
			for (const item of items) expect(item.hint).toMatch(/six polls in a row/);
			expect(await lines()).toEqual([]);
		});
	});

	test('maxRemovals 0 has the counts agree on one who is gone', async () => {
		polling = new Polling(harness.engine, { events, options: { maxRemovals: 0 } });
		const [id] = addUsers(10);
		await polling.activate();
		world().portalUsers.delete(id);
		harness.emulator.requests.length = 0;
		expect(await lines()).toEqual([`userRemoved ${id}`]);
		expect(calls().filter((call) => call.includes(USERS))).toHaveLength(2);
	});
});

describe('answers that prove nothing', () => {
	skipPauses();

	test.each([
		['html', { kind: 'html' }],
		['an empty body', { kind: 'empty' }],
		['half a body', { kind: 'cut' }],
		['half a chunked body', { kind: 'cutChunked' }],
		['a reset', { kind: 'reset' }],
		['500', { kind: 500 }],
		['a gateway without Zoho', { kind: 503 }],
		['an error among the rows', { kind: 'wrapped', status: 200 }],
	] as const)('%s is an error, never an empty list', async (_, fault) => {
		addUsers(450);
		await polling.activate();
		addUsers(1);
		const before = JSON.stringify(polling.stored);
		harness.emulator.faults.add({ ...fault, before: true, url: `${USERS}?type=AllUsers&page=2` });
		await expect(polling.poll()).rejects.toThrow('could not be read');
		expect(JSON.stringify(polling.stored)).toBe(before);
		harness.emulator.faults.clear();
		expect(await lines()).toHaveLength(2);
	});

	test('are asked for again first', async () => {
		addUsers(450);
		await polling.activate();
		const [id] = addUsers(1, DEALERS, { confirm: false });
		for (const kind of ['html', 'empty', 'cut', 'reset', 502] as const) {
			harness.emulator.faults.add({ kind, before: true, url: USERS, times: 1 });
		}
		expect(await lines()).toEqual([`userAdded ${id}`]);
	});

	test('no user types at all is never believed', async () => {
		addUsers(3);
		harness.emulator.faults.add({
			kind: 'status',
			status: 204,
			body: 'empty',
			before: true,
			url: '/user_type',
			times: 1,
		});
		await expect(polling.activate()).rejects.toThrow('Zoho says that it has no user types');
		expect(await polling.activate()).toEqual([]);
		expect(await lines()).toEqual([]);
	});

	test('a first look does not take people for none', async () => {
		addUsers(3);
		harness.emulator.faults.add({
			kind: 'status',
			status: 204,
			body: 'empty',
			before: true,
			url: USERS,
			times: 2,
		});
		expect(await polling.activate()).toEqual([]);
		expect(await lines()).toEqual([]);
	});

	test('a row that is no person is an error', async () => {
		const [id] = addUsers(1);
		await polling.activate();
		harness.emulator.onExchange = undefined;
		Object.assign(user(id), { confirm: null });
		await expect(polling.poll()).rejects.toMatchObject({ failure: { cause: 'node-defect' } });
	});
});
