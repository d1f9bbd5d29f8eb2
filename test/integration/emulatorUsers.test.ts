import { documented } from '../../emulator/contract';
import { ASHA, BEN, CHLOE, DEALERS, EMIL, PORTAL, UNKNOWN } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

const call = caller(() => emulator);

describe('the count of CRM users', () => {
	beforeEach(() => {
		emulator.world.addUser('Gone', 'Away', { status: 'deleted' });
	});

	const [{ values }] = documented('getUsersCount').query;

	test.each([
		['AllUsers', 6],
		['ActiveUsers', 4],
		['DeactiveUsers', 1],
		['ConfirmedUsers', 5],
		['NotConfirmedUsers', 1],
		['DeletedUsers', 1],
		['ActiveConfirmedUsers', 3],
		['AdminUsers', 1],
		['ActiveConfirmedAdmins', 1],
		['CurrentUser', 1],
	])('knows %s', async (type, count) => {
		expect(values).toContain(type);
		const answer = await call('GET', `/users/actions/count?type=${type}`);
		expect(answer).toEqual({ status: 200, body: { count } });
	});

	test('knows ten types, all of them by default', async () => {
		expect(values).toHaveLength(10);
		expect(await call('GET', '/users/actions/count')).toMatchObject({ body: { count: 6 } });
	});

	test.each(['NoSuchType', 'ActiveLiteUser'])('refuses %s', async (type) => {
		const answer = await call('GET', `/users/actions/count?type=${type}`);
		expect(answer).toMatchObject({ status: 400, body: { code: 'PATTERN_NOT_MATCHED' } });
	});
});

describe('rolesAs', () => {
	const role = '7310000000000102003';
	const profile = '7310000000000103002';
	const asText = { role, profile };
	const asObject = {
		role: { id: role, name: 'Agent' },
		profile: { id: profile, name: 'Standard' },
	};

	const create = async (given: object) => {
		const users = [{ first_name: 'Nia', last_name: 'Ito', email: 'nia@example.test', ...given }];
		return await call('POST', '/users', { users });
	};

	const refused = { status: 400, body: { users: [{ code: 'INVALID_DATA' }] } };

	test.each([
		['any', asText],
		['any', asObject],
		['text', asText],
		['object', asObject],
	] as const)('%s takes %j', async (rolesAs, given) => {
		emulator.behaviour.rolesAs = rolesAs;
		expect(await create(given)).toMatchObject({ status: 201 });
		expect([...emulator.world.users.values()].at(-1)).toMatchObject(asObject);
		const { status } = await call('PUT', `/users/${BEN}`, { users: [given] });
		expect(status).toBe(200);
		expect(emulator.world.users.get(BEN)).toMatchObject(asObject);
	});

	test.each([
		['text', asObject],
		['object', asText],
	] as const)('%s refuses %j', async (rolesAs, given) => {
		emulator.behaviour.rolesAs = rolesAs;
		expect(await create(given)).toMatchObject(refused);
		expect(await call('PUT', `/users/${BEN}`, { users: [given] })).toMatchObject(refused);
		expect(
			await call('PUT', `/users/${BEN}`, { users: [{ profile: given.profile }] }),
		).toMatchObject(refused);
	});
});

describe('transfer and delete with the user in the body', () => {
	const remove = async (...given: object[]) =>
		await call('POST', '/users/actions/transfer_and_delete', { transfer_and_delete: given });

	const transfer = { id: CHLOE, records: true, assignment: true, criteria: false };
	const stateOf = (id: string) => emulator.world.users.get(id)?.status;

	test.each([
		['oas', 'job_id'],
		['docs', 'jobId'],
	] as const)('becomes a job, in the form of the %s', async (sources, key) => {
		emulator.behaviour.sources = sources;
		const manager = { id: BEN, name: 'Ben Ortiz' };
		Object.assign(emulator.world.users.get(EMIL) ?? {}, { Reporting_To: manager });
		const answer = await remove({ id: BEN, transfer, move_subordinate: { id: ASHA } });
		const [job] = emulator.world.jobs.keys();
		expect(answer).toMatchObject({
			status: 200,
			body: { transfer_and_delete: [{ code: 'SUCCESS', details: { [key]: job, id: BEN } }] },
		});
		expect(stateOf(BEN)).toBe('active');
		const read = await call('GET', `/users/actions/transfer_and_delete?job_id=${job}`);
		expect(read).toEqual({
			status: 200,
			body: { transfer_and_delete: [{ status: 'completed' }] },
		});
		expect(stateOf(BEN)).toBe('deleted');
		expect(emulator.world.users.get(EMIL)).toMatchObject({ Reporting_To: { id: ASHA } });
	});

	test.each<[string, object[], object]>([
		['no user', [{ transfer }], { code: 'MANDATORY_NOT_FOUND' }],
		[
			'an unknown user',
			[{ id: UNKNOWN, transfer }],
			{ transfer_and_delete: [{ code: 'INVALID_DATA', details: { id: UNKNOWN } }] },
		],
		[
			'the super admin',
			[{ id: ASHA, transfer }],
			{ transfer_and_delete: [{ code: 'NOT_ALLOWED', details: { api_name: 'id' } }] },
		],
		['nothing to do', [{ id: BEN }], { transfer_and_delete: [{ code: 'EXPECTED_FIELD_MISSING' }] }],
		[
			'two users',
			[
				{ id: BEN, transfer },
				{ id: EMIL, transfer },
			],
			{ code: 'INVALID_DATA', details: { maximum_length: 1 } },
		],
	])('refuses %s as documented', async (_, given, body) => {
		expect(await remove(...given)).toMatchObject({ status: 400, body });
		expect(emulator.world.jobs.size).toBe(0);
	});

	test('is for the super admin alone, and wants the permission', async () => {
		emulator.world.currentUser = CHLOE;
		const refused = { status: 403, body: { code: 'NO_PERMISSION' } };
		expect(await remove({ id: BEN, transfer })).toMatchObject(refused);
		emulator.behaviour.lacking = ['Crm_Implied_Change_Owner_Leads'];
		expect(await remove({ id: BEN, transfer })).toMatchObject(refused);
	});
});

describe('changing the status of a portal user', () => {
	test.each(['', '?active=', '?active=maybe'])('is refused with "%s"', async (query) => {
		const [{ personality_id }] = emulator.world.addPortalUsers(DEALERS, 1);
		const path = `/settings/portals/${PORTAL}/user_type/${DEALERS}/users/${personality_id}`;
		expect(await call('PUT', `${path}/actions/change_status${query}`)).toMatchObject({
			status: 400,
			body: { code: 'REQUIRED_PARAM_MISSING', details: { param: 'active' } },
		});
		expect(emulator.world.portalUsers.get(personality_id)).toMatchObject({ active: true });
	});
});
