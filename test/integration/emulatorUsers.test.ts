import { enums } from '../../emulator/contract';
import { ASHA, BEN, CHLOE, DANA, EMIL, UNKNOWN } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

const call = caller(() => emulator);

const CEO = '7310000000000102001';
const MANAGER = '7310000000000102002';
const AGENT = '7310000000000102003';

const NIA = {
	first_name: 'Nia',
	last_name: 'Ito',
	email: 'nia@example.test',
	role: AGENT,
	profile: '7310000000000103002',
};

const create = async (extra: object = {}) =>
	await call('POST', '/users', { users: [{ ...NIA, ...extra }] });

const update = async (id: string, change: object) =>
	await call('PUT', `/users/${id}`, { users: [change] });

function userOf(id: string) {
	const user = emulator.world.users.get(id);
	if (!user) throw new Error(`No user ${id}`);
	return user;
}

const refused = (code: string, details: object = {}) => ({
	status: 400,
	body: { users: [{ code, details, status: 'error' }] },
});

const at = (api_name: string) => ({ api_name, json_path: `$.users[0].${api_name}` });

describe('keys that cannot be written', () => {
	const readOnly = { id: CHLOE, confirm: true, full_name: 'Somebody Else', zuid: '1' };

	test('are left out of a new user', async () => {
		const answer = await create(readOnly);
		const user = [...emulator.world.users.values()].at(-1);
		expect(answer).toMatchObject({ status: 201, body: { users: [{ details: { id: user?.id } }] } });
		expect(user).toMatchObject({ full_name: 'Nia Ito', confirm: false });
		expect(user?.id).not.toBe(CHLOE);
		expect(userOf(CHLOE)).toMatchObject({ id: CHLOE, first_name: 'Chloe' });
	});

	test('are left out of an update', async () => {
		const { zuid } = userOf(DANA);
		expect(await update(DANA, { ...readOnly, city: 'Rome' })).toMatchObject({ status: 200 });
		const dana = { id: DANA, full_name: 'Dana Kim', confirm: false, zuid, city: 'Rome' };
		expect(userOf(DANA)).toMatchObject(dana);
		expect(userOf(CHLOE)).toMatchObject({ id: CHLOE, first_name: 'Chloe' });
	});

	test.each(['created_by', 'Modified_By', 'type__s'])('refuse the call: %s', async (key) => {
		const given = { [key]: key === 'type__s' ? 'Team User' : { id: BEN, name: 'Ben Ortiz' } };
		expect(await create(given)).toMatchObject(refused('NOT_SUPPORTED', at(key)));
		expect(await update(BEN, given)).toMatchObject(refused('NOT_SUPPORTED', at(key)));
	});
});

describe('values that no source has', () => {
	test.each([
		['status', 'deleted'],
		['status', 'bogus'],
		['status', null],
		['time_format', 'h:m'],
		['distance_preference__s', 'Leagues'],
		['number_separator', 'Dot'],
		['decimal_separator', 'Space'],
		['name_format__s', 'First Name'],
		['sort_order_preference__s', 'Age'],
		['locale', 'xx_XX'],
		['time_zone', 'Nowhere'],
	])('are refused: %s %p', async (key, value) => {
		const before = structuredClone([...emulator.world.users]);
		expect(await create({ [key]: value })).toMatchObject(refused('INVALID_DATA', at(key)));
		expect(await update(BEN, { [key]: value })).toMatchObject(refused('INVALID_DATA', at(key)));
		expect([...emulator.world.users]).toEqual(before);
	});

	test('and others are taken', async () => {
		const given = {
			status: 'inactive',
			time_format: 'hh:mm a',
			distance_preference__s: 'Miles',
			number_separator: 'Space',
			decimal_separator: 'Comma',
			name_format__s: 'Last Name,First Name,Salutation',
			sort_order_preference__s: 'Last Name,First Name',
			locale: enums.languages[3],
			time_zone: 'Asia/Kolkata',
		};
		expect(await create(given)).toMatchObject({ status: 201 });
		expect(await update(BEN, given)).toMatchObject({ status: 200 });
		expect(userOf(BEN)).toMatchObject(given);
		// Separators are not case-sensitive, which the contract says in the text of an error only.
		emulator.onExchange = undefined;
		expect(await update(BEN, { number_separator: 'period' })).toMatchObject({ status: 200 });
		expect(
			await update(BEN, { number_separator: 'Period', decimal_separator: 'period' }),
		).toMatchObject({ status: 400, body: { users: [{ code: 'MAPPING_MISMATCH' }] } });
	});
});

describe('Reporting_To', () => {
	test('is refused if nobody has the ID', async () => {
		const refusal = refused('INVALID_DATA', { expected_data_type: 'Valid userid should be given' });
		expect(await create({ Reporting_To: { id: UNKNOWN } })).toMatchObject(refusal);
		expect(await update(BEN, { Reporting_To: { id: UNKNOWN } })).toMatchObject(refusal);
		expect(userOf(BEN).Reporting_To).toBeNull();
	});

	test('is not oneself', async () => {
		const expected_data_type = 'ReportingTo Id should not be the same as userId';
		const refusal = refused('INVALID_DATA', { expected_data_type });
		expect(await update(BEN, { Reporting_To: { id: BEN } })).toMatchObject(refusal);
	});

	test('is not a deleted user', async () => {
		userOf(EMIL).status = 'deleted';
		const details = { api_name: 'Reporting_To', json_path: '$.users[0].Reporting_To.id' };
		const created = await create({ Reporting_To: { id: EMIL } });
		expect(created).toMatchObject(refused('NOT_ALLOWED', details));
		const updated = await update(BEN, { Reporting_To: { id: EMIL } });
		expect(updated).toMatchObject(refused('INVALID_DATA'));
	});

	test('is set, and taken away', async () => {
		expect(await update(BEN, { Reporting_To: { id: ASHA } })).toMatchObject({ status: 200 });
		expect(userOf(BEN).Reporting_To).toEqual({ id: ASHA, name: 'Asha Rao' });
		expect(await update(BEN, { Reporting_To: null })).toMatchObject({ status: 200 });
		expect(userOf(BEN).Reporting_To).toBeNull();
	});
});

describe('the license', () => {
	beforeEach(() => {
		emulator.switches.userLicences = 4;
	});

	test('is used up by active users', async () => {
		expect(await create()).toMatchObject(refused('LICENSE_LIMIT_EXCEEDED'));
		expect(await update(EMIL, { status: 'active' })).toMatchObject(
			refused('LICENSE_LIMIT_EXCEEDED'),
		);
		expect(userOf(EMIL).status).toBe('inactive');
	});

	test('is free again when one of them is deleted', async () => {
		expect(await call('DELETE', `/users/${CHLOE}`)).toMatchObject({ status: 200 });
		expect(await create()).toMatchObject({ status: 201 });
	});
});

test.each(['oas', 'docs'] as const)(
	'the deletion of nobody is refused, with sources %s',
	async (sources) => {
		emulator.switches.sources = sources;
		expect(await call('DELETE', `/users/${UNKNOWN}`)).toMatchObject({
			status: 400,
			body: { code: 'INVALID_DATA', details: { resource_path_index: 1 } },
		});
	},
);

describe('lists', () => {
	const READS = 'ZohoCRM.users.READ';

	async function get(path: string, headers: Record<string, string> = {}) {
		const { access_token } = emulator.connect(READS);
		const response = await fetch(`${emulator.origin}/crm/v8${path}`, {
			headers: { Authorization: `Zoho-oauthtoken ${access_token}`, ...headers },
		});
		const text = await response.text();
		const body = (text === '' ? {} : JSON.parse(text)) as { users?: Array<{ id: string }> };
		return { status: response.status, users: body.users, ids: body.users?.map(({ id }) => id) };
	}

	beforeEach(() => {
		userOf(EMIL).role = { id: AGENT, name: 'Agent' };
		userOf(BEN).Reporting_To = { id: ASHA, name: 'Asha Rao' };
		userOf(DANA).Reporting_To = { id: ASHA, name: 'Asha Rao' };
	});

	test.each([
		['ChildRoleUsers', [BEN, CHLOE, DANA]],
		['SubordinateRoleUsers', [BEN, CHLOE, DANA, EMIL]],
		['ParentRoleUsers', undefined],
		['ConfirmedReportingUsers', [BEN]],
		[`ParentRoleUsers&role_id=${MANAGER}`, [ASHA]],
		[`ChildRoleUsers&role_id=${MANAGER}`, [EMIL]],
		[`ChildRoleUsers&role_id=${CEO}`, [BEN, CHLOE, DANA]],
		[`ChildRoleUsers&role_id=${UNKNOWN}`, undefined],
	])('know the type %s', async (type, ids) => {
		expect((await get(`/users?type=${type}`)).ids).toEqual(ids);
	});

	test('know all types of the contract', async () => {
		for (const type of enums.orgUserListType) {
			expect([200, 204]).toContain((await get(`/users?type=${type}`)).status);
		}
	});

	test.each(['__proto__', 'constructor', 'toString', 'NoSuchType'])('refuse %s', async (type) => {
		expect(await call('GET', `/users?type=${type}`)).toMatchObject({
			status: 400,
			body: { code: 'PATTERN_NOT_MATCHED', details: { api_name: 'type' } },
		});
	});

	test('are filtered by type__s, as a single user is', async () => {
		userOf(BEN).type__s = 'Team User';
		expect((await get('/users?type__s=Team+User')).ids).toEqual([BEN]);
		expect((await get('/users?type__s=Support+User')).status).toBe(204);
		expect((await get(`/users/${BEN}?type__s=Team+User`)).ids).toEqual([BEN]);
		expect((await get(`/users/${BEN}?type__s=Regular+User`)).status).toBe(204);
	});

	test('have the fields that were asked for, and the ID', async () => {
		// Examples have all fields.
		emulator.onExchange = undefined;
		const fields = 'fields=last_name,email,No_Such_Field';
		const { email } = userOf(BEN);
		const ben = { id: BEN, last_name: 'Ortiz', email };
		expect((await get(`/users?ids=${BEN}&${fields}`)).users).toEqual([ben]);
		expect((await get(`/users/${BEN}?${fields}`)).users).toEqual([ben]);
	});

	test('have what was modified since a time, or 304', async () => {
		const since = { 'If-Modified-Since': new Date(Date.now() - 60_000).toISOString() };
		expect(await get('/users', since)).toMatchObject({ status: 304 });
		await update(CHLOE, { city: 'Rome' });
		await create();
		const { ids } = await get('/users', since);
		expect(ids).toEqual([CHLOE, [...emulator.world.users.keys()].at(-1)]);
		const longAgo = { 'If-Modified-Since': '2020-01-01T00:00:00+00:00' };
		expect((await get('/users', longAgo)).ids).toHaveLength(6);
		expect((await get('/users', { 'If-Modified-Since': 'yesterday' })).ids).toHaveLength(6);
	});
});

describe('transfers', () => {
	const transfer = { id: CHLOE, records: true, assignment: true, criteria: false };

	const send = async (id: string, key: string, ...given: object[]) =>
		await call('POST', `/users/${id}/actions/${key}`, { [key]: given });

	const DELETION = 'transfer_and_delete';

	test('of somebody unknown', async () => {
		const details = { resource_path_index: 1 };
		const unknown = { code: 'INVALID_DATA', details, message: 'the id given seems to be invalid' };
		expect(await send(UNKNOWN, DELETION, { transfer })).toMatchObject({
			status: 400,
			body: unknown,
		});
		const { body } = await send(UNKNOWN, DELETION, { transfer });
		expect(Object(body).details).toEqual(details);
		expect(await send(UNKNOWN, 'transfer', { transfer })).toMatchObject({
			body: { details: { ...details, owner_status: 'not_crm_user' } },
		});
	});

	describe.each([DELETION, 'transfer'])('%s', (key) => {
		const path = (part: string) => ({ api_name: 'id', json_path: `$.${key}.${part}.id` });

		describe.each(['transfer', 'move_subordinate'])('in %s', (part) => {
			test.each([
				['no ID', undefined, 'MANDATORY_NOT_FOUND', { parent_api_name: part }],
				['a number', 5, 'INVALID_DATA', { expected_data_type: 'bigint' }],
				['a text', 'Chloe', 'INVALID_DATA', { expected_data_type: 'bigint' }],
				['somebody inactive', EMIL, 'INVALID_DATA', { owner_status: 'inactive' }],
				[
					'nobody',
					UNKNOWN,
					'INVALID_DATA',
					{ owner_status: key === DELETION ? 'no_crm_user' : 'not_crm_user' },
				],
			])('refuses %s', async (_, id, code, more) => {
				expect(await send(BEN, key, { [part]: { id } })).toMatchObject({
					status: 400,
					body: { [key]: [{ code, details: { ...path(part), ...more } }] },
				});
				expect(emulator.world.jobs.size).toBe(0);
			});

			test('refuses somebody deleted', async () => {
				userOf(EMIL).status = 'deleted';
				const details = { ...path(part), owner_status: 'deleted' };
				expect(await send(BEN, key, { [part]: { id: EMIL } })).toMatchObject({
					status: 400,
					body: { [key]: [{ code: 'INVALID_DATA', details }] },
				});
			});
		});

		test('refuses more than one', async () => {
			expect(await send(BEN, key, { transfer }, {})).toMatchObject({
				status: 400,
				body: { code: 'INVALID_DATA', details: { maximum_length: 1, api_name: key } },
			});
		});
	});

	test('do not move subordinates to one of them', async () => {
		userOf(CHLOE).Reporting_To = { id: BEN, name: 'Ben Ortiz' };
		const answer = await send(BEN, DELETION, { move_subordinate: { id: CHLOE } });
		expect(answer).toMatchObject({ status: 400, body: { code: 'NOT_ALLOWED' } });
		expect(emulator.world.jobs.size).toBe(0);
	});

	test('without a deletion are for subordinates only', async () => {
		const refusal = { status: 400, body: { code: 'NOT_ALLOWED' } };
		expect(await send(ASHA, 'transfer', { transfer })).toMatchObject(refusal);
		emulator.world.currentUser = CHLOE;
		const toAsha = { transfer: { ...transfer, id: ASHA } };
		expect(await send(BEN, 'transfer', toAsha)).toMatchObject(refusal);
		userOf(BEN).Reporting_To = { id: CHLOE, name: 'Chloe Meyer' };
		expect(await send(BEN, 'transfer', toAsha)).toMatchObject({ status: 200 });
	});
});
