import { ASHA, BEN, CHLOE, EMIL } from '../../emulator/seed';
import { again, byId, jsons, useHarness, zohoOf } from '../../harness/harness';

const harness = useHarness();
const { run, calls, untilCalled } = harness;

const benToChloe = { user: byId(BEN), targetUser: byId(CHLOE) };

/** Zoho's check before somebody is deleted. */
const CHECK = `GET /users/${BEN}/actions/validate_before_transfer`;

/** Job that the emulator started last. */
const jobId = () => [...harness.emulator.world.jobs.keys()].at(-1);

describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		harness.emulator.behaviour.sources = sources;
	});

	test('transfers and deletes a user, and waits until it is done', async () => {
		harness.emulator.behaviour.jobReads = 1;
		const result = await run('user.transferAndDelete', {
			...benToChloe,
			transferWhat: ['records', 'criteria'],
			targetManager: byId(ASHA),
		});
		const read = `GET /users/actions/transfer_and_delete?job_id=${jobId()}`;
		const write = `POST /users/${BEN}/actions/transfer_and_delete`;
		expect(calls()).toEqual([CHECK, write, read, read]);
		expect(harness.emulator.requests[1].body).toEqual({
			transfer_and_delete: [
				{
					transfer: { id: CHLOE, records: true, assignment: false, criteria: true },
					move_subordinate: { id: ASHA },
				},
			],
		});
		expect(jsons(result)).toEqual([
			{
				id: BEN,
				deleted: true,
				job_id: jobId(),
				code: 'SUCCESS',
				message: expect.stringMatching(/user is deleted successfully/i),
			},
		]);
		expect(harness.emulator.world.users.get(BEN)?.status).toBe('deleted');
	});

	test('transfers the data of a user, who stays', async () => {
		const result = await run('user.transferData', benToChloe);
		expect(calls()).toEqual([
			`POST /users/${BEN}/actions/transfer`,
			`GET /users/actions/transfer?job_id=${jobId()}`,
		]);
		expect(jsons(result)).toMatchObject([{ id: BEN, transferred: true, job_id: jobId() }]);
		expect(harness.emulator.world.users.get(BEN)?.status).toBe('active');
	});
});

test('returns the job at once when told not to wait; it can be read later', async () => {
	const options = { waitForJob: false };
	const started = await run('user.transferAndDelete', { ...benToChloe, options });
	expect(calls()).toHaveLength(2);
	expect(jsons(started)).toMatchObject([{ id: BEN, scheduled: true, job_id: jobId() }]);
	const read = await run('user.getTransferJob', { jobId: jobId() });
	expect(jsons(read)).toEqual([{ job_id: jobId(), status: 'completed' }]);
});

test('reads the job of a plain transfer where Zoho keeps it', async () => {
	await run('user.transferData', { ...benToChloe, options: { waitForJob: false } });
	const parameters = { jobId: jobId(), jobKind: 'transfer' };
	const read = await run('user.getTransferJob', parameters);
	expect(calls()[1]).toBe(`GET /users/actions/transfer?job_id=${jobId()}`);
	expect(jsons(read)).toMatchObject([{ status: 'completed' }]);
});

test('a timeout names the job, which goes on', async () => {
	harness.emulator.behaviour.jobReads = Infinity;
	const result = await run('user.transferAndDelete', {
		...benToChloe,
		options: { jobTimeout: 0.01 },
	});
	expect(result.error?.message).toBe(
		`It is not certain whether CRM user ${BEN} was transferred and deleted: Zoho has not finished job ${jobId()} after 0.01 seconds`,
	);
	expect(result.error?.description).toContain(`with job ID ${jobId()}`);
	expect(zohoOf(result)).toMatchObject({ code: 'JOB_RUNNING', details: { job_id: jobId() } });
});

test('a job that fails says so, with the reason of Zoho', async () => {
	harness.emulator.behaviour.jobsFail = true;
	const result = await run('user.transferAndDelete', benToChloe);
	expect(result.error?.message).toBe(
		`It is not certain whether CRM user ${BEN} was transferred and deleted: Zoho's job ${jobId()} failed ("Records are locked")`,
	);
	expect(harness.emulator.world.users.get(BEN)?.status).toBe('active');
});

test('a user that several items name is transferred once, and each gets the result', async () => {
	const input = [{ id: BEN }, { id: BEN }];
	const parameters = { ...benToChloe, user: byId('={{ $json.id }}') };
	const result = await run('user.transferAndDelete', parameters, { input });
	expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
	expect(jsons(result)).toMatchObject([{ id: BEN }, { id: BEN }]);
});

test('"Retry On Fail" starts no second job for what may be done', async () => {
	harness.emulator.faults.add({ kind: 'reset', before: false, method: 'POST', times: 1 });
	const result = await run('user.transferAndDelete', benToChloe, again);
	expect(calls()).toEqual([CHECK, `POST /users/${BEN}/actions/transfer_and_delete`]);
	expect(result.error?.message).toMatch(/^It is not certain whether CRM user \d+ was transferred/);
});

test('stopping the execution stops waiting', async () => {
	harness.emulator.behaviour.jobReads = Infinity;
	const parameters = { resource: 'user', operation: 'transferAndDelete', ...benToChloe };
	const execution = harness.engine.startNode({ parameters });
	await untilCalled(3);
	execution.cancel();
	await execution;
	expect(calls()).toHaveLength(3);
});

test.each([
	['nobody takes over', { user: byId(BEN) }, "'Transfer To' is empty, and so is the new manager"],
	[
		'who takes over is inactive',
		{ user: byId(BEN), targetUser: byId(EMIL) },
		'the user who should take over is inactive',
	],
	[
		'the super admin would go',
		{ user: byId(ASHA), targetUser: byId(BEN) },
		'Zoho does not allow it',
	],
])('says why, when %s', async (_, parameters, reason) => {
	const result = await run('user.transferAndDelete', parameters);
	expect(result.error?.message).toContain(reason);
});

test('says that only the super admin may transfer and delete', async () => {
	harness.emulator.world.currentUser = BEN;
	const result = await run('user.transferAndDelete', { user: byId(CHLOE), targetUser: byId(BEN) });
	expect(result.error?.description).toContain('Only the super admin may do this');
});
