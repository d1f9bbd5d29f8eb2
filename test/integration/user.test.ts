import { ASHA, BEN, EMIL, UNKNOWN } from '../../emulator/seed';
import { byId, fromList, jsons, useHarness, zohoOf } from '../../harness/harness';

const harness = useHarness();
const { run, calls } = harness;

describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		harness.emulator.behaviour.sources = sources;
	});

	test('deletes a CRM user', async () => {
		const result = await run('user.delete', { user: byId(BEN) });
		expect(calls()).toEqual([`DELETE /users/${BEN}`]);
		expect(harness.emulator.requests[0].body).toBeUndefined();
		expect(jsons(result)).toEqual([
			{ id: BEN, deleted: true, code: 'SUCCESS', message: 'User deleted' },
		]);
		expect(harness.emulator.world.users.get(BEN)?.status).toBe('deleted');
	});

	test('says that an id is wrong, also when Zoho does so with HTTP 200', async () => {
		const result = await run('user.delete', { user: byId(UNKNOWN) });
		expect(result.error?.message).toContain(`CRM user ${UNKNOWN} could not be deleted: `);
		expect(zohoOf(result)).toMatchObject({
			code: 'INVALID_DATA',
			httpStatus: sources === 'oas' ? 400 : 200,
		});
	});

	test('says that a user is deleted already', async () => {
		await run('user.delete', { user: byId(BEN) });
		const result = await run('user.delete', { user: byId(BEN) });
		expect(result.error?.message).toBe(
			`CRM user ${BEN} could not be deleted: the user is deleted already`,
		);
		expect(zohoOf(result)).toMatchObject({ code: 'ID_ALREADY_DELETED', details: { id: BEN } });
	});

	test('says that the primary contact cannot be deleted', async () => {
		const result = await run('user.delete', { user: byId(ASHA) });
		expect(result.error?.message).toContain('Primary contact cannot be deleted');
		expect(result.error?.description).toContain('Name another primary contact first');
	});

	test('says that a permission is missing', async () => {
		harness.emulator.behaviour.lacking = ['Crm_Implied_Manage_Users'];
		const result = await run('user.delete', { user: byId(BEN) });
		expect(result.error?.description).toContain('"Manage Users"');
		expect(zohoOf(result)).toMatchObject({ httpStatus: 403, code: 'NO_PERMISSION' });
	});
});

test('says that the privilege is missing', async () => {
	const { errors } = harness.documented('deleteUser');
	const error = errors.find(({ code }) => code === 'AUTHORIZATION_FAILED');
	if (error) harness.emulator.force('deleteUser', error);
	const result = await run('user.delete', { user: byId(BEN) });
	expect(result.error?.message).toBe(
		`CRM user ${BEN} could not be deleted: the connected Zoho user lacks the privilege, or the trial has ended`,
	);
});

test('gets a CRM user', async () => {
	const result = await run('user.get', { user: fromList(BEN) });
	expect(calls()).toEqual([`GET /users/${BEN}`]);
	expect(jsons(result)).toEqual([expect.objectContaining({ id: BEN, full_name: 'Ben Ortiz' })]);
});

test('says that there is no such CRM user, where Zoho answers 204', async () => {
	const result = await run('user.get', { user: byId(UNKNOWN) });
	expect(result.error?.message).toBe(
		`CRM user ${UNKNOWN} could not be read: there is nothing under this name or ID`,
	);
	expect(zohoOf(result)).toMatchObject({ httpStatus: 204, code: 'NOT_FOUND' });
});

test('lists CRM users, page by page up to the limit', async () => {
	for (let index = 0; index < 250; index++) harness.emulator.world.addUser('User', String(index));
	const result = await run('user.getAll', { limit: 220, filters: { type: 'ActiveUsers' } });
	expect(calls()).toEqual([
		'GET /users?type=ActiveUsers&page=1&per_page=200',
		'GET /users?type=ActiveUsers&page=2&per_page=200',
	]);
	expect(result.items).toHaveLength(220);
	const all = await run('user.getAll', { returnAll: true });
	expect(all.items).toHaveLength(255);
});

test('returns no items where no user matches', async () => {
	const result = await run('user.getAll', { filters: { type: 'DeletedUsers' } });
	expect(result.items).toEqual([]);
	expect(result.error).toBeUndefined();
});

describe('Create', () => {
	const ada = {
		email: 'ada@example.test',
		first_name: 'Ada',
		last_name: 'Novak',
		role: fromList('7310000000000102003'),
		profile: fromList('7310000000000103002'),
	};

	test('adds a CRM user', async () => {
		const additionalFields = { phone: '+49 30 1', otherFields: '{"locale":"de_DE"}' };
		const result = await run('user.create', { ...ada, additionalFields });
		expect(calls()).toEqual(['POST /users']);
		expect(harness.emulator.requests[0].body).toEqual({
			users: [
				{
					email: 'ada@example.test',
					first_name: 'Ada',
					last_name: 'Novak',
					role: '7310000000000102003',
					profile: '7310000000000103002',
					phone: '+49 30 1',
					locale: 'de_DE',
				},
			],
		});
		const user = [...harness.emulator.world.users.values()].at(-1);
		expect(user).toMatchObject({ full_name: 'Ada Novak', confirm: false });
		expect(jsons(result)).toEqual([
			{ id: user?.id, name: 'Ada Novak', code: 'SUCCESS', message: 'User added' },
		]);
	});

	test('says that the address is taken', async () => {
		const { email } = harness.emulator.world.users.get(BEN) ?? {};
		const result = await run('user.create', { ...ada, email });
		expect(result.error?.message).toBe(
			`CRM user "${email}" could not be created: the same name or email address exists already`,
		);
	});

	test('says that the license covers no more users', async () => {
		harness.emulator.behaviour.userLicences = 5;
		const result = await run('user.create', ada);
		expect(result.error?.message).toContain('your Zoho license does not cover more CRM users');
	});

	test('says where users are managed instead', async () => {
		harness.emulator.behaviour.usersManagedElsewhere = true;
		const result = await run('user.create', ada);
		expect(result.error?.description).toContain('Zoho One and CRM Plus manage their users');
	});

	test('is not repeated when Zoho may have done it', async () => {
		harness.emulator.faults.add({ kind: 'reset', before: false, method: 'POST' });
		const result = await run('user.create', ada);
		expect(calls()).toHaveLength(1);
		expect(result.error?.message).toMatch(/^It is not certain whether CRM user "ada@example.test"/);
	});
});

describe('Update', () => {
	test('sends only what was filled in; an empty text clears a field', async () => {
		const updateFields = {
			phone: '+49 30 1',
			mobile: '',
			role: byId('7310000000000102001'),
			Reporting_To: byId(ASHA),
		};
		const result = await run('user.update', { user: byId(BEN), updateFields });
		expect(calls()).toEqual([`PUT /users/${BEN}`]);
		expect(harness.emulator.requests[0].body).toEqual({
			users: [
				{
					phone: '+49 30 1',
					mobile: null,
					role: '7310000000000102001',
					Reporting_To: { id: ASHA },
				},
			],
		});
		expect(jsons(result)).toEqual([{ id: BEN, code: 'SUCCESS', message: 'User updated' }]);
		expect(harness.emulator.world.users.get(BEN)?.role.name).toBe('CEO');
	});

	test.each([
		[ASHA, { status: 'active', phone: '1' }, 'the user is active already'],
		[EMIL, { status: 'inactive', phone: '1' }, 'the user is inactive already'],
		[ASHA, { status: 'inactive' }, 'Zoho does not do this here'],
		[BEN, { email: 'b@example.test' }, 'the email address of this user cannot be changed'],
		[BEN, { profile: byId(UNKNOWN) }, '"profile" has a value that Zoho does not take'],
	])('says why %s cannot become %j', async (user, updateFields, reason) => {
		const result = await run('user.update', { user: byId(user), updateFields });
		expect(result.error?.message).toContain(`CRM user ${user} could not be updated: ${reason}`);
	});

	test('refuses to send nothing', async () => {
		const result = await run('user.update', { user: byId(BEN), updateFields: {} });
		expect(result.error?.message).toBe("'Update Fields' is empty [item 0]");
		expect(calls()).toEqual([]);
	});
});

test('counts CRM users, all or of a type', async () => {
	expect(jsons(await run('user.count'))).toEqual([{ count: 5 }]);
	const active = await run('user.count', { filters: { type: 'ActiveUsers' } });
	expect(jsons(active)).toEqual([{ count: 4 }]);
	expect(calls()).toEqual([
		'GET /users/actions/count?type=AllUsers',
		'GET /users/actions/count?type=ActiveUsers',
	]);
});

test('checks what someone would have to take over', async () => {
	const result = await run('user.checkTransfer', { user: byId(BEN) });
	expect(calls()).toEqual([`GET /users/${BEN}/actions/validate_before_transfer`]);
	expect(jsons(result)).toEqual([
		expect.objectContaining({ id: BEN, assignment: true, criteria: false, subordinates: false }),
	]);
});
