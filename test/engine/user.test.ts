import { byId, fromList, jsons, useBench, zohoOf } from './setup';

const bench = useBench();
const { run, calls } = bench;

const ASHA = '7310000000000101001';
const BEN = '7310000000000101002';
const NOBODY = '7310000000000999999';

describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		bench.emulator.behaviour.sources = sources;
	});

	test('deletes a CRM user', async () => {
		const result = await run('user.delete', { user: byId(BEN) });
		expect(calls()).toEqual([`DELETE /users/${BEN}`]);
		expect(bench.emulator.requests[0].body).toBeUndefined();
		expect(jsons(result)).toEqual([
			{ id: BEN, deleted: true, code: 'SUCCESS', message: 'User deleted' },
		]);
		expect(bench.emulator.world.users.get(BEN)?.status).toBe('deleted');
	});

	test('says that an id is wrong, also when Zoho does so with HTTP 200', async () => {
		const result = await run('user.delete', { user: byId(NOBODY) });
		expect(result.error?.message).toContain(`CRM user ${NOBODY} could not be deleted: `);
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
		bench.emulator.behaviour.lacking = ['Crm_Implied_Manage_Users'];
		const result = await run('user.delete', { user: byId(BEN) });
		expect(result.error?.description).toContain('"Manage Users"');
		expect(zohoOf(result)).toMatchObject({ httpStatus: 403, code: 'NO_PERMISSION' });
	});
});

test('says that the privilege is missing', async () => {
	const { errors } = bench.documented('deleteUser');
	const error = errors.find(({ code }) => code === 'AUTHORIZATION_FAILED');
	if (error) bench.emulator.force('deleteUser', error);
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
	const result = await run('user.get', { user: byId(NOBODY) });
	expect(result.error?.message).toBe(
		`CRM user ${NOBODY} could not be read: there is nothing under this name or ID`,
	);
	expect(zohoOf(result)).toMatchObject({ httpStatus: 204, code: 'NOT_FOUND' });
});

test('lists CRM users, page by page up to the limit', async () => {
	for (let index = 0; index < 250; index++) bench.emulator.world.addUser('User', String(index));
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
