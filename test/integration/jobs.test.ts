import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Behaviour } from '../../emulator/behaviour';
import { DEALERS, PREMIUM } from '../../emulator/seed';
import { resultOf } from '../../harness/engine';
import {
	byId,
	again,
	inviting,
	continuing,
	jsons,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';

// A job that Zoho has accepted goes on, whatever keeps it from being read.

const harness = useHarness();
const { run, start, calls, addUsers, addRecords, sentTo } = harness;

skipPauses();

// What these jobs do is in no source: the answers are outside the contract on purpose.
beforeEach(() => (harness.emulator.onExchange = undefined));

const CHLOE = '7310000000000101003';

const unreadable: Array<Behaviour['jobAnswer']> = ['unknown', 'scope', 400, 403, 404, 500, 'html'];

const posts = () => calls().filter((call) => call.startsWith('POST'));

const onlyJob = () => {
	const ids = [...harness.emulator.world.jobs.keys()];
	expect(ids).toHaveLength(1);
	return ids[0];
};

const users = () => harness.emulator.world.portalUsers;

describe.each(unreadable)('a job whose read is answered by %s', (jobAnswer) => {
	beforeEach(() => (harness.emulator.behaviour.jobAnswer = jobAnswer));

	test('of invitations mails nobody twice, and each item names it', async () => {
		const ids = addRecords(8);
		const result = await run('portalUser.invite', inviting(ids), continuing);
		expect(posts()).toHaveLength(1);
		expect(sentTo().sort()).toEqual(ids);
		const jobId = onlyJob();
		expect(jsons(result)).toHaveLength(8);
		for (const [index, json] of jsons(result).entries()) {
			expect(json).toMatchObject({ record_id: ids[index], uncertain: true, job_id: jobId });
			expect(json.error).toMatch(/^It is not certain whether record \d+ was invited: /);
			expect(`${String(json.error)} ${String(json.message)}`).toContain(jobId);
		}
	}, 10_000);

	test('of invitations is named by the error that ends the run, which Retry On Fail repeats', async () => {
		const ids = addRecords(2);
		const result = await run('portalUser.invite', inviting(ids), again);
		expect(posts()).toHaveLength(1);
		expect(sentTo().sort()).toEqual(ids);
		expect(result.error?.message).toBe('It is not certain whether 2 of 2 records were invited');
		expect(zohoOf(result)).toMatchObject({
			details: { job_id: onlyJob() },
			failed: [],
			succeeded: [],
			uncertain: ids,
		});
	}, 10_000);

	test.each(['user.transferAndDelete', 'user.transferData'])(
		'of %s is not started twice, and the item names it',
		async (operation) => {
			const { id } = harness.emulator.world.addUser('New', 'User');
			const parameters = { user: byId(id), targetUser: byId(CHLOE) };
			const result = await run(operation, parameters, continuing);
			expect(posts()).toHaveLength(1);
			expect(jsons(result)).toMatchObject([{ id, uncertain: true, job_id: onlyJob() }]);
		},
		15_000,
	);
});

test.each(['user.transferAndDelete', 'user.transferData'])(
	'a job of %s that cannot be read is named by the error, and not started by Retry On Fail',
	async (operation) => {
		harness.emulator.behaviour.jobAnswer = 404;
		const { id } = harness.emulator.world.addUser('New', 'User');
		const result = await run(operation, { user: byId(id), targetUser: byId(CHLOE) }, again);
		expect(posts()).toHaveLength(1);
		expect(result.error?.message).toContain('It is not certain whether');
		expect(zohoOf(result)).toMatchObject({ details: { job_id: onlyJob() }, uncertain: true });
	},
);

describe('a job that fails', () => {
	test('half-way is no certain failure of anybody, and nobody is mailed twice', async () => {
		harness.emulator.behaviour.inviteJobsFail = 'partly';
		const ids = addRecords(4);
		const result = await run('portalUser.invite', inviting(ids), continuing);
		expect(posts()).toHaveLength(1);
		expect(sentTo()).toHaveLength(2);
		for (const json of jsons(result)) {
			expect(json).toMatchObject({ uncertain: true, job_id: onlyJob() });
			expect(json.error).toContain('It is not certain whether record');
		}
	});

	test('before anything is done may have done something: its rows do not say', async () => {
		harness.emulator.behaviour.inviteJobsFail = 'before';
		const result = await run('portalUser.invite', inviting(addRecords(2)), continuing);
		expect(posts()).toHaveLength(1);
		expect(jsons(result)).toMatchObject([{ uncertain: true }, { uncertain: true }]);
	});

	test.each(['user.transferAndDelete', 'user.transferData'])(
		'of %s keeps its id, its reason, and the doubt',
		async (operation) => {
			harness.emulator.behaviour.jobsFail = true;
			const { id } = harness.emulator.world.addUser('New', 'User');
			const parameters = { user: byId(id), targetUser: byId(CHLOE) };
			const result = await run(operation, parameters);
			expect(result.error?.message).toContain('It is not certain whether');
			expect(zohoOf(result)).toMatchObject({
				code: 'JOB_FAILED',
				details: { job_id: onlyJob(), reason: expect.any(String) },
				uncertain: true,
			});
		},
	);
});

describe('what Zoho schedules below the documented maximum', () => {
	test.each([1, 5])('is not said to be deleted (%i users)', async (amount) => {
		harness.emulator.behaviour.scheduledAbove.delete = 0;
		const ids = addUsers(amount);
		const result = await run('portalUser.delete', {
			userType: byId(DEALERS),
			personalityIds: ids.join(','),
		});
		expect(result.error?.message).toBeUndefined();
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		for (const json of jsons(result)) {
			expect(json).toMatchObject({ scheduled: true, job_id: expect.stringMatching(/^\d+$/) });
			expect(json).not.toHaveProperty('deleted');
		}
		expect(calls()).toHaveLength(1);
	});

	test.each([1, 5])('is not said to be transferred (%i users)', async (amount) => {
		harness.emulator.behaviour.scheduledAbove.transfer = 0;
		const ids = addUsers(amount);
		const result = await run('portalUser.transfer', {
			userType: byId(DEALERS),
			targetUserType: byId(PREMIUM),
			personalityIds: ids.join(','),
		});
		expect(result.error?.message).toBeUndefined();
		expect(jsons(result).map((json) => json.personality_id)).toEqual(ids);
		for (const json of jsons(result)) {
			expect(json).toMatchObject({ scheduled: true, job_id: expect.stringMatching(/^\d+$/) });
			expect(json).not.toHaveProperty('transferred');
		}
	});
});

describe('cancelled while a job is followed', () => {
	const cancelled = async (operation: string, parameters: IDataObject, calledBefore: number) => {
		harness.emulator.behaviour.jobReads = Infinity;
		const execution = start(operation, parameters as never, continuing);
		while (calls().length < calledBefore) await sleep(1);
		const before = Date.now();
		execution.cancel();
		const result = resultOf(await execution);
		expect(Date.now() - before).toBeLessThan(900);
		expect(calls()).toHaveLength(calledBefore);
		return result;
	};

	test('invitations are uncertain, and name their job', async () => {
		const ids = addRecords(2);
		const result = await cancelled('portalUser.invite', inviting(ids), 2);
		expect(jsons(result)).toMatchObject(
			ids.map((record_id) => ({ record_id, uncertain: true, job_id: onlyJob() })),
		);
	});

	test('nobody is told that the time was over', async () => {
		const ids = addRecords(2);
		const result = await cancelled('portalUser.invite', inviting(ids), 2);
		for (const json of jsons(result)) expect(json.error).not.toContain('after 300 seconds');
	});

	test('a transfer is uncertain, and names its job', async () => {
		const { id } = harness.emulator.world.addUser('New', 'User');
		const parameters = { user: byId(id), targetUser: byId(CHLOE) } as IDataObject;
		// The check before it, its start, and a read of its job.
		const result = await cancelled('user.transferAndDelete', parameters, 3);
		expect(jsons(result)).toMatchObject([{ id, uncertain: true, job_id: onlyJob() }]);
	});
});

test('who was scheduled to be deleted is gone when the job has run', async () => {
	harness.emulator.behaviour.scheduledAbove.delete = 0;
	const ids = addUsers(2);
	await run('portalUser.delete', { userType: byId(DEALERS), personalityIds: ids.join(',') });
	await sleep(0);
	expect(ids.filter((id) => users().has(id))).toEqual([]);
});
