import { ASHA, BEN, CHLOE, DANA, EMIL, UNKNOWN } from '../../emulator/seed';
import {
	again,
	asItems,
	byEmail,
	byId,
	continuing,
	jsons,
	pairs,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, writes } = harness;

skipPauses();

const check = (id: string) => `GET /users/${id}/actions/validate_before_transfer`;

const user = (id: string) => harness.emulator.world.users.get(id);

/** Has people report to somebody. */
const reportTo = (id: string, ...people: string[]) => {
	for (const one of people) Object.assign(user(one) ?? {}, { Reporting_To: { id, name: 'Boss' } });
};

const TO_CHLOE = { targetUser: byId(CHLOE) };

const DRY = { options: { dryRun: true } };

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
		expect(calls()[0]).toBe(check(BEN));
		expect(user(BEN)?.status).toBe(options === DRY ? 'active' : 'deleted');
		expect(user(DANA)?.Reporting_To?.id).toBe(options === DRY ? BEN : CHLOE);
	});

	test('refuses where subordinates would have no manager', async () => {
		reportTo(BEN, DANA);
		const parameters = { user: byId(BEN), ...TO_CHLOE, ...options };
		const result = await run('user.transferAndDelete', parameters);
		expect(result.error?.message).toBe(
			`CRM user ${BEN} could not be transferred and deleted: the people who report to them have no new manager`,
		);
		expect(result.error?.description).toBe('Choose somebody in "New Manager of Subordinates".');
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
		expect(result.error?.message).toContain(': nobody takes over their places in assignment rules');
		expect(result.error?.description).toBe('Choose somebody in "Transfer To".');
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
		expect(result.error?.description).toContain('Add ZohoCRM.change_owner.READ');
		expect(writes()).toEqual([]);
	});

	test('does without the check where Zoho does not know it', async () => {
		harness.emulator.faults.add({
			kind: 'status',
			status: 404,
			code: 'INVALID_URL_PATTERN',
			before: true,
			url: 'validate_before_transfer',
		});
		const result = await run('user.transferAndDelete', {
			user: byId(BEN),
			...TO_CHLOE,
			...options,
		});
		expect(result.error?.message).toBeUndefined();
		expect(jsons(result)).toMatchObject([{ id: BEN }]);
	});

	test('the others go on, with "continue"; nothing is written, when it is to stop', async () => {
		reportTo(BEN, EMIL);
		const input = asItems([BEN, DANA, UNKNOWN]);
		const parameters = { user: byId('={{ $json.id }}'), ...TO_CHLOE, ...options };
		const stopped = await run('user.transferAndDelete', parameters, { input });
		expect(stopped.error?.message).toBe('2 of 2 CRM users could not be transferred and deleted');
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
