import type { IDataObject } from 'n8n-workflow';

import { DEALERS } from '../emulator/seed';
import { byId, jsons, useBench } from './setup';

const bench = useBench();
const { run, calls } = bench;

const dealers = { userType: byId(DEALERS) };

const ids = (rows: IDataObject[]) => rows.map((row) => row.personality_id);

const expected = () => [...bench.emulator.world.portalUsers.keys()];

describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		bench.emulator.behaviour.sources = sources;
	});

	test('the pages after the first are read side by side and come out in order', async () => {
		bench.emulator.world.addPortalUsers(DEALERS, 1900);
		bench.emulator.behaviour.latency = 10;
		const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
		expect(ids(jsons(result))).toEqual(expected());
		expect(calls()).toHaveLength(10);
		expect(Math.max(...bench.emulator.requests.map(({ inFlight }) => inFlight))).toBe(5);
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
		bench.emulator.world.addPortalUsers(DEALERS, 450);
		const result = await run('portalUser.getAll', { ...dealers, limit });
		expect(ids(jsons(result))).toEqual(expected().slice(0, limit));
		expect(calls()).toHaveLength(pages);
	});

	test.each([200, 400])('%i users end with the last full page', async (amount) => {
		bench.emulator.world.addPortalUsers(DEALERS, amount);
		const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
		expect(result.items).toHaveLength(amount);
		expect(calls()).toHaveLength(amount / 200);
	});

	test('smaller pages than asked for are no end', async () => {
		bench.emulator.world.addPortalUsers(DEALERS, 130);
		bench.emulator.behaviour.pageSize = 30;
		const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
		expect(ids(jsons(result))).toEqual(expected());
	});

	test('a list that repeats its first page ends with an error', async () => {
		bench.emulator.world.addPortalUsers(DEALERS, 450);
		bench.emulator.behaviour.ignoresPages = true;
		const result = await run('portalUser.getAll', { ...dealers, returnAll: true });
		expect(result.error?.message).toContain('Zoho keeps sending pages that repeat');
		expect(calls().length).toBeLessThanOrEqual(3);
	});
});

test('a list without a total is read page by page', async () => {
	for (let index = 0; index < 700; index++) bench.emulator.world.addUser('User', String(index));
	const result = await run('user.getAll', { returnAll: true });
	expect(jsons(result).map(({ id }) => id)).toEqual([...bench.emulator.world.users.keys()]);
	expect(calls()).toHaveLength(4);
	expect(Math.max(...bench.emulator.requests.map(({ inFlight }) => inFlight))).toBe(1);
});

test('a list that promises more and has nothing ends with an error', async () => {
	bench.emulator.behaviour.promisesMore = true;
	const result = await run('user.getAll', { returnAll: true });
	expect(result.error?.message).toContain('Zoho keeps sending pages that repeat or are empty');
	expect(calls().length).toBeLessThanOrEqual(3);
});
