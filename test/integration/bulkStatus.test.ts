import { sleep } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';

import type { Switches } from '../../emulator/switches';
import { allErrors, commonErrors, documented } from '../../emulator/contract';
import type { Fault } from '../../emulator/faults';
import { DEALERS, UNKNOWN } from '../../emulator/seed';
import { resultOf } from '../../harness/engine';
import {
	again,
	asItems,
	continuing,
	jsons,
	ofDealers,
	pairs,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { skipAllPauses } from '../../harness/pauses';

// Jobs that nobody can read change many users; what is told of each was read, or is Zoho's answer to
// a call about that user alone.

const harness = useHarness();
const { run, start, addUsers, mostInFlight } = harness;

const { lengths: pauses } = skipAllPauses();

/** The calls of a run by what they do. */
const counts = () => {
	const { requests } = harness.emulator;
	const of = (method: string, url: RegExp) =>
		requests.filter((one) => one.method === method && url.test(one.url)).length;
	return {
		reads: of('GET', /\/users\?/),
		jobs: of('PUT', /\/users\/actions\/change_status$/),
		single: of('PUT', /\/users\/\d+\/actions\/change_status\?/),
		all: requests.length,
	};
};

/** Ids that jobs were asked to change. */
const inJobs = () =>
	harness.emulator.requests.flatMap(({ body }) => {
		const { change_status: [job] = [] } = (body ?? {}) as {
			change_status?: Array<{ users: Array<{ personality_id: string }> }>;
		};
		return (job?.users ?? []).map(({ personality_id }) => personality_id);
	});

const isActive = (id: string) => harness.emulator.world.portalUsers.get(id)?.active;

/** Who somebody is in an outcome, where the node has read them. */
const read = (personality_id: string) => {
	const { name, email } = harness.emulator.world.portalUsers.get(personality_id) ?? {};
	return { personality_id, name, email };
};

const changing = (ids: string[], active: boolean, inBulk?: 'always' | 'never'): INodeParameters =>
	ofDealers(ids, { active, options: { concurrency: 10, ...(inBulk && { inBulk }) } });

const change = async (ids: string[], active = false, inBulk?: 'always' | 'never') =>
	await run('portalUser.changeStatus', changing(ids, active, inBulk), continuing);

const onBulk = (fault: Omit<Fault, 'method' | 'url'>) =>
	harness.emulator.faults.add({ method: 'PUT', url: 'users/actions/', ...fault });

const onSingle = (fault: Omit<Fault, 'method' | 'url'>) =>
	harness.emulator.faults.add({ method: 'PUT', url: '/actions/change_status?', ...fault });

const play = (bulkStatus: Switches['bulkStatus'], more: Partial<Switches> = {}) =>
	Object.assign(harness.emulator.switches, { bulkStatus, ...more });

describe('120 users, of whom Zoho changes by job', () => {
	test.each([
		['fast', { reads: 2, jobs: 2, single: 0, all: 4 }],
		['ignoresSome', { reads: 12, jobs: 2, single: 60, all: 74 }],
		['ignoresAll', { reads: 11, jobs: 2, single: 120, all: 133 }],
		['unknown', { reads: 1, jobs: 1, single: 120, all: 122 }],
	] as const)('%s: each has an outcome that is so', async (bulkStatus, expected) => {
		play(bulkStatus);
		const ids = addUsers(120);
		const result = await change(ids);
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		for (const json of jsons(result)) {
			expect(json).toMatchObject({ active: false, code: 'SUCCESS' });
			expect(json).not.toHaveProperty('scheduled');
			expect(json).not.toHaveProperty('error');
		}
		expect(ids.map(isActive)).toEqual(ids.map(() => false));
		expect(counts()).toEqual(expected);
		expect(mostInFlight()).toBeLessThanOrEqual(10);
	});

	test('slowly: they are read until all are as asked', async () => {
		play('slow');
		const ids = addUsers(120, DEALERS, { active: false });
		const result = await change(ids, true);
		expect(jsons(result)).toEqual(
			ids.map((personality_id) => ({
				...read(personality_id),
				active: true,
				code: 'SUCCESS',
				job_id: expect.stringMatching(/^\d+$/),
			})),
		);
		expect(ids.map(isActive)).toEqual(ids.map(() => true));
		const { reads, jobs, single } = counts();
		expect([jobs, single]).toEqual([2, 0]);
		// Each call after a job lets Zoho change one more of its users.
		expect(reads).toBeLessThanOrEqual(102);
		expect(Math.max(...pauses())).toBeLessThan(1_000);
	});

	test('not at all: that is not believed before ten reads, with pauses that grow', async () => {
		play('ignoresAll');
		await change(addUsers(50));
		expect(pauses()).toEqual([300, 600, 1_200, 2_400, 4_800, 9_600, 10_000, 10_000, 10_000]);
		expect(counts()).toEqual({ reads: 11, jobs: 1, single: 50, all: 62 });
	});
});

// Were all of them made one after the other, they would take less than 5 s at 150 ms.
test('1,000 users are 31 calls, and who is left says why', async () => {
	play('fast', { latency: 150, maxInFlight: 10 });
	const unconfirmed = addUsers(10, DEALERS, { confirm: false });
	const ids = [...addUsers(989), ...unconfirmed, UNKNOWN];
	const input = asItems(ids);
	const result = await run(
		'portalUser.changeStatus',
		ofDealers(undefined, { active: false, options: { concurrency: 10 } }),
		{ input, ...continuing },
	);
	expect(counts()).toEqual({ reads: 10, jobs: 10, single: 11, all: 31 });
	expect(mostInFlight()).toBeLessThanOrEqual(10);
	expect(pairs(result.items)).toEqual(ids.map((_, index) => index));
	expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
	const refused = jsons(result).slice(989);
	for (const json of refused) expect(json.uncertain).toBeUndefined();
	expect(refused.map(({ code }) => code)).toEqual([
		...unconfirmed.map(() => 'NOT_ALLOWED'),
		'INVALID_DATA',
	]);
	expect(refused[0].error).toContain(
		'could not be deactivated: the user has not accepted the invitation yet',
	);
	expect(ids.slice(0, 989).every((id) => isActive(id) === false)).toBe(true);
	expect(unconfirmed.every((id) => isActive(id) === true)).toBe(true);
});

describe('jobs are used', () => {
	test.each([
		[49, undefined, { reads: 0, jobs: 0, single: 49, all: 49 }],
		[50, undefined, { reads: 2, jobs: 1, single: 0, all: 3 }],
		[60, 'never', { reads: 0, jobs: 0, single: 60, all: 60 }],
		[1, 'always', { reads: 2, jobs: 1, single: 0, all: 3 }],
	] as const)('for %i users with %s as told', async (amount, inBulk, expected) => {
		const ids = addUsers(amount);
		const result = await change(ids, false, inBulk);
		expect(jsons(result).map((json) => json.active)).toEqual(ids.map(() => false));
		expect(ids.map(isActive)).toEqual(ids.map(() => false));
		expect(counts()).toEqual(expected);
	});

	test('for those only who are not as asked, and who can be changed', async () => {
		const inactive = addUsers(40, DEALERS, { active: false });
		const unconfirmed = addUsers(2, DEALERS, { confirm: false });
		const active = addUsers(55);
		const result = await change([...inactive, ...unconfirmed, ...active]);
		expect(inJobs()).toEqual(active);
		expect(jsons(result).slice(0, 40)).toEqual(
			inactive.map((personality_id) => ({
				...read(personality_id),
				active: false,
				unchanged: true,
				code: 'SUCCESS',
			})),
		);
		expect(counts()).toEqual({ reads: 2, jobs: 1, single: 2, all: 5 });
	});

	test('not where nobody has to be changed', async () => {
		const result = await change(addUsers(60), true);
		expect(jsons(result).every((json) => json.active === true && json.unchanged === true)).toBe(
			true,
		);
		expect(counts()).toEqual({ reads: 1, jobs: 0, single: 0, all: 1 });
	});

	test('for those who did not accept the invitation when they are activated', async () => {
		const ids = addUsers(50, DEALERS, { active: false, confirm: false });
		await change(ids, true);
		expect(inJobs()).toEqual(ids);
		expect(ids.map(isActive)).toEqual(ids.map(() => true));
	});

	test('after one another where items contradict one another', async () => {
		const ids = addUsers(50);
		const input = [false, true].flatMap((active) => ids.map((id) => ({ id, active })));
		const parameters = ofDealers(undefined, { active: '={{ $json.active }}' });
		const result = await run('portalUser.changeStatus', parameters, { input });
		expect(jsons(result).map(({ active }) => active)).toEqual(input.map(({ active }) => active));
		expect(ids.map(isActive)).toEqual(ids.map(() => true));
		expect(counts()).toEqual({ reads: 4, jobs: 2, single: 0, all: 6 });
	});
});

describe('a list of users', () => {
	test.each([
		['takes no notice of ids', { idFilter: 'ignored' }, 1 + 5 + 5],
		['does not take so many ids', { maxIdsLength: 255 }, 1 + 5 + 5],
		['cuts the ids', { idFilter: 'cut' }, 1 + 5 + 5],
		['goes by the first of the ids only', { idFilter: 'first' }, 1 + 5 + 5],
		['goes by every second of the ids', { idFilter: 'everySecond' }, 1 + 5 + 5],
		['has short pages', { pageSize: 100 }, 4 + 4],
		['has the form of the documentation', { sources: 'docs' }, 2 + 2],
	] as const)('that %s is read all the same', async (_, switches, reads) => {
		play('fast', switches);
		// No source says how Zoho refuses them.
		if ('maxIdsLength' in switches) harness.emulator.onExchange = undefined;
		const others = addUsers(400);
		const ids = addUsers(400);
		addUsers(200);
		const result = await change(ids);
		expect(jsons(result).map((json) => json.active)).toEqual(ids.map(() => false));
		expect([...ids.map(isActive), ...others.map(isActive)]).toEqual([
			...ids.map(() => false),
			...others.map(() => true),
		]);
		expect(counts()).toEqual({ reads, jobs: 4, single: 0, all: reads + 4 });
	});

	test('that takes no notice of ids is known for that though it begins with those asked for', async () => {
		play('fast', { idFilter: 'ignored' });
		const ids = addUsers(400);
		await change(ids);
		expect(ids.map(isActive)).toEqual(ids.map(() => false));
		expect(counts()).toEqual({ reads: 2 + 2 + 2, jobs: 4, single: 0, all: 10 });
	});

	test('that is long for so few users is not read to its end, and no job is made', async () => {
		play('fast', { idFilter: 'ignored' });
		const others = addUsers(1_300);
		const ids = addUsers(50);
		const result = await change(ids);
		expect(jsons(result).map((json) => json.active)).toEqual(ids.map(() => false));
		expect(counts()).toEqual({ reads: 8, jobs: 0, single: 50, all: 58 });
		expect(others.every((id) => isActive(id) === true)).toBe(true);
	});

	test('that the credential may not read is not asked for, and no job is made', async () => {
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.UPDATE');
		const ids = addUsers(60);
		const result = await change(ids, false, 'always');
		expect(jsons(result).map((json) => json.active)).toEqual(ids.map(() => false));
		expect(counts()).toEqual({ reads: 0, jobs: 0, single: 60, all: 60 });
	});

	test.each(allErrors(documented('getPortalUsers')).filter(({ code }) => code !== null))(
		'that Zoho refuses ($code) keeps jobs from being made',
		async (error) => {
			harness.emulator.force('getPortalUsers', error);
			const ids = addUsers(60);
			const result = await change(ids);
			expect(jsons(result).map((json) => json.active)).toEqual(ids.map(() => false));
			expect(counts()).toMatchObject({ jobs: 0, single: 60 });
		},
	);
});

describe('a change in bulk that is refused', () => {
	const refusals = [
		...allErrors(documented('changePortalUsersStatusBulk')),
		...commonErrors,
	].filter(({ http }) => http !== null && http < 429);

	test.each(refusals)('with $http $code is made one by one', async (error) => {
		harness.emulator.force('changePortalUsersStatusBulk', error);
		const ids = addUsers(120);
		const result = await change(ids);
		expect(jsons(result).map((json) => json.active)).toEqual(ids.map(() => false));
		expect(counts()).toMatchObject({ reads: 1, single: 120 });
		expect(inJobs()).not.toContain(ids[100]);
	});

	test('with 429, again and again, is not made, and nobody is in doubt', async () => {
		onBulk({ kind: 'throttle', before: true });
		const result = await change(addUsers(120));
		for (const json of jsons(result)) {
			expect(json.code).toBe('TOO_MANY_REQUESTS');
			expect(json.uncertain).toBeUndefined();
		}
		expect(counts()).toMatchObject({ jobs: 7, single: 0 });
	});

	test('for a permission that no call has ends the run', async () => {
		harness.emulator.switches.lacking = ['Crm_Implied_Manage_ClientPortal_Users'];
		const ids = addUsers(120);
		const parameters = ofDealers(ids, { active: false });
		const result = await run('portalUser.changeStatus', parameters, continuing);
		expect(jsons(result).every(({ code }) => code === 'NO_PERMISSION')).toBe(true);
		expect(jsons(result).some(({ uncertain }) => uncertain === true)).toBe(false);
		expect(counts().all).toBeLessThanOrEqual(6);
	});
});

describe('a job whose answer proves nothing', () => {
	const answers: Array<[string, Omit<Fault, 'before'>]> = [
		['is 500', { kind: 500 }],
		["is 500 of Zoho's", { kind: 'status', status: 500 }],
		['is empty', { kind: 'empty' }],
		['is a page', { kind: 'html' }],
		['is foreign', { kind: 'status', status: 200, body: 'foreign' }],
	];

	test.each(answers)('after the work (it %s): what is read is told', async (_, fault) => {
		onBulk({ ...fault, before: false });
		const ids = addUsers(120);
		const result = await change(ids);
		expect(jsons(result)).toEqual(
			ids.map((id) => ({ ...read(id), active: false, code: 'SUCCESS' })),
		);
		expect(counts().single).toBe(0);
	});

	test.each(answers)('before the work (it %s): single calls tell', async (_, fault) => {
		onBulk({ ...fault, before: true });
		const ids = addUsers(60);
		const result = await change(ids);
		expect(jsons(result).map((json) => json.active)).toEqual(ids.map(() => false));
		expect(ids.map(isActive)).toEqual(ids.map(() => false));
		expect(counts().single).toBe(60);
	});

	const broken: Array<Fault['kind'] & string> = ['cut', 'cutChunked', 'reset'];

	test.each(broken)('is asked for again where the connection breaks (%s)', async (kind) => {
		onBulk({ kind, before: false, times: 2 });
		const ids = addUsers(60);
		const result = await change(ids);
		expect(jsons(result).map((json) => json.active)).toEqual(ids.map(() => false));
		expect(counts()).toEqual({ reads: 2, jobs: 3, single: 0, all: 5 });
	});

	test.each(broken)('stays in doubt where it breaks every time (%s)', async (kind) => {
		onBulk({ kind, before: false });
		const ids = addUsers(120);
		const result = await change(ids);
		// As many calls have failed as tell of an outage: none is made any more.
		expect(counts()).toEqual({ reads: 1, jobs: 7, single: 0, all: 8 });
		const told = jsons(result).map(({ code, uncertain }) => [code, uncertain]);
		expect(told).toEqual(ids.map((_, place) => ['BROKEN_ANSWER', place < 100 ? true : undefined]));
	});
});

describe('what a job may still do is in doubt', () => {
	const doubted = (ids: string[]) =>
		ids.map((personality_id) => ({
			personality_id,
			uncertain: true,
			job_id: expect.stringMatching(/^\d+$/),
		}));

	test('when Zoho refuses the single calls afterwards; its reason is told', async () => {
		play('ignoresAll');
		onSingle({ kind: 'status', status: 403, code: 'FORBIDDEN', before: true });
		const ids = addUsers(60);
		const result = await change(ids);
		expect(jsons(result)).toMatchObject(doubted(ids));
		for (const json of jsons(result)) {
			expect(json.code).toBe('FORBIDDEN');
			expect(json).not.toHaveProperty('active');
		}
	});

	test('when nothing gets through any more', async () => {
		play('ignoresAll');
		const ids = addUsers(120);
		const running = change(ids);
		await until(() => counts().reads === 3);
		harness.emulator.faults.add({ kind: 'reset', before: true });
		const result = await running;
		expect(jsons(result)).toMatchObject(doubted(ids));
		expect(jsons(result).some((json) => json.code === 'JOB_UNSEEN')).toBe(true);
		expect(counts().all).toBeLessThanOrEqual(25);
	});

	test('when the license ends during single calls, for all who were in a job', async () => {
		play('ignoresAll');
		const ids = addUsers(60, DEALERS, { active: false });
		harness.emulator.switches.portalUserLicences = 0;
		const result = await change(ids, true);
		expect(jsons(result)).toMatchObject(doubted(ids));
		expect(counts().single).toBeLessThanOrEqual(10);
	});

	test('in the error that ends a run, too', async () => {
		play('ignoresSome');
		onSingle({ kind: 'status', status: 403, code: 'FORBIDDEN', before: true });
		const ids = addUsers(50);
		const result = await run('portalUser.changeStatus', changing(ids, false));
		expect(result.error?.message).toBe(
			'It is not certain whether 25 of 50 portal users were deactivated, 25 are done and stay so',
		);
		expect(zohoOf(result)).toMatchObject({
			succeeded: ids.filter((_, place) => place % 2 === 0),
			failed: [],
			uncertain: ids.filter((_, place) => place % 2 === 1),
		});
	});

	test('until Retry On Fail has read them to be as asked', async () => {
		play('ignoresAll');
		onSingle({ kind: 'status', status: 403, code: 'FORBIDDEN', before: true });
		const ids = addUsers(60);
		const running = run('portalUser.changeStatus', changing(ids, false), again);
		await until(() => counts().single === 60);
		for (const user of harness.emulator.world.portalUsers.values()) user.active = false;
		const result = await running;
		expect(result.error).toBeUndefined();
		expect(jsons(result).every((json) => json.active === false)).toBe(true);
		expect(counts()).toMatchObject({ jobs: 1, single: 60 });
	});
});

describe('canceled', () => {
	/** Cancels a run when a condition holds; returns what it came to. */
	const cancelledWhen = async (ids: string[], reached: () => boolean) => {
		const parameters = changing(ids, false);
		const execution = start('portalUser.changeStatus', parameters, continuing);
		await until(reached);
		execution.cancel();
		const result = resultOf(await execution);
		const made = counts().all;
		await sleep(50);
		// Those that were in flight.
		expect(counts().all).toBeLessThanOrEqual(made + 10);
		return result;
	};

	test('before anything is scheduled: nobody is in doubt', async () => {
		harness.emulator.switches.latency = 20;
		const ids = addUsers(120);
		const result = await cancelledWhen(ids, () => counts().reads === 1);
		expect(counts()).toMatchObject({ jobs: 0, single: 0 });
		expect(jsons(result)).toHaveLength(120);
		for (const json of jsons(result)) {
			expect(json.code).toBe('CANCELLED');
			expect(json.uncertain).toBeUndefined();
		}
		expect(ids.every((id) => isActive(id) === true)).toBe(true);
	});

	test('while jobs are watched: who was read is done, the others are in doubt', async () => {
		play('ignoresSome', { latency: 5 });
		const ids = addUsers(120);
		const result = await cancelledWhen(ids, () => counts().reads === 4);
		expect(counts().single).toBe(0);
		const [done, others] = [0, 1].map((half) =>
			jsons(result).filter((_, place) => place % 2 === half),
		);
		expect(done.every((json) => json.active === false && json.code === 'SUCCESS')).toBe(true);
		for (const json of others) {
			expect(json).toMatchObject({ uncertain: true, job_id: expect.any(String) });
			expect(json).not.toHaveProperty('active');
		}
	});

	test('while single calls are made: who had none is in doubt still', async () => {
		play('ignoresAll', { latency: 5 });
		const ids = addUsers(60);
		const result = await cancelledWhen(ids, () => counts().single >= 20);
		const told = jsons(result);
		expect(told).toHaveLength(60);
		expect(told.filter((json) => json.active === false).length).toBeGreaterThanOrEqual(10);
		const others = told.filter((json) => json.active !== false);
		expect(others.length).toBeGreaterThanOrEqual(20);
		for (const json of others) {
			expect(json).toMatchObject({ uncertain: true, job_id: expect.any(String) });
		}
	});
});

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await sleep(1);
}
