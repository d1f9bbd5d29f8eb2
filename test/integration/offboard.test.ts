import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ASHA, BEN, CHLOE, DANA, EMIL, UNKNOWN } from '../../emulator/seed';
import type { OrgUser } from '../../emulator/world';
import {
	again,
	asItems,
	byEmail,
	byId,
	continuing,
	fromList,
	jsons,
	pairs,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, writes, untilCalled } = harness;

describe('off-boarding', () => {
	skipPauses();

	const check = (id: string) => `GET /users/${id}/actions/validate_before_transfer`;

	const user = (id: string) => harness.emulator.world.users.get(id);

	/** Has people report to somebody. */
	const reportTo = (id: string, ...people: string[]) => {
		for (const one of people)
			Object.assign(user(one) ?? {}, { Reporting_To: { id, name: 'Boss' } });
	};

	const TO_CHLOE = { targetUser: byId(CHLOE) };

	const DRY = { options: { dryRun: true } };

	/** A dry run reads the users, and so knows their names. */
	const ben = (options: object) => (options === DRY ? `${BEN} (Ben Ortiz) would` : `${BEN} could`);

	describe.each([{}, DRY])('Transfer and Delete, with %j', (options) => {
		test('checks first, and goes on where nothing is left behind', async () => {
			reportTo(BEN, DANA);
			const result = await run('user.transferAndDelete', {
				user: byId(BEN),
				...TO_CHLOE,
				targetManager: byId(CHLOE),
				...options,
			});
			expect(result.error?.message).toBeUndefined();
			expect(calls().find((call) => !call.startsWith('GET /users?'))).toBe(check(BEN));
			expect(user(BEN)?.status).toBe(options === DRY ? 'active' : 'deleted');
			expect(user(DANA)?.Reporting_To?.id).toBe(options === DRY ? BEN : CHLOE);
		});

		test('refuses where subordinates would have no manager', async () => {
			reportTo(BEN, DANA);
			const parameters = { user: byId(BEN), ...TO_CHLOE, ...options };
			const result = await run('user.transferAndDelete', parameters);
			expect(result.error?.message).toBe(
				`CRM user ${ben(options)} not be transferred and deleted: their subordinates have no new manager`,
			);
			expect(result.error?.description).toBe('Choose a user in "New Manager of Subordinates".');
			expect(zohoOf(result)).toMatchObject({
				code: 'LEFT_BEHIND',
				details: { subordinates: true, assignment: false, criteria: false },
			});
			expect(calls().filter((call) => !call.startsWith('GET /users?'))).toEqual([check(BEN)]);
			expect(user(BEN)?.status).toBe('active');
		});

		test('refuses where nobody takes over what names the user', async () => {
			const parameters = { user: byId(BEN), targetManager: byId(CHLOE), ...options };
			const result = await run('user.transferAndDelete', parameters);
			expect(result.error?.message).toContain(
				': nobody takes over their places in assignment rules',
			);
			expect(result.error?.description).toBe('Choose a user in "Transfer To".');
			expect(writes()).toEqual([]);
		});

		test('tells what the check itself refuses', async () => {
			const result = await run('user.transferAndDelete', {
				user: byId(ASHA),
				...TO_CHLOE,
				...options,
			});
			expect(result.error?.message).toContain('Zoho does not allow it ("Super Admin');
			expect(zohoOf(result)).toMatchObject({ httpStatus: 403, code: 'NOT_ALLOWED' });
			const unknown = await run('user.transferAndDelete', {
				user: byId(UNKNOWN),
				...TO_CHLOE,
				...options,
			});
			expect(unknown.error?.message).toContain('Zoho does not know this user');
			expect(writes()).toEqual([]);
		});

		test('names the scope that the check needs', async () => {
			harness.engine.connect('1', 'ZohoCRM.users.ALL');
			const result = await run('user.transferAndDelete', {
				user: byId(BEN),
				...TO_CHLOE,
				...options,
			});
			expect(result.error?.description).toContain(
				'or add ZohoCRM.change_owner.READ to a custom scope',
			);
			expect(writes()).toEqual([]);
		});

		test.each([['records'], []].map((what) => ({ what })))(
			'refuses where the user who takes over gets $what only',
			async ({ what }) => {
				const parameters = { user: byId(BEN), ...TO_CHLOE, transferWhat: what, ...options };
				const result = await run('user.transferAndDelete', parameters);
				expect(result.error?.message).toBe(
					`CRM user ${ben(options)} not be transferred and deleted: nobody takes over their places in assignment rules`,
				);
				expect(result.error?.description).toBe('Add "Assignments" to "What to Transfer".');
				expect(zohoOf(result)).toMatchObject({
					code: 'LEFT_BEHIND',
					details: { subordinates: false, assignment: true, criteria: false },
				});
				expect(writes()).toEqual([]);
				expect(user(BEN)?.status).toBe('active');
			},
		);

		test.each([
			{ kind: 'status', status: 404, code: 'INVALID_URL_PATTERN' },
			{ kind: 'status', status: 404 },
		] as const)('deletes nobody where Zoho does not know the check: %j', async (fault) => {
			harness.emulator.faults.add({ ...fault, before: true, url: 'validate_before_transfer' });
			const parameters = { user: byId(BEN), ...TO_CHLOE, ...options };
			const result = await run('user.transferAndDelete', parameters);
			expect(result.error?.message).toBe(
				`CRM user ${ben(options)} not be transferred and deleted: Zoho did not check whether the user would leave something behind`,
			);
			expect(result.error?.description).toContain('Use "Transfer Data"');
			expect(zohoOf(result)).toMatchObject({ code: 'UNCHECKED' });
			expect(writes()).toEqual([]);
			expect(user(BEN)?.status).toBe('active');
		});

		test('one user of an item who would leave something behind stops no other', async () => {
			reportTo(BEN, EMIL);
			const emails = [BEN, DANA].map((id) => user(id)?.email);
			const parameters = { user: byEmail('={{ $json.emails }}'), ...TO_CHLOE, ...options };
			const input = [{ emails }];
			const result = await run('user.transferAndDelete', parameters, { input, ...continuing });
			expect(jsons(result)).toMatchObject([
				{ id: BEN, email: emails[0], code: 'LEFT_BEHIND' },
				{ id: DANA, email: emails[1], [options === DRY ? 'planned' : 'deleted']: true },
			]);
			expect(pairs(result.items)).toEqual([0, 0]);
			expect(user(BEN)?.status).toBe('active');
		});

		test('the others go on, with "continue"; nothing is written, when it is to stop', async () => {
			reportTo(BEN, EMIL);
			const input = asItems([BEN, DANA, UNKNOWN]);
			const parameters = { user: byId('={{ $json.id }}'), ...TO_CHLOE, ...options };
			const stopped = await run('user.transferAndDelete', parameters, { input });
			const verb = options === DRY ? 'would' : 'could';
			expect(stopped.error?.message).toBe(
				`2 of 3 CRM users ${verb} not be transferred and deleted; nothing was written`,
			);
			expect(zohoOf(stopped)).toMatchObject({ failed: [BEN, UNKNOWN], untouched: [DANA] });
			expect(writes()).toEqual([]);
			const result = await run('user.transferAndDelete', parameters, {
				input,
				...continuing,
			});
			expect(jsons(result).map(({ id, code }) => [id, code])).toEqual([
				[BEN, 'LEFT_BEHIND'],
				[DANA, options === DRY ? undefined : 'SUCCESS'],
				[UNKNOWN, 'INVALID_DATA'],
			]);
			expect(pairs(result.items)).toEqual([0, 1, 2]);
		});
	});

	test('an answer about somebody else is no check', async () => {
		const { world } = harness.emulator;
		const ben = user(BEN);
		if (ben) world.users.set(BEN, { ...ben, id: DANA });
		const result = await run('user.transferAndDelete', { user: byId(BEN), ...TO_CHLOE });
		expect(zohoOf(result)).toMatchObject({ code: 'NOT_MENTIONED' });
		expect(writes()).toEqual([]);
	});

	test('the same user is checked once, however many items name them', async () => {
		const parameters = { user: byId('={{ $json.id }}'), ...TO_CHLOE };
		await run('user.transferAndDelete', parameters, { input: asItems([BEN, BEN, BEN]) });
		expect(calls().filter((call) => call === check(BEN))).toHaveLength(1);
		expect(writes()).toHaveLength(1);
	});

	test('Transfer Data needs no check: nobody is deleted', async () => {
		reportTo(BEN, DANA);
		await run('user.transferData', { user: byId(BEN), ...TO_CHLOE });
		expect(calls()).not.toContain(check(BEN));
	});

	describe('users who hand over to each other', () => {
		const parameters = {
			user: '={{ $json.from }}',
			targetUser: '={{ $json.to }}',
			targetManager: '={{ $json.manager ?? $json.to }}',
		};
		const handOver = async (input: IDataObject[], options: { dryRun?: boolean } = {}) =>
			jsons(
				await run('user.transferAndDelete', { ...parameters, options }, { ...continuing, input }),
			);
		const codes = (items: IDataObject[]) => items.map(({ code }) => code ?? 'SUCCESS');

		test.each<[string, IDataObject[], string[]]>([
			[
				'who takes over was deleted before',
				[
					{ from: CHLOE, to: DANA },
					{ from: BEN, to: CHLOE },
				],
				['SUCCESS', 'INVALID_DATA'],
			],
			[
				'the new manager was deleted before',
				[
					{ from: CHLOE, to: DANA },
					{ from: BEN, to: DANA, manager: CHLOE },
				],
				['SUCCESS', 'INVALID_DATA'],
			],
			[
				'each takes over from the other',
				[
					{ from: BEN, to: CHLOE },
					{ from: CHLOE, to: BEN },
				],
				['SUCCESS', 'SUCCESSOR'],
			],
			[
				'who takes over was not deleted, because that was refused',
				[
					{ from: CHLOE, to: EMIL },
					{ from: BEN, to: CHLOE },
				],
				['INVALID_DATA', 'SUCCESS'],
			],
			[
				'who takes over is to be deleted later: the data may still be on its way',
				[
					{ from: BEN, to: CHLOE },
					{ from: CHLOE, to: DANA },
					{ from: BEN, to: CHLOE },
				],
				['SUCCESS', 'SUCCESSOR', 'SUCCESS'],
			],
			['one takes over from themselves', [{ from: BEN, to: BEN }], ['SAME_USER']],
			['one becomes their own manager', [{ from: BEN, to: CHLOE, manager: BEN }], ['SAME_USER']],
		])('%s: a dry run says what the run does', async (_, input, expected) => {
			expect(codes(await handOver(input, { dryRun: true }))).toEqual(expected);
			expect(writes()).toEqual([]);
			const told = await handOver(input);
			expect(codes(told)).toEqual(expected);
			for (const { id, code } of told) {
				expect(user(String(id))?.status).toBe(code === 'SUCCESS' ? 'deleted' : 'active');
			}
		});

		test('nothing is written, when it is to stop', async () => {
			const input = [
				{ from: CHLOE, to: DANA },
				{ from: BEN, to: CHLOE },
			];
			const result = await run('user.transferAndDelete', parameters, { input });
			expect(zohoOf(result)).toMatchObject({ code: 'INVALID_DATA' });
			expect(writes()).toEqual([]);
		});

		test('a transfer begins when those of the items before have ended', async () => {
			const input = [
				{ from: BEN, to: DANA },
				{ from: CHLOE, to: DANA },
				{ from: DANA, to: EMIL },
			];
			Object.assign(user(EMIL) ?? {}, { status: 'active' });
			await run('user.transferData', parameters, { ...continuing, input });
			const jobs = calls().filter((call) => /actions\/transfer/.test(call));
			const last = jobs.findIndex((call) => call.startsWith('POST') && call.includes(DANA));
			expect(jobs).toHaveLength(6);
			expect(last).toBe(4);
		});

		test('"Retry On Fail" goes on with what is left', async () => {
			const fault = { kind: 'status', status: 400, code: 'PASSING_TROUBLE', before: true } as const;
			harness.emulator.faults.add({ ...fault, method: 'POST', url: CHLOE, times: 1 });
			const input = [
				{ from: BEN, to: DANA },
				{ from: CHLOE, to: DANA },
			];
			const result = await run('user.transferAndDelete', parameters, { ...again, input });
			expect(result.error).toBeUndefined();
			expect(jsons(result)).toMatchObject([
				{ id: BEN, deleted: true },
				{ id: CHLOE, deleted: true },
			]);
			expect(writes().filter((call) => call.includes(BEN))).toHaveLength(1);
		});
	});

	test('"Retry On Fail" does not take who was deleted for unknown', async () => {
		harness.emulator.faults.add({
			kind: 503,
			before: true,
			method: 'POST',
			url: CHLOE,
			times: 20,
		});
		const emails = [BEN, CHLOE].map((id) => ({ email: user(id)?.email }));
		const parameters = { user: byEmail('={{ $json.email }}'), targetUser: byId(DANA) };
		const retry = { ...again, input: emails };
		const result = await run('user.transferAndDelete', parameters, retry);
		expect(user(BEN)?.status).toBe('deleted');
		expect(writes().filter((call) => call.includes(BEN))).toHaveLength(1);
		expect(calls().filter((call) => call === check(BEN))).toHaveLength(1);
		expect(zohoOf(result)).toMatchObject({ succeeded: [BEN] });
	});
});

describe('a transfer to another user', () => {
	const benToChloe = { user: byId(BEN), targetUser: byId(CHLOE) };

	/** Zoho's check before somebody is deleted. */
	const CHECK = `GET /users/${BEN}/actions/validate_before_transfer`;

	/** Job that the emulator started last. */
	const jobId = () => [...harness.emulator.world.jobs.keys()].at(-1);

	describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
		beforeEach(() => {
			harness.emulator.switches.sources = sources;
		});

		test('transfers and deletes a user, and waits until it is done', async () => {
			harness.emulator.switches.jobReads = 1;
			const result = await run('user.transferAndDelete', {
				...benToChloe,
				transferWhat: ['records', 'assignment'],
				targetManager: byId(ASHA),
			});
			const read = `GET /users/actions/transfer_and_delete?job_id=${jobId()}`;
			const write = `POST /users/${BEN}/actions/transfer_and_delete`;
			expect(calls()).toEqual([CHECK, write, read, read]);
			expect(harness.emulator.requests[1].body).toEqual({
				transfer_and_delete: [
					{
						transfer: { id: CHLOE, records: true, assignment: true, criteria: false },
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
		harness.emulator.switches.jobReads = Infinity;
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
		harness.emulator.switches.jobsFail = true;
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
		expect(result.error?.message).toMatch(
			/^It is not certain whether CRM user \d+ was transferred/,
		);
	});

	test('stopping the execution stops waiting', async () => {
		harness.emulator.switches.jobReads = Infinity;
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
		const result = await run('user.transferAndDelete', {
			user: byId(CHLOE),
			targetUser: byId(BEN),
		});
		expect(result.error?.description).toContain('Only the super admin may do this');
	});
});

describe('users by email', () => {
	skipPauses();

	const user = (id: string): OrgUser => {
		const found = harness.emulator.world.users.get(id);
		if (!found) throw new Error(`There is no user ${id}`);
		return found;
	};

	const pages = (amount: number) =>
		Array.from(
			{ length: amount },
			(_, index) => `GET /users?type=AllUsers&page=${index + 1}&per_page=200`,
		);

	/** Calls other than those of the look-up. */
	const others = () => calls().filter((call) => !call.startsWith('GET /users?type=AllUsers'));

	const jobReads = /^GET \/users\/actions/;

	/** What each operation on a CRM user asks beside the user, and the call it makes then. */
	const OPERATIONS: Array<[string, INodeParameters, string]> = [
		['checkTransfer', {}, `GET /users/${BEN}/actions/validate_before_transfer`],
		['delete', {}, `DELETE /users/${BEN}`],
		['get', {}, `GET /users/${BEN}`],
		[
			'transferAndDelete',
			{ targetUser: byId(CHLOE) },
			`POST /users/${BEN}/actions/transfer_and_delete`,
		],
		['transferData', { targetUser: byId(CHLOE) }, `POST /users/${BEN}/actions/transfer`],
		['update', { updateFields: { phone: '1' } }, `PUT /users/${BEN}`],
	];

	test.each(OPERATIONS)(
		'%s finds the user by email, whatever the case',
		async (name, more, call) => {
			const email = user(BEN).email.toUpperCase();
			const result = await run(`user.${name}`, { user: byEmail(` ${email} `), ...more });
			expect(result.error?.message).toBeUndefined();
			expect(calls()[0]).toBe('GET /users?type=AllUsers&page=1&per_page=200');
			expect(others()).toContain(call);
			expect(jsons(result)[0].id).toBe(BEN);
		},
	);

	test.each(OPERATIONS)('%s reads no users for an id', async (name, more, call) => {
		await run(`user.${name}`, { user: byId(BEN), ...more });
		await run(`user.${name}`, { user: fromList(BEN), ...more });
		await run(`user.${name}`, { user: BEN, ...more });
		expect(others()).toHaveLength(calls().length);
		expect(calls().filter((one) => one === call)).toHaveLength(3);
	});

	test.each(OPERATIONS)('%s says that nobody has the email', async (name, more) => {
		const result = await run(`user.${name}`, { user: byEmail('nobody@example.test'), ...more });
		expect(result.error?.message).toContain(
			': none of 5 CRM users has the email address "nobody@example.test"',
		);
		expect(result.error?.description).toContain('Check the address in "User"');
		expect(result.error?.description).not.toContain('Zoho answered');
		expect(zohoOf(result)).toMatchObject({ code: 'NOT_FOUND', details: { users: 5 } });
		expect(others()).toEqual([]);
	});

	test.each(OPERATIONS)('%s takes an email where an ID is asked for', async (name, more, call) => {
		const { email } = user(BEN);
		const input = [{ email }];
		for (const value of [byId('={{ $json.email }}'), '={{ $json.email }}', byId(email)]) {
			harness.emulator.reset();
			await run(`user.${name}`, { user: value, ...more }, { input });
			expect(calls()).toContain(call);
		}
	});

	test.each(OPERATIONS)('%s refuses what is neither an ID nor an email', async (name, more) => {
		const input = [{ value: 'Ben Ortiz' }];
		const result = await run(`user.${name}`, { user: '={{ $json.value }}', ...more }, { input });
		expect(result.error?.message).toMatch(
			/^'User' is "Ben( Ortiz)?", which is neither an ID nor an email address \[row 1\]$/,
		);
		const typed = run(`user.${name}`, { user: byId('Ben Ortiz'), ...more });
		await expect(typed).rejects.toThrow('Enter IDs (digits only) or email addresses');
		expect(calls()).toEqual([]);
	});

	test.each(['ben', 'ben@example.test, chloe', '@', ' '])(
		'"%s" is no email address',
		async (email) => {
			const parameters = { user: byEmail('={{ $json.email }}') };
			const result = await run('user.delete', parameters, { input: [{ email }] });
			expect(result.error?.message).toMatch(
				/^'User' is (empty|".*", which is not an email address)/,
			);
			expect(calls()).toEqual([]);
		},
	);

	describe.each([
		['separated by commas', (emails: string[]) => emails.join(', ')],
		['in an array', (emails: string[]) => emails],
	])('several emails of one item, %s', (_, list) => {
		const several = byEmail('={{ $json.emails }}');

		const input = () => [
			{ emails: list([user(BEN).email, 'nobody@example.test', user(CHLOE).email.toUpperCase()]) },
		];

		const found = (id: string) => ({ id, name: user(id).full_name, email: user(id).email });

		test('are users of their own: one who is not found stops no other', async () => {
			const result = await run('user.delete', { user: several }, { input: input(), ...continuing });
			expect(jsons(result)).toEqual([
				expect.objectContaining({ ...found(BEN), deleted: true, code: 'SUCCESS' }),
				expect.objectContaining({ email: 'nobody@example.test', code: 'NOT_FOUND' }),
				expect.objectContaining({ ...found(CHLOE), deleted: true, code: 'SUCCESS' }),
			]);
			expect(pairs(result.items)).toEqual([0, 0, 0]);
			expect(calls().filter((call) => call === pages(1)[0])).toHaveLength(1);
		});

		test('are planned one by one in a dry run', async () => {
			const parameters = { user: several, options: { dryRun: true } };
			const result = await run('user.delete', parameters, { input: input(), ...continuing });
			expect(jsons(result)).toEqual([
				{ ...found(BEN), planned: true, action: 'deleted' },
				expect.objectContaining({ email: 'nobody@example.test', code: 'NOT_FOUND' }),
				{ ...found(CHLOE), planned: true, action: 'deleted' },
			]);
			// Who the credential is connected as, which a deletion would lock out.
			expect(others()).toEqual(['GET /users?type=CurrentUser']);
		});

		test('end the run before anything is written, when it is to stop', async () => {
			const result = await run('user.delete', { user: several }, { input: input() });
			expect(result.error?.message).toBe(
				'1 of 3 CRM users could not be found; nothing was written',
			);
			expect(result.error?.description).toContain('none of 5 CRM users has the email address');
			expect(zohoOf(result)).toMatchObject({ code: 'NOT_FOUND', untouched: [BEN, CHLOE] });
			expect(others()).toEqual([]);
		});

		test('have an error of their own where Zoho refuses one', async () => {
			const gone = harness.emulator.world.addUser('Fern', 'Gone', { status: 'deleted' });
			const emails = list([gone.email, user(BEN).email]);
			const result = await run('user.delete', { user: several }, { input: [{ emails }] });
			expect(result.error?.message).toBe(
				'1 of 2 CRM users could not be deleted, 1 is done and stays so',
			);
			expect(zohoOf(result)).toMatchObject({ failed: [gone.id], succeeded: [BEN] });
			const kept = await run(
				'user.delete',
				{ user: several },
				{ input: [{ emails }], ...continuing },
			);
			expect(jsons(kept)[0]).toMatchObject({
				...found(gone.id),
				code: 'ID_ALREADY_DELETED',
			});
		});
	});

	test('100 emails in an organization of 1,000 are 5 reads and the writes', async () => {
		const { world } = harness.emulator;
		const added = Array.from({ length: 995 }, (_, index) => world.addUser('User', String(index)));
		const asked = added.filter((_, index) => index % 10 === 0);
		const input = asked.map(({ email }) => ({ email }));
		const result = await run('user.delete', { user: byEmail('={{ $json.email }}') }, { input });
		expect(calls().slice(0, 5)).toEqual(pages(5));
		expect(new Set(others())).toEqual(new Set(asked.map(({ id }) => `DELETE /users/${id}`)));
		expect(calls()).toHaveLength(5 + asked.length);
		expect(jsons(result)).toMatchObject(asked.map(({ id }) => ({ id, deleted: true })));
		expect(pairs(result.items)).toEqual(asked.map((_, index) => index));
	});

	test('nothing is kept between runs', async () => {
		const [ben, chloe] = [user(BEN), user(CHLOE)];
		const get = async () => jsons(await run('user.get', { user: byEmail('new@example.test') }));
		ben.email = 'new@example.test';
		expect(await get()).toMatchObject([{ id: BEN }]);
		[ben.email, chloe.email] = ['old@example.test', 'new@example.test'];
		expect(await get()).toMatchObject([{ id: CHLOE }]);
		expect(calls().filter((call) => call === pages(1)[0])).toHaveLength(2);
	});

	test('more than one user with the email is an error that names them', async () => {
		const twin = harness.emulator.world.addUser('Ben', 'Twin', {
			email: user(BEN).email.toUpperCase(),
			status: 'inactive',
		});
		const result = await run('user.delete', { user: byEmail(user(BEN).email) });
		expect(result.error?.message).toContain(
			`: more than one CRM user has the email address "${user(BEN).email}": Ben Ortiz (${BEN}, active) and Ben Twin (${twin.id}, inactive)`,
		);
		expect(result.error?.description).toContain('Enter the ID of the one you mean in "User"');
		expect(zohoOf(result)).toMatchObject({
			code: 'AMBIGUOUS',
			details: { found: [{ id: BEN }, { id: twin.id }] },
		});
		expect(others()).toEqual([]);
	});

	test('who works there goes before who has left; portal users are none of them', async () => {
		const { world } = harness.emulator;
		const { email } = user(BEN);
		world.addUser('Ben', 'Before', { email, status: 'deleted' });
		world.addUser('Ben', 'Client', { email, type__s: 'Client Portal User' });
		expect(jsons(await run('user.get', { user: byEmail(email) }))).toMatchObject([{ id: BEN }]);
		user(BEN).email = 'moved@example.test';
		const left = jsons(await run('user.get', { user: byEmail(email) }));
		expect(left).toMatchObject([{ full_name: 'Ben Before', status: 'deleted' }]);
	});

	describe('where some of the items cannot be found', () => {
		const input = (): IDataObject[] => [
			{ email: user(BEN).email },
			{ email: 'nobody@example.test' },
			{ email: user(CHLOE).email },
			{ email: 'shared@example.test' },
		];

		beforeEach(() => {
			for (const name of ['One', 'Two']) {
				harness.emulator.world.addUser('Sam', name, { email: 'shared@example.test' });
			}
		});

		const update = {
			user: byEmail('={{ $json.email }}'),
			updateFields: { phone: '+49 30 1' },
		};

		test('the others go on, with "continue"', async () => {
			const result = await run('user.update', update, {
				input: input(),
				...continuing,
			});
			expect(jsons(result)).toEqual([
				expect.objectContaining({ id: BEN, code: 'SUCCESS' }),
				expect.objectContaining({
					email: 'nobody@example.test',
					code: 'NOT_FOUND',
					error: expect.stringContaining('CRM user "nobody@example.test" could not be updated: '),
				}),
				expect.objectContaining({ id: CHLOE, code: 'SUCCESS' }),
				expect.objectContaining({ email: 'shared@example.test', code: 'AMBIGUOUS' }),
			]);
			expect(pairs(result.items)).toEqual([0, 1, 2, 3]);
			expect(user(BEN).phone).toBe('+49 30 1');
		});

		test('they come out of the error output, with "continue using error output"', async () => {
			const result = await run('user.update', update, {
				input: input(),
				onError: 'continueErrorOutput',
			});
			expect(jsons(result)).toMatchObject([{ id: BEN }, { id: CHLOE }]);
			expect(result.errorItems.map(({ json }) => [json.email, json.code])).toEqual([
				['nobody@example.test', 'NOT_FOUND'],
				['shared@example.test', 'AMBIGUOUS'],
			]);
			expect(pairs(result.errorItems)).toEqual([1, 3]);
		});

		test.each([{}, { batching: { batch: { batchSize: 1, batchInterval: 1 } } }])(
			'the run ends before anything is written, when it is to stop (%j)',
			async (requestOptions) => {
				const result = await run('user.update', { ...update, requestOptions }, { input: input() });
				expect(calls()).toEqual(pages(1));
				expect(result.error?.message).toBe(
					'2 of 4 CRM users could not be updated; nothing was written',
				);
				expect(result.error?.description).toContain(
					'"nobody@example.test": none of 7 CRM users has the email address',
				);
				expect(result.error?.context.itemIndex).toBe(1);
				expect(zohoOf(result)).toMatchObject({
					code: 'NOT_FOUND',
					succeeded: [],
					failed: ['nobody@example.test', 'shared@example.test'],
				});
			},
		);
	});

	test('who takes over is found by email, in the same reads', async () => {
		const result = await run('user.transferData', {
			user: byEmail(user(BEN).email),
			targetUser: byEmail(user(CHLOE).email),
			targetManager: byEmail(user(ASHA).email),
		});
		expect(jsons(result)).toMatchObject([{ id: BEN, transferred: true }]);
		expect(others().filter((call) => !jobReads.test(call))).toHaveLength(1);
		expect(calls().filter((call) => call === pages(1)[0])).toHaveLength(1);
		const { body } = harness.emulator.requests[1];
		expect(body).toMatchObject({
			transfer: [{ transfer: { id: CHLOE }, move_subordinate: { id: ASHA } }],
		});
	});

	test('who takes over and is not found is told beside whom it is about', async () => {
		const result = await run(
			'user.transferAndDelete',
			{ user: byId(BEN), targetUser: byEmail('nobody@example.test') },
			continuing,
		);
		expect(jsons(result)).toMatchObject([
			{ id: BEN, email: 'nobody@example.test', code: 'NOT_FOUND' },
		]);
		expect(jsons(result)[0].message).toContain('Check the address in "Transfer To"');
		expect(others()).toEqual([]);
	});

	test.each(['create', 'update'])('%s takes the manager by email', async (name) => {
		const { roles, profiles } = harness.emulator.world;
		const manager = { Reporting_To: byEmail(user(ASHA).email) };
		const parameters: INodeParameters = {
			user: byId(BEN),
			updateFields: manager,
			email: 'ada@example.test',
			first_name: 'Ada',
			role: byId(roles[2].id),
			profile: byId(profiles[1].id),
			additionalFields: manager,
		};
		await run(`user.${name}`, parameters);
		expect(calls()).toHaveLength(2);
		expect(harness.emulator.requests[1].body).toMatchObject({
			users: [{ Reporting_To: { id: ASHA } }],
		});
		const nobody = { Reporting_To: byEmail('nobody@example.test') };
		const result = await run(
			`user.${name}`,
			{ ...parameters, updateFields: nobody, additionalFields: nobody },
			continuing,
		);
		expect(calls()).toHaveLength(3);
		expect(jsons(result)).toMatchObject([
			name === 'create'
				? { email: 'ada@example.test', code: 'NOT_FOUND' }
				: { id: BEN, email: 'nobody@example.test', code: 'NOT_FOUND' },
		]);
		expect(jsons(result)[0].error).toContain('nobody@example.test');
	});

	test('the scope to read users is only needed, and named, by email', async () => {
		harness.engine.connect('1', 'ZohoCRM.users.UPDATE');
		const updateFields = { phone: '1' };
		const done = await run('user.update', { user: byId(BEN), updateFields });
		expect(jsons(done)).toMatchObject([{ id: BEN, code: 'SUCCESS' }]);
		const refused = await run('user.update', { user: byEmail(user(BEN).email), updateFields });
		expect(refused.error?.description).toContain('or add ZohoCRM.users.READ to a custom scope');
		expect(refused.error?.message).toContain('the credential lacks the scope ZohoCRM.users.READ');
		expect(calls()).toHaveLength(2);
	});

	test('where the users cannot be read, every item says so and nothing is written', async () => {
		harness.emulator.faults.add({ kind: 'status', before: true, status: 503, method: 'GET' });
		const result = await run(
			'user.update',
			{ user: byEmail('={{ $json.email }}'), updateFields: { phone: '1' } },
			{
				input: [{ email: user(BEN).email }, { email: user(CHLOE).email }],
				...continuing,
			},
		);
		expect(jsons(result).map(({ email, code, uncertain }) => [email, code, uncertain])).toEqual([
			[user(BEN).email, expect.any(String), undefined],
			[user(CHLOE).email, expect.any(String), undefined],
		]);
		expect(others()).toEqual([]);
	});

	test('an id that nobody has is still told by Zoho', async () => {
		const result = await run('user.get', { user: byId(UNKNOWN) });
		expect(zohoOf(result)).toMatchObject({ httpStatus: 204, code: 'NOT_FOUND' });
		expect(result.error?.message).toContain('nothing has this name or ID');
	});
});
