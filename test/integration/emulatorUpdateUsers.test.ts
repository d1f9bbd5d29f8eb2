import { ASHA, BEN, CHLOE, DANA, EMIL, UNKNOWN } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

const call = caller(() => emulator);

const update = async (...users: object[]) => await call('PUT', '/users', { users });

const cityOf = (id: string) => emulator.world.users.get(id)?.city;

const success = (id: string) => ({
	code: 'SUCCESS',
	details: { id },
	message: 'User updated',
	status: 'success',
});

test('updates several CRM users in one call, a row for each in the order of the request', async () => {
	const answer = await update({ id: CHLOE, city: 'Rome' }, { id: EMIL, status: 'active' });
	expect(answer).toEqual({ status: 200, body: { users: [success(CHLOE), success(EMIL)] } });
	expect(cityOf(CHLOE)).toBe('Rome');
	expect(emulator.world.users.get(EMIL)).toMatchObject({ status: 'active' });
	expect(cityOf(BEN)).toBeUndefined();
});

test('takes ten at most, of the documentation one', async () => {
	const refused = (most: number) => ({
		status: 400,
		body: {
			code: 'INVALID_DATA',
			details: { maximum_length: most, api_name: 'users', json_path: '$.users' },
		},
	});
	const ids = Array.from({ length: 11 }, () => emulator.world.addUser('Some', 'Body').id);
	const changes = ids.map((id) => ({ id, city: 'Rome' }));
	expect(await update(...changes)).toMatchObject(refused(10));
	expect(ids.map(cityOf)).toEqual(ids.map(() => undefined));
	expect(await update(...changes.slice(1))).toMatchObject({ status: 200 });
	emulator.behaviour.sources = 'docs';
	expect(await update(...changes.slice(9))).toMatchObject(refused(1));
	expect(await update({ id: BEN, city: 'Rome' })).toMatchObject({ status: 200 });
});

test.each([
	[{ id: UNKNOWN }, { code: 'INVALID_DATA', details: { resource_path_index: 1 } }],
	[
		{ city: 'Rome' },
		{
			users: [
				{ code: 'MANDATORY_NOT_FOUND', details: { api_name: 'id', json_path: '$.users[0].id' } },
			],
		},
	],
])('refuses %j alone as documented', async (change, body) => {
	expect(await update(change)).toMatchObject({ status: 400, body });
});

test('refuses a call without users', async () => {
	const details = { api_name: 'users', json_path: '$.users' };
	const body = { users: [{ code: 'MANDATORY_NOT_FOUND', details }] };
	expect(await call('PUT', '/users', {})).toMatchObject({ status: 400, body });
});

describe('right and wrong ones in one call:', () => {
	const unknown = { code: 'INVALID_DATA', details: { resource_path_index: 1 }, status: 'error' };
	const primary = {
		code: 'INVALID_REQUEST',
		details: { id: ASHA, json_path: '$.users[2].id' },
		status: 'error',
	};

	const mixed = async () =>
		await update(
			{ id: DANA, city: 'Rome' },
			{ id: UNKNOWN, city: 'Rome' },
			{ id: ASHA, status: 'inactive' },
			{ id: BEN, city: 'Rome' },
		);

	test.each([
		['rows', 200, [success(DANA), unknown, primary, success(BEN)], true],
		['named', 400, [unknown, primary], false],
		['first', 400, [unknown], false],
		['unnamed', 400, [{ ...unknown, details: {} }], false],
		['doneThenNamed', 400, [unknown, primary], true],
	] as const)('%s', async (mixedIds, status, users, done) => {
		emulator.behaviour.mixedIds = mixedIds;
		expect(await mixed()).toMatchObject({ status, body: { users } });
		expect([cityOf(DANA), cityOf(BEN)]).toEqual(done ? ['Rome', 'Rome'] : [undefined, undefined]);
		expect(emulator.requests).toMatchObject([{ done }]);
	});

	test('only wrong ones get a row each, and 400', async () => {
		const answer = await update({ id: UNKNOWN }, { id: EMIL, status: 'inactive' });
		const deactivated = { api_name: 'id', id: '$.users[1].id' };
		expect(answer).toMatchObject({
			status: 400,
			body: { users: [unknown, { code: 'ID_ALREADY_DEACTIVATED', details: deactivated }] },
		});
	});
});
