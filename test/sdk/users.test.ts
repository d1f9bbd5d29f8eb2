import { Users } from '@zohocrm/typescript-sdk-8.0';

import { ASHA, BEN, CHLOE, DANA, EMIL, UNKNOWN } from '../../emulator/seed';
import { parameters, read, useSdk } from './sdk';

const emulator = useSdk();

const operations = new Users.UsersOperations();

const userOf = (id: string) => emulator().world.users.get(id);

/** A user with these values, who is known by the id if there is one. */
function user(change: (user: Users.Users) => void, id?: string): Users.Users {
	const given = new Users.Users();
	if (id !== undefined) given.setId(BigInt(id));
	change(given);
	return given;
}

function bodyWith(...users: Users.Users[]): Users.BodyWrapper {
	const body = new Users.BodyWrapper();
	body.setUsers(users);
	return body;
}

const success = (id: string) => ({ code: 'SUCCESS', details: { id }, status: 'success' });

const done = (...ids: string[]) => ({
	status: 200,
	as: 'ActionWrapper',
	body: { users: ids.map(success) },
});

const refused = (code: string) => ({
	status: 400,
	as: 'ActionWrapper',
	body: { users: [{ code, status: 'error' }] },
});

const ben = {
	id: BEN,
	first_name: 'Ben',
	last_name: 'Ortiz',
	full_name: 'Ben Ortiz',
	status: 'active',
	confirm: true,
	role: { id: '7310000000000102002', name: 'Manager' },
	profile: { id: '7310000000000103002', name: 'Standard' },
	created_by: { id: ASHA, name: 'Asha Rao' },
	created_time: '2026-03-04T04:45:00.000Z',
	Modified_By: { id: ASHA, name: 'Asha Rao' },
	Modified_Time: '2026-03-05T03:30:00.000Z',
	locale: 'en_US',
	time_zone: 'Europe/Berlin',
	decimal_separator: 'Period',
};

describe('getUsers', () => {
	const { IDS, PAGE, PER_PAGE, TYPE } = Users.GetUsersParam;

	test('with all that is known of each', async () => {
		const alias = 'Benny';
		Object.assign(userOf(BEN) ?? {}, { alias, status_reason__s: 'On leave' });
		const given = await parameters([TYPE, 'AllUsers'], [IDS, BEN]);
		expect(read(await operations.getUsers(given))).toMatchObject({
			status: 200,
			as: 'ResponseWrapper',
			body: {
				users: [{ ...ben, alias, status_reason__s: 'On leave' }],
				info: { perPage: 200, count: 1, page: 1, moreRecords: false },
			},
		});
	});

	test('page by page', async () => {
		const page = async (number: number) => {
			const given = await parameters([PAGE, number], [PER_PAGE, 2]);
			return read(await operations.getUsers(given));
		};
		expect(await page(1)).toMatchObject({
			body: { users: [{ id: ASHA }, { id: BEN }], info: { page: 1, moreRecords: true } },
		});
		expect(await page(3)).toMatchObject({
			body: { users: [{ id: EMIL }], info: { page: 3, count: 1, moreRecords: false } },
		});
		expect(await page(4)).toEqual({ status: 204 });
	});

	test.each([
		['ActiveUsers', [ASHA, BEN, CHLOE, DANA]],
		['DeactiveUsers', [EMIL]],
		['NotConfirmedUsers', [DANA]],
		['AdminUsers', [ASHA]],
		['CurrentUser', [ASHA]],
	])('%s', async (type, ids) => {
		const given = await parameters([TYPE, type]);
		expect(read(await operations.getUsers(given))).toMatchObject({
			body: { users: ids.map((id) => ({ id })) },
		});
	});

	test('of an unknown type', async () => {
		const given = await parameters([TYPE, 'NoSuchUsers']);
		expect(read(await operations.getUsers(given))).toMatchObject({
			status: 400,
			as: 'APIException',
			body: { code: 'PATTERN_NOT_MATCHED' },
		});
	});
});

test('getUser', async () => {
	expect(read(await operations.getUser(BigInt(BEN)))).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: {
			users: [
				{
					...ben,
					theme: { normalTab: { fontColor: '#FFFFFF' }, background: '#F3F0EB', screen: 'fixed' },
					customize_info: { showHome: false, showDetailView: true },
					personal_account: false,
				},
			],
		},
	});
	expect(read(await operations.getUser(BigInt(UNKNOWN)))).toEqual({ status: 204 });
});

describe('createUsers', () => {
	const nia = user((one) => {
		one.setFirstName('Nia');
		one.setLastName('Ito');
		one.setEmail('nia@example.test');
		const role = new Users.Role();
		role.setId(7310000000000102003n);
		role.setName('Agent');
		one.setRole(role);
		const profile = new Users.Profile();
		profile.setId(7310000000000103002n);
		profile.setName('Standard');
		one.setProfile(profile);
	});

	test.each(['any', 'object'] as const)('with rolesAs %s', async (rolesAs) => {
		emulator().switches.rolesAs = rolesAs;
		const answer = read(await operations.createUsers(bodyWith(nia)));
		const id = [...emulator().world.users.keys()].at(-1) ?? '';
		expect(answer).toMatchObject({ ...done(id), status: 201 });
		expect(userOf(id)).toMatchObject({
			full_name: 'Nia Ito',
			email: 'nia@example.test',
			confirm: false,
			role: { name: 'Agent' },
			profile: { name: 'Standard' },
		});
	});

	test('is refused where ids are wanted as text, for the SDK sends objects', async () => {
		emulator().switches.rolesAs = 'text';
		const answer = read(await operations.createUsers(bodyWith(nia)));
		expect(answer).toMatchObject(refused('INVALID_DATA'));
	});

	test('is refused for an email address that is taken', async () => {
		await operations.createUsers(bodyWith(nia));
		const answer = read(await operations.createUsers(bodyWith(nia)));
		expect(answer).toMatchObject(refused('DUPLICATE_DATA'));
	});
});

test('updateUser', async () => {
	const change = user((one) => one.setCity('Rome'));
	expect(read(await operations.updateUser(BigInt(BEN), bodyWith(change)))).toMatchObject(done(BEN));
	expect(userOf(BEN)).toMatchObject({ city: 'Rome' });
	const deactivation = user((one) => one.setStatus('inactive'));
	expect(read(await operations.updateUser(BigInt(EMIL), bodyWith(deactivation)))).toMatchObject(
		refused('ID_ALREADY_DEACTIVATED'),
	);
});

describe('updateUsers', () => {
	const toRome = (id?: string) => user((one) => one.setCity('Rome'), id);

	test('changes several', async () => {
		const answer = read(await operations.updateUsers(bodyWith(toRome(BEN), toRome(EMIL))));
		expect(answer).toMatchObject(done(BEN, EMIL));
		expect([userOf(BEN), userOf(EMIL)]).toMatchObject([{ city: 'Rome' }, { city: 'Rome' }]);
	});

	test('is refused without an id', async () => {
		expect(read(await operations.updateUsers(bodyWith(toRome())))).toMatchObject({
			status: 400,
			as: 'ActionWrapper',
			body: {
				users: [
					{ code: 'MANDATORY_NOT_FOUND', details: { api_name: 'id', json_path: '$.users[0].id' } },
				],
			},
		});
	});

	test('says of each whether it was done', async () => {
		const answer = read(await operations.updateUsers(bodyWith(toRome(BEN), toRome(UNKNOWN))));
		expect(answer).toMatchObject({
			status: 200,
			as: 'ActionWrapper',
			body: { users: [success(BEN), { code: 'INVALID_DATA', status: 'error' }] },
		});
	});
});

describe.each(['oas', 'docs'] as const)('deleteUser, in the form of the %s,', (sources) => {
	beforeEach(() => {
		emulator().switches.sources = sources;
	});

	test('deletes', async () => {
		const answer = read(await operations.deleteUser(BigInt(BEN)));
		expect(answer).toMatchObject({ ...done(), body: { users: [{ code: 'SUCCESS' }] } });
		expect(userOf(BEN)).toMatchObject({ status: 'deleted' });
	});

	test('is refused for who is deleted', async () => {
		await operations.deleteUser(BigInt(BEN));
		const answer = read(await operations.deleteUser(BigInt(BEN)));
		expect(answer).toMatchObject(refused('ID_ALREADY_DELETED'));
	});
});

test.each([
	['AllUsers', 5],
	['ActiveUsers', 4],
	['DeactiveUsers', 1],
	['ConfirmedUsers', 4],
	['NotConfirmedUsers', 1],
	['DeletedUsers', 0],
	['ActiveConfirmedUsers', 3],
	['AdminUsers', 1],
	['ActiveConfirmedAdmins', 1],
	['CurrentUser', 1],
])('usersCount of %s', async (type, count) => {
	const given = await parameters([Users.UsersCountParam.TYPE, type]);
	expect(read(await operations.usersCount(given))).toEqual({
		status: 200,
		as: 'CountWrapper',
		body: { count },
	});
});
