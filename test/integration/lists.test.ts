import type { IDataObject } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS } from '../../emulator/seed';
import { byId, jsons, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, calls, untilCalled, mostInFlight } = harness;

const dealers = { userType: byId(DEALERS) };

/** Calls for pages of users; the user type's name takes one more. */
const pagesOfUsers = () => calls().filter((call) => call.includes('/users?'));

const ids = (rows: IDataObject[]) => rows.map((row) => row.personality_id);

const expected = () => [...harness.emulator.world.portalUsers.keys()];

describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		harness.emulator.behaviour.sources = sources;
	});

	test('the pages after the first are read side by side and come out in order', async () => {
		harness.emulator.world.addPortalUsers(DEALERS, 1900);
		const answerFirst = harness.emulator.hold();
		const running = run('portalUser.getAll', { ...dealers, returnAll: true });
		await untilCalled(2);
		answerFirst();
		const answerAll = harness.emulator.hold();
		await untilCalled(7);
		answerAll();
		const result = await running;
		expect(ids(jsons(result))).toEqual(expected());
		expect(pagesOfUsers()).toHaveLength(10);
		expect(mostInFlight()).toBe(5);
	});

	test.each([
		[1, 1],
		[199, 1],
		[200, 1],
		[201, 2],
		[400, 2],
		[450, 3],
		[5000, 3],
	])('a limit of %i takes %i pages of 450 users', async (limit, pages) => {
		harness.emulator.world.addPortalUsers(DEALERS, 450);
		const result = await run('portalUser.getAll', { ...dealers, limit });
		expect(ids(jsons(result))).toEqual(expected().slice(0, limit));
		expect(pagesOfUsers()).toHaveLength(pages);
	});

	test.each([200, 400])('%i users end with the last full page', async (amount) => {
		harness.emulator.world.addPortalUsers(DEALERS, amount);
		const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
		expect(result.items).toHaveLength(amount);
		expect(pagesOfUsers()).toHaveLength(amount / 200);
	});

	test('smaller pages than asked for are no end', async () => {
		harness.emulator.world.addPortalUsers(DEALERS, 130);
		harness.emulator.behaviour.pageSize = 30;
		const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
		expect(ids(jsons(result))).toEqual(expected());
	});

	test('a list that repeats its first page ends with an error', async () => {
		harness.emulator.world.addPortalUsers(DEALERS, 450);
		harness.emulator.behaviour.ignoresPages = true;
		const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
		expect(result.error?.message).toContain('Zoho keeps sending pages that repeat');
		expect(pagesOfUsers().length).toBeLessThanOrEqual(3);
	});
});

test('a list without a total is read page by page', async () => {
	for (let index = 0; index < 700; index++) harness.emulator.world.addUser('User', String(index));
	const result = await run('user.getAll', { returnAll: true });
	expect(jsons(result).map(({ id }) => id)).toEqual([...harness.emulator.world.users.keys()]);
	expect(calls()).toHaveLength(4);
	expect(mostInFlight()).toBe(1);
});

test('a list that promises more and has nothing ends with an error', async () => {
	harness.emulator.behaviour.promisesMore = true;
	const result = await run('user.getAll', { returnAll: true });
	expect(result.error?.message).toContain('Zoho keeps sending pages that repeat or are empty');
	expect(calls().length).toBeLessThanOrEqual(3);
});

describe('without a user type, the users of the whole portal', () => {
	const everyone = { userType: byId('') };

	beforeEach(() => {
		const { world } = harness.emulator;
		world.addPortalUsers(CLIENT_PORTAL, 3);
		world.addPortalUsers(DEALERS, 250);
		world.addPortalUsers(VENDORS, 2, { module: 'Vendors' });
	});

	test('come with the user type that each belongs to', async () => {
		const result = await run('portalUser.getAll', { ...everyone, returnAll: true });
		const rows = jsons(result);
		expect(ids(rows)).toEqual(expected());
		expect(rows[0]).toMatchObject({
			user_type_id: CLIENT_PORTAL,
			user_type_name: 'Client Portal',
		});
		expect(rows[100]).toMatchObject({ user_type_id: DEALERS, user_type_name: 'Dealers' });
		expect(rows.at(-1)).toMatchObject({ user_type_id: VENDORS, user_type_name: 'Suppliers' });
	});

	test('are read up to the limit, and no user type more', async () => {
		const result = await run('portalUser.getAll', { ...everyone, limit: 100 });
		expect(ids(jsons(result))).toEqual(expected().slice(0, 100));
		const types = calls().map((call) => /user_type\/(\d+)/.exec(call)?.[1]);
		expect(types).toEqual([undefined, CLIENT_PORTAL, DEALERS]);
	});

	test('are filtered like those of one', async () => {
		harness.emulator.world.addPortalUsers(PREMIUM, 4, { confirm: false });
		const filters = { type: 'NotConfirmedUsers' };
		const result = await run('portalUser.getAll', { ...everyone, filters });
		expect(jsons(result)).toHaveLength(4);
		expect(jsons(result)[0]).toMatchObject({ confirm: false, user_type_name: 'Premium' });
	});
});
