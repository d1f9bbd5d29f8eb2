import type { IDataObject } from 'n8n-workflow';

import { documented, operations } from '../../emulator/contract';
import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { handlers } from '../../emulator/routes';
import { ASHA, BEN, CHLOE, DANA, DEALERS, EMIL, PORTAL, UNKNOWN } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import type { CrmRecord } from '../../emulator/world';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

const call = caller(() => emulator);

describe('search', () => {
	let token: string;

	beforeAll(() => {
		token = emulator.connect(
			'ZohoCRM.modules.ALL,ZohoSearch.securesearch.READ,ZohoCRM.settings.clientportal.ALL',
		).access_token;
	});

	guardContract(() => emulator);

	async function call(method: string, path: string) {
		const response = await fetch(`${emulator.origin}/crm/v8${path}`, {
			method,
			headers: { Authorization: `Zoho-oauthtoken ${token}` },
		});
		const text = await response.text();
		return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
	}

	const search = async (query: Record<string, string>, module = 'Contacts') =>
		await call('GET', `/${module}/search?${new URLSearchParams(query)}`);

	/** Ids of what criteria find. */
	async function found(criteria: string, module = 'Contacts'): Promise<string[]> {
		const { body } = await search({ criteria }, module);
		return (body?.data ?? []).map(({ id }: IDataObject) => id);
	}

	const add = (email: string | null, extra: Partial<CrmRecord> = {}) =>
		emulator.world.addRecord({ email, ...extra }).id;

	const member = (email: string | null, other: string | null) =>
		add(email, { module: 'Members', emails: { Secondary_Email: other } });

	test('a record is shown with what it has, or with the fields that were asked for', async () => {
		const record = emulator.world.addRecord({ name: 'Mina Shah', email: 'mina@acme.test' });
		const { status, body } = await search({ criteria: '(Email:equals:mina@acme.test)' });
		expect(status).toBe(200);
		expect(body).toEqual({
			data: [
				{
					id: record.id,
					Owner: expect.objectContaining({ name: 'Asha Rao' }),
					Full_Name: 'Mina Shah',
					Email: 'mina@acme.test',
					Created_Time: expect.any(String),
					Modified_Time: expect.any(String),
				},
			],
			info: {
				per_page: 200,
				count: 1,
				sort_by: 'id',
				page: 1,
				sort_order: 'desc',
				more_records: false,
			},
		});
		const query = { criteria: '(Email:equals:mina@acme.test)', fields: 'Full_Name,No_Such' };
		expect((await search(query)).body.data).toEqual([{ id: record.id, Full_Name: 'Mina Shah' }]);
	});

	test('what is not there is answered with 204 and no body', async () => {
		add('mina@acme.test');
		const nothing = { status: 204, body: undefined };
		expect(await search({ criteria: '(Email:equals:leila@acme.test)' })).toEqual(nothing);
		expect(await search({ criteria: '(Email:equals:mina@acme.test)' }, 'Vendors')).toEqual(nothing);
		expect(await search({ criteria: '(Email:equals:mina@acme.test)', page: '2' })).toEqual(nothing);
	});

	describe('criteria', () => {
		test('equals finds whatever contains the value, in any case, and lookalikes', async () => {
			const ids = [
				add('team-a@acme.test'),
				add('big.TEAM_A@acme.test'),
				add('team-a@acme.testing.test'),
			];
			add('teama@acme.test');
			add(null);
			expect(await found('(Email:equals:Team-A@acme.test)')).toEqual(ids.reverse());
			expect(await found('Email:equals:Team-A@acme.test')).toEqual(ids);
		});

		test('in, starts_with and not_equal', async () => {
			const [a, b, c] = ['a@acme.test', 'b@acme.test', 'c@other.test'].map((email) => add(email));
			expect(await found('(Email:in:a@acme.test,c@other.test)')).toEqual([c, a]);
			expect(await found('(Email:starts_with:b@)')).toEqual([b]);
			expect(await found('(Email:not_equal:acme.test)')).toEqual([c]);
		});

		test('and, or, in parentheses', async () => {
			const [a, b] = ['a@acme.test', 'b@acme.test'].map((email) => add(email, { name: 'Mina' }));
			const c = add('c@acme.test', { name: 'Leila' });
			const mina = '(Full_Name:equals:mina)';
			expect(await found(`((Email:equals:a@acme.test)or(Email:equals:c@acme.test))`)).toEqual([
				c,
				a,
			]);
			expect(await found(`(${mina} and (Email:starts_with:b))`)).toEqual([b]);
			expect(await found(`(${mina} and ((Email:starts_with:b) or (Email:starts_with:c)))`)).toEqual(
				[b],
			);
		});

		test('an escaped parenthesis, comma or backslash is a part of the value', async () => {
			const odd = add('"a,(b)\\"@acme.test');
			const plus = add('mina+portal@acme.test');
			add('mina portal@acme.test');
			expect(await found('(Email:in:x@acme.test,"a\\,\\(b\\)\\\\"@acme.test)')).toEqual([odd]);
			expect(await found('(Email:equals:mina+portal@acme.test)')).toEqual([plus]);
		});

		test('a plus that is not encoded is a space, as in any address', async () => {
			add('mina+portal@acme.test');
			const { status } = await call('GET', '/Contacts/search?criteria=(Email:equals:mina+portal)');
			expect(status).toBe(204);
		});

		test('are about one field, an email about all of them', async () => {
			const id = member('first@acme.test', 'second@acme.test');
			expect(await found('(Email:equals:second@acme.test)', 'Members')).toEqual([]);
			expect(await found('(Secondary_Email:equals:second@acme.test)', 'Members')).toEqual([id]);
			for (const email of ['first@acme.test', 'second@ACME.test', 'second@']) {
				const { body } = await search({ email }, 'Members');
				expect(body.data).toMatchObject([
					{ id, Email: 'first@acme.test', Secondary_Email: 'second@acme.test' },
				]);
			}
			expect((await search({ email: 'third@acme.test' }, 'Members')).status).toBe(204);
		});

		test('count before an email', async () => {
			const [a] = ['a@acme.test', 'b@acme.test'].map((email) => add(email));
			const { body } = await search({ criteria: '(Email:starts_with:a)', email: 'b@acme.test' });
			expect(body.data).toMatchObject([{ id: a }]);
		});
	});

	const condition = '(Email:equals:a@acme.test)';
	const or = (amount: number) => `(${Array(amount).fill(condition).join('or')})`;
	const values = (amount: number) => `(Email:in:${Array(amount).fill('a@b.c').join(',')})`;

	test('ten conditions and a hundred values are taken', async () => {
		const id = add('a@acme.test');
		expect(await found(or(10))).toEqual([id]);
		expect((await search({ criteria: values(100) })).status).toBe(204);
	});

	test.each<[what: string, query: Record<string, string>, answer: object]>([
		['nothing to search for', {}, { code: 'EXPECTED_PARAM_MISSING' }],
		['eleven conditions', { criteria: or(11) }, { code: 'CRITERIA_LIMIT_EXCEEDED' }],
		[
			'101 values',
			{ criteria: values(101) },
			{ code: 'INVALID_QUERY', details: { param_name: 'Email' } },
		],
		[
			'more than 3,000 characters',
			{ criteria: `(Email:equals:${'x'.repeat(3_000)})` },
			{ code: 'INVALID_DATA' },
		],
		[
			'an unknown field',
			{ criteria: '(E_Mail:equals:a@acme.test)' },
			{ code: 'INVALID_QUERY', details: { api_name: 'E_Mail' } },
		],
		[
			'an unknown operator',
			{ criteria: '(Email:contains:a@acme.test)' },
			{ code: 'INVALID_QUERY', details: { operator: 'contains', api_name: 'Email' } },
		],
		['an open parenthesis', { criteria: `(${condition}` }, { code: 'INVALID_QUERY' }],
		['one too many', { criteria: `${condition})` }, { code: 'INVALID_QUERY' }],
		['one in a value', { criteria: '(Email:equals:a(b)@acme.test)' }, { code: 'INVALID_QUERY' }],
		['no value', { criteria: '(Email:equals:)' }, { code: 'INVALID_QUERY' }],
		['more than 2,000 records', { criteria: condition, page: '11' }, { code: 'LIMIT_REACHED' }],
	])('%s is refused', async (_, query, answer) => {
		const { status, body } = await search(query);
		expect(status).toBe(400);
		expect(body).toMatchObject(answer);
	});

	test.each([
		['NoSuchModule', 400, 'INVALID_MODULE'],
		['Visits', 400, 'NOT_SUPPORTED'],
		['Vendors', 403, 'NO_PERMISSION'],
	])('in %s a search is refused with %i %s', async (module, status, code) => {
		emulator.switches.lacking = ['Crm_Implied_View_Vendors'];
		const refused = await search({ email: 'a@acme.test' }, module);
		expect([refused.status, refused.body.code]).toEqual([status, code]);
	});

	test.each(['__proto__', 'constructor', 'toString'])(
		'an operator that is none is refused: %s',
		async (operator) => {
			expect(await search({ criteria: `(Email:${operator}:x)` })).toMatchObject({
				status: 400,
				body: { code: 'INVALID_QUERY', details: { operator } },
			});
		},
	);

	test('an encrypted field takes nothing but equals', async () => {
		emulator.world.field('Members', 'Secondary_Email').encrypted = true;
		const id = member(null, 'a@acme.test');
		expect(await found('(Secondary_Email:equals:a@acme.test)', 'Members')).toEqual([id]);
		const refused = await search({ criteria: '(Secondary_Email:in:a@acme.test)' }, 'Members');
		expect(refused.body).toMatchObject({ code: 'INVALID_QUERY', details: { operator: 'in' } });
	});

	test('pages have 200 records at most, the newest first', async () => {
		const ids = Array.from({ length: 401 }, (_, index) => add(`a${index}@acme.test`)).reverse();
		const seen: string[] = [];
		for (const page of ['1', '2', '3']) {
			const { body } = await search({ criteria: '(Email:equals:acme.test)', page });
			seen.push(...body.data.map(({ id }: IDataObject) => id));
			expect(body.info.more_records).toBe(page !== '3');
		}
		expect(seen).toEqual(ids);
	});

	test('records in the recycle bin are not found', async () => {
		add('a@acme.test', { state: 'recycled' });
		const id = add('a@acme.test', { state: 'locked' });
		expect(await found(condition)).toEqual([id]);
	});

	test('with searchDelay a record is found only when it was written some time ago', async () => {
		emulator.switches.searchDelay = 60_000;
		const old = add('a@acme.test', { written: Date.now() - 60_000 });
		add('a@acme.test');
		expect(await found(condition)).toEqual([old]);
		emulator.switches.searchDelay = 0;
		expect(await found(condition)).toHaveLength(2);
	});

	test('an invitation goes to the field of the user type, not to any', async () => {
		const { world } = emulator;
		const { id: userType } = world.addUserType(PORTAL, 'Club', {
			personality_module: world.module('Members'),
			invitation_field: world.field('Members', 'Secondary_Email'),
		});
		const invite = async (id: string) =>
			await call(
				'POST',
				`/Members/${id}/actions/portal_invite?user_type_id=${userType}&type=invite`,
			);
		const [good, bad] = [member(null, 'second@acme.test'), member('first@acme.test', null)];
		expect((await invite(good)).status).toBe(200);
		expect(world.portalUsers.get(good)?.email).toBe('second@acme.test');
		expect((await invite(bad)).body.code).toBe('INVALID_DATA');
	});
});

describe('CRM users', () => {
	guardContract(() => emulator);

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
			emulator.switches.rolesAs = rolesAs;
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
			emulator.switches.rolesAs = rolesAs;
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
			emulator.switches.sources = sources;
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
			[
				'nothing to do',
				[{ id: BEN }],
				{ transfer_and_delete: [{ code: 'EXPECTED_FIELD_MISSING' }] },
			],
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
			emulator.switches.lacking = ['Crm_Implied_Change_Owner_Leads'];
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
});

describe('updates of CRM users', () => {
	guardContract(() => emulator);

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
		emulator.switches.sources = 'docs';
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
			emulator.switches.mixedIds = mixedIds;
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
});

describe('content types', () => {
	let tokens: { access_token: string; refresh_token: string };

	beforeAll(() => {
		tokens = emulator.connect('ZohoCRM.users.ALL,ZohoCRM.settings.clientportal.ALL');
	});

	guardContract(() => emulator);

	const CHANGE = { users: [{ city: 'Rome' }] };

	/** Sends bytes, which have no Content-Type of their own, with the one that is given or with none. */
	async function update(text: string, type?: string, token = tokens.access_token) {
		const response = await fetch(`${emulator.origin}/crm/v8/users/${BEN}`, {
			method: 'PUT',
			headers: {
				Authorization: `Zoho-oauthtoken ${token}`,
				...(type !== undefined && { 'Content-Type': type }),
			},
			body: new TextEncoder().encode(text),
		});
		return { status: response.status, body: await response.json() };
	}

	describe.each([
		undefined,
		'application/json',
		'text/plain',
		'application/octet-stream',
		'application/x-www-form-urlencoded',
		'multipart/form-data',
	])('a body of the type %s', (type) => {
		test('is read as JSON, and logged', async () => {
			expect(await update(JSON.stringify(CHANGE), type)).toMatchObject({ status: 200 });
			expect(emulator.world.users.get(BEN)).toMatchObject({ city: 'Rome' });
			expect(emulator.requests).toMatchObject([
				{ method: 'PUT', url: `/crm/v8/users/${BEN}`, body: CHANGE, status: 200 },
			]);
		});

		test('meets the token first, and is logged', async () => {
			const answer = await update(JSON.stringify(CHANGE), type, 'nobody');
			expect(answer).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
			expect(emulator.requests).toMatchObject([{ body: CHANGE, status: 401 }]);
		});

		test('that is no JSON is refused by the API', async () => {
			const answer = await update('{"users": [', type);
			expect(answer).toMatchObject({
				status: 400,
				body: { users: [{ code: 'MANDATORY_NOT_FOUND' }] },
			});
		});
	});

	describe('a request for a token as multipart/form-data', () => {
		const client = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };

		async function ask(fields: Record<string, string>) {
			const form = new FormData();
			for (const [name, value] of Object.entries(fields)) form.append(name, value);
			const response = await fetch(`${emulator.origin}/oauth/v2/token`, {
				method: 'POST',
				body: form,
			});
			return { status: response.status, body: await response.json() };
		}

		test('gets one, and is logged', async () => {
			const { refresh_token } = tokens;
			const answer = await ask({ ...client, grant_type: 'refresh_token', refresh_token });
			expect(answer).toMatchObject({
				status: 200,
				body: { access_token: expect.stringMatching(/^1000\./), api_domain: emulator.origin },
			});
			expect(emulator.tokenRequests).toEqual([{ grant: 'refresh_token', status: 200 }]);
		});

		test('is refused as Zoho refuses', async () => {
			const answer = await ask({ ...client, grant_type: 'refresh_token', refresh_token: 'none' });
			expect(answer).toEqual({ status: 200, body: { error: 'invalid_code' } });
		});

		test('that is broken is refused as one from an unknown client', async () => {
			const response = await fetch(`${emulator.origin}/oauth/v2/token`, {
				method: 'POST',
				headers: { 'Content-Type': 'multipart/form-data; boundary=here' },
				body: 'nothing of that kind',
			});
			expect([response.status, await response.json()]).toEqual([200, { error: 'invalid_client' }]);
			expect(emulator.tokenRequests).toEqual([{ grant: '', status: 200 }]);
		});
	});
});

describe('scopes', () => {
	interface Call {
		method: string;
		path: string;
		alsoScopes?: string[];
	}

	/** Whether a token with this scope, and with what is needed besides, may make a call at all. */
	async function may(scope: string, { method, path, alsoScopes = [] }: Call) {
		const scopes = [scope, ...alsoScopes.slice(0, 1)].join(',');
		const response = await fetch(`${emulator.origin}/crm/v8${path.replace(/[{}]/g, '')}`, {
			method,
			headers: { Authorization: `Bearer ${emulator.connect(scopes).access_token}` },
		});
		return !(await response.text()).includes('OAUTH_SCOPE_MISMATCH');
	}

	const routes = handlers.map(({ id, method, path, scopes, alsoScopes = [] }) => ({
		id,
		method: String(method),
		path,
		scopes,
		alsoScopes,
	}));

	const allOf = (scope: string) => scope.replace(/\.\w+$/, '.ALL');

	test.each(operations)('$id takes the scopes of every source', ({ scopes, scopesBySource }) => {
		const named = Object.values(scopesBySource ?? {})
			.flat()
			.map((scope) => scope.replace(/ .*$/, ''));
		expect(scopes).toEqual(expect.arrayContaining(named));
		expect([...named, ...named.map(allOf)]).toEqual(expect.arrayContaining(scopes));
	});

	test.each(routes)('$id takes each of its scopes, and ALL of their areas', async (route) => {
		for (const scope of route.scopes) {
			expect([scope, await may(scope, route)]).toEqual([scope, true]);
			expect([allOf(scope), await may(allOf(scope), route)]).toEqual([allOf(scope), true]);
		}
	});

	test.each(routes)('$id takes no other level, and no other area', async (route) => {
		const levels = ['READ', 'CREATE', 'UPDATE', 'DELETE'];
		const others = route.scopes
			.flatMap((scope) => levels.map((level) => scope.replace(/\w+$/, level)))
			.filter((scope) => !route.scopes.includes(scope));
		for (const scope of [...others, 'ZohoCRM.modules.ALL', 'ZohoCRM.bulk.ALL']) {
			expect([scope, await may(scope, route)]).toEqual([scope, false]);
		}
	});

	test.each(routes)('$id: settings.ALL is good for metadata only', async (route) => {
		const metadata = route.scopes.some((scope) =>
			/^ZohoCRM\.settings\.(?!clientportal)/.test(scope),
		);
		expect(await may('ZohoCRM.settings.ALL', route)).toBe(metadata);
	});

	test('one scope of several is enough', async () => {
		const [route] = routes;
		expect(await may(`ZohoCRM.users.ALL,${route.scopes[0]}`, route)).toBe(true);
	});

	describe('a search for records wants two scopes', () => {
		const search = (module: string) => ({ method: 'GET', path: `/${module}/search` });
		const SEARCH = 'ZohoSearch.securesearch.READ';

		test.each([
			['Contacts', 'ZohoCRM.modules.contacts.READ'],
			['Contacts', 'ZohoCRM.modules.Contacts.READ'],
			['Contacts', 'ZohoCRM.modules.contacts.ALL'],
			['Contacts', 'ZohoCRM.modules.READ'],
			['Contacts', 'ZohoCRM.modules.ALL'],
			['Members', 'ZohoCRM.modules.custom.READ'],
		])('in %s, %s and that of the search', async (module, scope) => {
			expect(await may(`${scope},${SEARCH}`, search(module))).toBe(true);
			expect(await may(scope, search(module))).toBe(false);
		});

		test.each([
			['Contacts', 'ZohoCRM.modules.vendors.READ'],
			['Contacts', 'ZohoCRM.modules.contacts.CREATE'],
			['Contacts', 'ZohoCRM.modules.custom.READ'],
			['Members', 'ZohoCRM.modules.members.READ'],
			['Members', 'ZohoCRM.settings.ALL'],
		])('in %s not %s', async (module, scope) => {
			expect(await may(`${scope},${SEARCH}`, search(module))).toBe(false);
		});
	});
});

describe('the limit of tokens', () => {
	let refreshToken: string;

	beforeEach(() => {
		refreshToken = emulator.connect('ZohoCRM.users.ALL').refresh_token;
	});
	afterEach(() => jest.restoreAllMocks());

	async function refresh(refresh_token = refreshToken) {
		const response = await fetch(`${emulator.origin}/oauth/v2/token`, {
			method: 'POST',
			body: new URLSearchParams({
				client_id: CLIENT_ID,
				client_secret: CLIENT_SECRET,
				grant_type: 'refresh_token',
				refresh_token,
			}),
		});
		return { status: response.status, body: await response.json() };
	}

	async function refreshTimes(times: number) {
		for (let index = 0; index < times; index++) {
			expect(await refresh()).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
		}
	}

	const DENIED = {
		error: 'Access Denied',
		error_description:
			'You have made too many requests continuously. Please try again after some time.',
		status: 'failure',
	};

	test('without tokenLimit a refresh token is good for any number of access tokens', async () => {
		await refreshTimes(12);
	});

	test.each([200, 400] as const)('with tokenLimit %i it is good for 10', async (status) => {
		emulator.switches.tokenLimit = status;
		await refreshTimes(10);
		expect(await refresh()).toEqual({ status, body: DENIED });
		expect(emulator.tokenRequests.map((request) => request.status)).toEqual([
			...Array.from({ length: 10 }, () => 200),
			status,
		]);
	});

	test('every refresh token has a limit of its own', async () => {
		emulator.switches.tokenLimit = 400;
		await refreshTimes(10);
		const other = emulator.connect('ZohoCRM.users.ALL').refresh_token;
		expect((await refresh()).status).toBe(400);
		expect((await refresh(other)).status).toBe(200);
	});

	test('requests that got no token do not count', async () => {
		emulator.switches.tokenLimit = 400;
		emulator.faults.add({ kind: 503, before: true, during: 'token', times: 5 });
		for (let index = 0; index < 5; index++) {
			const response = await fetch(`${emulator.origin}/oauth/v2/token`, { method: 'POST' });
			expect(response.status).toBe(503);
		}
		await refreshTimes(10);
		expect((await refresh()).status).toBe(400);
	});

	test('the limit is over 10 minutes after the first of them, and with a reset', async () => {
		emulator.switches.tokenLimit = 400;
		const start = Date.now();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(start);
		await refreshTimes(5);
		clock.mockReturnValue(start + 60_000);
		await refreshTimes(5);
		clock.mockReturnValue(start + 599_999);
		expect((await refresh()).status).toBe(400);
		clock.mockReturnValue(start + 600_000);
		await refreshTimes(5);
		expect((await refresh()).status).toBe(400);
		emulator.reset();
		emulator.switches.tokenLimit = 400;
		await refreshTimes(1);
	});
});

describe('strange bodies', () => {
	guardContract(() => emulator);

	/** Bodies in the place of the one that is documented, of which all but the last have no list. */
	const strange: Array<[string, (wrapper: string) => unknown]> = [
		['none', () => undefined],
		['null', () => null],
		['a number', () => 5],
		['a list', () => []],
		['an empty object', () => ({})],
		['no list', (wrapper) => ({ [wrapper]: 5 })],
		['an empty list', (wrapper) => ({ [wrapper]: [] })],
		['a list of null', (wrapper) => ({ [wrapper]: [null] })],
		['a list of numbers', (wrapper) => ({ [wrapper]: [5] })],
	];

	const withBody = operations.filter(
		// What becomes of it shows in the list of users only.
		({ id, body }) => body !== null && id !== 'changePortalUsersStatusBulk',
	);

	describe.each(withBody)('$id', ({ method, path, success }) => {
		const at = path
			.replace('{portal}', PORTAL)
			.replace('{user_type_id}', DEALERS)
			.replace('{user_id}', BEN)
			.replace('{module}', 'Contacts');
		const wrapper = success[0].wrapper ?? '';

		test.each(strange)('refuses a body that is %s', async (_, body) => {
			expect(await call(method, at, body(wrapper))).toMatchObject({ status: 400 });
		});

		test('answers a list of an empty object within the contract', async () => {
			const { status } = await call(method, at, { [wrapper]: [{}] });
			expect([200, 400]).toContain(status);
		});
	});
});

describe('strange queries', () => {
	test('of a parameter that is given twice the last value counts', async () => {
		const answer = await call('GET', `/users?ids=${ASHA}&ids=${BEN}`);
		expect(answer).toMatchObject({
			status: 200,
			body: { users: [{ id: BEN }], info: { count: 1 } },
		});
	});

	test.each(['x', '5', '{}'])('a filter that is no list is refused: %s', async (filters) => {
		emulator.world.addPortalUsers(DEALERS, 1);
		const users = `/settings/portals/${PORTAL}/user_type/${DEALERS}/users`;
		expect(await call('GET', `${users}?type=AllUsers&filters=${filters}`)).toMatchObject({
			status: 400,
			body: { code: 'PATTERN_NOT_MATCHED', details: { api_name: 'filters' } },
		});
	});
});
