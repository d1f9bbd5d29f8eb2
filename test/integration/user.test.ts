import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ASHA, BEN, CHLOE, DANA, EMIL, UNKNOWN } from '../../emulator/seed';
import type { OrgUser } from '../../emulator/world';
import {
	asItems,
	byEmail,
	byId,
	continuing,
	fromList,
	hintsOf,
	jsons,
	pairs,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';
import { serve } from '../../harness/serve';
import type { Served } from '../../harness/serve';

const harness = useHarness();
const { run, calls } = harness;

describe('CRM users', () => {
	describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
		beforeEach(() => {
			harness.emulator.switches.sources = sources;
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
			// As the second version of the API does.
			const message = 'the_id_given_seems_to_be_invalid';
			const body = { code: 'invalid_data', details: {}, message, status: 'error' };
			const fault = { kind: 'status', status: 200, body, before: true, method: 'DELETE' } as const;
			if (sources === 'docs') harness.emulator.faults.add(fault);
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
				`CRM user ${BEN} could not be deleted: the user is already deleted`,
			);
			expect(zohoOf(result)).toMatchObject({ code: 'ID_ALREADY_DELETED', details: { id: BEN } });
		});

		test('says that the primary contact cannot be deleted', async () => {
			const result = await run('user.delete', { user: byId(ASHA) });
			expect(result.error?.message).toContain('Primary contact cannot be deleted');
			expect(result.error?.description).toContain('Name another primary contact first');
		});

		test('says that a permission is missing', async () => {
			harness.emulator.switches.lacking = ['Crm_Implied_Manage_Users'];
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
			`CRM user ${UNKNOWN} could not be read: nothing has this name or ID`,
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
				`CRM user "${email}" could not be created: the same name or email address already exists`,
			);
		});

		test('says that the license covers no more users', async () => {
			harness.emulator.switches.userLicences = 4;
			const result = await run('user.create', ada);
			expect(result.error?.message).toContain('your Zoho license does not cover more CRM users');
		});

		test('says where users are managed instead', async () => {
			harness.emulator.switches.usersManagedElsewhere = true;
			const result = await run('user.create', ada);
			expect(result.error?.description).toContain('Zoho One and CRM Plus manage their users');
		});

		test('is not repeated when Zoho may have done it', async () => {
			harness.emulator.faults.add({ kind: 'reset', before: false, method: 'POST' });
			const result = await run('user.create', ada);
			expect(calls()).toHaveLength(1);
			expect(result.error?.message).toMatch(
				/^It is not certain whether CRM user "ada@example.test"/,
			);
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
			[ASHA, { status: 'active', phone: '1' }, 'the user is already active'],
			[EMIL, { status: 'inactive', phone: '1' }, 'the user is already inactive'],
			[ASHA, { status: 'inactive' }, 'Zoho does not allow this here'],
			[BEN, { email: 'b@example.test' }, 'the email address of this user cannot be changed'],
			[BEN, { profile: byId(UNKNOWN) }, '"profile" has a value that Zoho does not accept'],
		])('says why %s cannot become %j', async (user, updateFields, reason) => {
			const result = await run('user.update', { user: byId(user), updateFields });
			expect(result.error?.message).toContain(`CRM user ${user} could not be updated: ${reason}`);
		});

		test('refuses to send nothing', async () => {
			const result = await run('user.update', { user: byId(BEN), updateFields: {} });
			expect(result.error?.message).toBe("'Update Fields' is empty [row 1]");
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
});

describe('updates of many', () => {
	skipPauses();

	const user = (id: string): OrgUser | undefined => harness.emulator.world.users.get(id);

	const addUsers = (amount: number, extra: Partial<OrgUser> = {}) =>
		Array.from({ length: amount }, (_, index) =>
			harness.emulator.world.addUser('User', String(index), extra),
		);

	/** The fields that an input item has beside the id. */
	const asItem = {
		user: byId('={{ $json.id }}'),
		updateFields: { otherFields: '={{ JSON.stringify($json.fields) }}' },
	};

	const item = (id: string, fields: IDataObject) => ({ id, fields });

	/** IDs of the users in the bodies of the calls, in order. */
	const sent = () =>
		harness.emulator.requests
			.filter(({ method }) => method === 'PUT')
			.map(({ url, body }) => {
				const { users = [] } = (body ?? {}) as { users?: Array<{ id?: string }> };
				return users.map(({ id }) => id ?? url.split('/').pop());
			});

	const WAYS = ['rows', 'named', 'first', 'unnamed', 'doneThenNamed'] as const;

	test('1,000 users with fields of their own are 100 calls', async () => {
		const users = addUsers(1000);
		const input = users.map(({ id }, index) => item(id, { phone: String(index) }));
		const result = await run('user.update', asItem, { input });
		expect(calls()).toEqual(Array(100).fill('PUT /users'));
		expect(sent().every((ids) => ids.length === 10)).toBe(true);
		expect(jsons(result)).toEqual(
			users.map(({ id }) => ({ id, code: 'SUCCESS', message: 'User updated' })),
		);
		expect(pairs(result.items)).toEqual(users.map((_, index) => index));
		expect(users.map(({ phone }) => phone)).toEqual(users.map((_, index) => String(index)));
	});

	test('by email, 100 in an organization of 1,000, they are 5 reads and 10 writes', async () => {
		const users = addUsers(995).filter((_, index) => index % 10 === 3);
		const input = users.map(({ email }) => ({ email }));
		const parameters = { user: byEmail('={{ $json.email }}'), updateFields: { phone: '1' } };
		const result = await run('user.update', parameters, { input });
		expect(users).toHaveLength(100);
		expect(harness.reads()).toHaveLength(5);
		expect(calls()).toHaveLength(15);
		expect(jsons(result).map(({ id }) => id)).toEqual(users.map(({ id }) => id));
	});

	test('the last word of several items about one user is last', async () => {
		const phones = ['1', '2', '1', '1', '3'];
		const input = phones.flatMap((phone) => [item(BEN, { phone }), item(CHLOE, { phone })]);
		const result = await run('user.update', asItem, { input });
		expect(sent()).toEqual([
			[BEN, CHLOE],
			[BEN, CHLOE],
			[BEN, CHLOE],
			[BEN, CHLOE],
		]);
		expect([user(BEN)?.phone, user(CHLOE)?.phone]).toEqual(['3', '3']);
		expect(jsons(result).map(({ id }) => id)).toEqual(input.map(({ id }) => id));
	});

	test('an id of the user in "Other Fields" changes nobody else', async () => {
		await run('user.update', asItem, {
			input: [item(BEN, { id: CHLOE, phone: '1' }), item(DANA, { id: CHLOE, phone: '2' })],
		});
		expect([BEN, CHLOE, DANA].map((id) => user(id)?.phone)).toEqual(['1', null, '2']);
	});

	/** One for each of the forms in which Zoho refuses a user, and one of each beside who is right. */
	const wrong = (): Array<[IDataObject & { id: string }, string]> => {
		const { id: gone } = harness.emulator.world.addUser('Fern', 'Gone', { status: 'deleted' });
		return [
			[item(UNKNOWN, { phone: '1' }), 'INVALID_DATA'],
			[item(gone, { phone: '1' }), 'CANNOT_UPDATE_DELETED_USER'],
			[item(EMIL, { status: 'inactive', phone: '1' }), 'ID_ALREADY_DEACTIVATED'],
			[item(DANA, { status: 'active', phone: '1' }), 'ID_ALREADY_ACTIVE'],
			[item(ASHA, { status: 'inactive' }), 'INVALID_REQUEST'],
			[item(BEN, { email: 'new@example.test' }), 'EMAIL_UPDATE_NOT_ALOWED'],
			[item(CHLOE, { first_name: '<b>' }), 'INVALID_DATA'],
		];
	};

	describe.each(WAYS)('where Zoho deals with right and wrong ones in the way "%s"', (mixedIds) => {
		beforeEach(() => {
			harness.emulator.switches.mixedIds = mixedIds;
		});

		test.each([0, 1, 2, 3, 4, 5, 6])(
			'wrong one %d of ten says why, nine are done',
			async (which) => {
				const [asked, code] = wrong()[which];
				const right = addUsers(9);
				const input: Array<IDataObject & { id: string }> = right.map(({ id }) =>
					item(id, { phone: '7' }),
				);
				input.splice(3, 0, asked);
				const result = await run('user.update', asItem, { input, ...continuing });
				expect(right.map(({ phone }) => phone)).toEqual(right.map(() => '7'));
				const outcomes = jsons(result).map((json) => [json.id, json.code, json.uncertain]);
				expect(outcomes).toEqual(
					input.map(({ id }) => [id, id === asked.id ? code : 'SUCCESS', undefined]),
				);
				expect(jsons(result)[3].error).toContain(`CRM user ${asked.id} could not be updated: `);
				// At most two further calls for each halving.
				expect(calls().length).toBeLessThanOrEqual(1 + 2 * 4);
			},
		);

		test('all wrong ones say why, in few calls', async () => {
			const all = wrong();
			const right = addUsers(3);
			const input = [
				...all.map(([one]) => one),
				...right.map(({ id }) => item(id, { phone: '7' })),
			];
			const result = await run('user.update', asItem, { input, ...continuing });
			expect(jsons(result).map(({ code }) => code)).toEqual([
				...all.map(([, code]) => code),
				...right.map(() => 'SUCCESS'),
			]);
			expect(calls().length).toBeLessThanOrEqual(20);
		});

		test('counts all sides, when it is to stop', async () => {
			const [[asked]] = wrong();
			const right = addUsers(4).map(({ id }) => item(id, { phone: '7' }));
			const result = await run('user.update', asItem, { input: [asked, ...right] });
			expect(result.error?.message).toBe(
				'1 of 5 CRM users could not be updated, 4 are done and stay so',
			);
			expect(zohoOf(result)).toMatchObject({
				failed: [UNKNOWN],
				succeeded: right.map(({ id }) => id),
				uncertain: [],
			});
		});
	});

	test('who was activated by a call that was refused for others is not said to be refused', async () => {
		harness.emulator.switches.mixedIds = 'doneThenNamed';
		const inactive = addUsers(3, { status: 'inactive' });
		const input = [
			...inactive.map(({ id }) => item(id, { status: 'active' })),
			item(ASHA, { status: 'inactive' }),
			item(DANA, { status: 'active' }),
		];
		const result = await run('user.update', asItem, { input, ...continuing });
		expect(inactive.map(({ status }) => status)).toEqual(['active', 'active', 'active']);
		const outcomes = jsons(result).map(({ code, error, uncertain }) => [code, error, uncertain]);
		expect(outcomes).toEqual([
			...inactive.map(() => ['ID_ALREADY_ACTIVE', undefined, undefined]),
			['INVALID_REQUEST', expect.any(String), undefined],
			['ID_ALREADY_ACTIVE', undefined, undefined],
		]);
	});

	test.each([
		[DANA, 'active', 'ID_ALREADY_ACTIVE'],
		[EMIL, 'inactive', 'ID_ALREADY_DEACTIVATED'],
	])('nothing to do is a success, alone and among others (%s is %s)', async (id, status, code) => {
		const unchanged = { id, unchanged: true, code, message: expect.any(String) as string };
		const asked = item(id, { status });
		expect(jsons(await run('user.update', asItem, { input: [asked] }))).toEqual([unchanged]);
		const input = [asked, item(BEN, { phone: '7' })];
		const [first, second] = jsons(await run('user.update', asItem, { input }));
		expect(first).toEqual(unchanged);
		expect(second).toMatchObject({ id: BEN, code: 'SUCCESS' });
	});

	test.each(['docs', 'oas'] as const)(
		'where the %s know fewer a call, all are done',
		async (sources) => {
			harness.emulator.switches.sources = sources;
			const users = addUsers(25);
			const input = users.map(({ id }, index) => item(id, { phone: String(index) }));
			const result = await run('user.update', asItem, { input });
			expect(result.error?.message).toBeUndefined();
			expect(users.map(({ phone }) => phone)).toEqual(users.map((_, index) => String(index)));
			expect(calls().length).toBeLessThanOrEqual({ oas: 3, docs: 25 + 25 }[sources]);
		},
	);

	test('a refusal that every further call would meet ends it', async () => {
		harness.emulator.switches.lacking = ['Crm_Implied_Manage_Users'];
		const input = addUsers(200).map(({ id }) => item(id, { phone: '1' }));
		const result = await run('user.update', asItem, { input, ...continuing });
		expect(calls().length).toBeLessThanOrEqual(5);
		expect(jsons(result).every(({ code }) => code === 'NO_PERMISSION')).toBe(true);
	});

	test('what may be done stays uncertain, whatever Zoho says when asked again', async () => {
		const { faults } = harness.emulator;
		faults.add({ kind: 'reset', before: false, method: 'PUT', times: 1 });
		faults.add({
			kind: 'status',
			status: 400,
			code: 'INVALID_REQUEST',
			before: true,
			method: 'PUT',
		});
		const users = addUsers(10);
		const input = users.map(({ id }) => item(id, { phone: '7' }));
		const result = await run('user.update', asItem, { input, ...continuing });
		expect(users.every(({ phone }) => phone === '7')).toBe(true);
		expect(jsons(result)).toMatchObject(users.map(({ id }) => ({ id, uncertain: true })));
	});

	test('who is as asked after a try in doubt is done, whichever try did it', async () => {
		harness.emulator.faults.add({ kind: 'reset', before: false, method: 'PUT', times: 1 });
		const inactive = addUsers(10, { status: 'inactive' });
		const input = inactive.map(({ id }) => item(id, { status: 'active' }));
		const outcomes = jsons(await run('user.update', asItem, { input, ...continuing }));
		expect(inactive.every(({ status }) => status === 'active')).toBe(true);
		expect(outcomes.map(({ id }) => id)).toEqual(inactive.map(({ id }) => id));
		expect(outcomes.filter(({ error, uncertain }) => error ?? uncertain)).toEqual([]);
	});
});

describe('rows of an update', () => {
	// Answers to an update of three users that the emulator does not give: a row counts only for the
	// user whom it names.

	skipPauses();

	/** What the server in Zoho's place says to the first call; to all others, that all is done. */
	let first: { status: number; rows: IDataObject[] };
	let asked: string[] = [];
	let served: Served;

	const success = (id: string): IDataObject => ({
		code: 'SUCCESS',
		details: { id },
		status: 'success',
	});

	const refusal = (details: IDataObject): IDataObject => ({
		code: 'DUPLICATE_DATA',
		details,
		message: 'Email already exists',
		status: 'error',
	});

	beforeAll(async () => {
		served = await serve((request, response) => {
			let body = '';
			request.on('data', (part) => (body += String(part)));
			request.on('end', () => {
				const own = request.url?.split('/users/')[1];
				const { users } = JSON.parse(body) as { users: Array<{ id?: string }> };
				const all = users.map(({ id }) => success(id ?? own ?? ''));
				const { status, rows } = asked.length === 0 ? first : { status: 200, rows: all };
				asked.push(`${request.method} ${request.url}`);
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(JSON.stringify({ users: rows }));
			});
		});
	});
	afterAll(async () => await served.stop());

	beforeEach(() => {
		asked = [];
		const oauthTokenData = { access_token: 'example', api_domain: `http://${served.host}` };
		harness.engine.connect('1', undefined, { oauthTokenData });
	});

	async function outcomes(status: number, rows: IDataObject[]): Promise<unknown[]> {
		first = { status, rows };
		const result = await harness.run(
			'user.update',
			{ user: byId('={{ $json.id }}'), updateFields: { phone: '1' } },
			{ input: asItems([BEN, CHLOE, DANA]), ...continuing },
		);
		expect(jsons(result).map(({ id }) => id)).toEqual([BEN, CHLOE, DANA]);
		return jsons(result).map(({ code, uncertain }) => [code, uncertain]);
	}

	const done = ['SUCCESS', undefined];
	const unsure = ['NOT_MENTIONED', true];
	const refused = ['DUPLICATE_DATA', undefined];

	test.each<[string, number, IDataObject[], unknown[]]>([
		['rows in another order', 200, [DANA, BEN, CHLOE].map(success), [done, done, done]],
		['a row too few', 200, [success(BEN), success(DANA)], [done, unsure, done]],
		['success for another', 200, [BEN, CHLOE, ASHA].map(success), [done, done, unsure]],
		[
			'success without an id',
			200,
			[success(BEN), success(CHLOE), { ...success(DANA), details: {} }],
			[done, done, unsure],
		],
		[
			'a refusal with a place',
			200,
			[success(BEN), success(CHLOE), refusal({ json_path: '$.users[2].email' })],
			[done, done, refused],
		],
	])('%s', async (_, status, rows, expected) => {
		expect(await outcomes(status, rows)).toEqual(expected);
		expect(asked).toEqual(['PUT /crm/v8/users']);
	});

	test.each<[string, number, IDataObject[]]>([
		['the first place alone', 400, [refusal({ json_path: '$.users[0].email' })]],
		[
			'the first place twice',
			400,
			[refusal({ json_path: '$.users[0].email' }), refusal({ json_path: '$.users[0].email' })],
		],
		['no id and no place', 400, [refusal({})]],
		['the id of who has the address', 400, [refusal({ api_name: 'email', id: DANA })]],
		['no id, beside two who are done', 200, [success(BEN), success(CHLOE), refusal({})]],
	])('a refusal with %s does not tell whom it is about: they are asked again', async (...way) => {
		const [, status, rows] = way;
		expect(await outcomes(status, rows)).toEqual([done, done, done]);
		expect(asked.length).toBeGreaterThan(1);
	});
});

describe('a dry run', () => {
	skipPauses();

	const email = (id: string) => harness.emulator.world.users.get(id)?.email;

	/** What the emulator has, but for what counts calls. */
	const world = () => JSON.stringify([...harness.emulator.world.users.values()]);

	const json = (name: string) => `={{ $json.${name} }}`;

	const ROLE = '7310000000000102003';
	const PROFILE = '7310000000000103002';
	const orElse = (name: string, usual: string) => `={{ $json.${name} ?? '${usual}' }}`;

	/** Parameters that take from an input item whatever it has. */
	const OPERATIONS: Record<string, INodeParameters> = {
		create: {
			email: json('email'),
			first_name: 'Ada',
			last_name: 'Novak',
			role: byId(orElse('role', ROLE)),
			profile: byId(orElse('profile', PROFILE)),
			additionalFields: { otherFields: '={{ JSON.stringify($json.fields ?? {}) }}' },
		},
		delete: { user: byId(json('id')) },
		transferAndDelete: { user: byId(json('id')), targetUser: byId(json('to')) },
		transferData: { user: byId(json('id')), targetUser: byId(json('to')) },
		update: {
			user: byId(json('id')),
			updateFields: { otherFields: '={{ JSON.stringify($json.fields) }}' },
		},
	};

	const DRY = { dryRun: true };

	async function both(operation: string, input: IDataObject[]) {
		const before = world();
		const parameters = OPERATIONS[operation];
		const setup = { input, ...continuing } as const;
		const dry = await run(`user.${operation}`, { ...parameters, options: DRY }, setup);
		expect(harness.writes()).toEqual([]);
		expect(world()).toBe(before);
		const real = await run(`user.${operation}`, parameters, setup);
		return { dry: jsons(dry), real: jsons(real) };
	}

	test.each<[string, IDataObject, IDataObject]>([
		['create', { email: 'ada@example.test' }, { name: 'Ada Novak', action: 'created' }],
		['delete', { id: BEN }, { id: BEN, action: 'deleted' }],
		['transferAndDelete', { id: BEN, to: CHLOE }, { id: BEN, action: 'deleted' }],
		['transferData', { id: BEN, to: CHLOE }, { id: BEN, action: 'transferred' }],
		['update', { id: BEN, fields: { phone: '1' } }, { id: BEN, action: 'updated' }],
	])('%s tells what it would do, and writes nothing', async (operation, item, told) => {
		const { dry, real } = await both(operation, [item]);
		const { full_name: name } = harness.emulator.world.users.get(BEN) ?? {};
		const known = operation === 'create' ? item : { name, email: email(BEN) };
		expect(dry).toEqual([{ ...known, ...told, planned: true }]);
		expect(real).toHaveLength(1);
		expect(real[0].error).toBeUndefined();
	});

	test('all users are read once, however many items there are', async () => {
		const users = Array.from({ length: 395 }, (_, index) =>
			harness.emulator.world.addUser('User', String(index)),
		);
		const input = users.map(({ email: address }) => ({ email: address }));
		const parameters = { user: byEmail(json('email')), options: DRY };
		const result = await run('user.delete', parameters, { input });
		expect(jsons(result)).toEqual(
			users.map(({ id, full_name: name, email: address }) => ({
				id,
				name,
				email: address,
				planned: true,
				action: 'deleted',
			})),
		);
		expect(calls()).toEqual([
			'GET /users?type=AllUsers&page=1&per_page=200',
			'GET /users?type=AllUsers&page=2&per_page=200',
			'GET /users?type=CurrentUser',
		]);
	});

	describe('of the user that the credential is connected as', () => {
		const HINT =
			'The credential is connected as one of these CRM users. Once that user has no access, Zoho refuses all calls of the credential.';
		const off = { otherFields: JSON.stringify({ status: 'inactive' }) };
		const input = () => [{ id: BEN }, { id: DANA }];
		const parameters = { user: byId(json('id')), options: DRY };

		test.each<[string, INodeParameters]>([
			['delete', {}],
			['transferAndDelete', { targetUser: byId(CHLOE) }],
			['update', { updateFields: off }],
		])('%s says so', async (operation, more) => {
			harness.emulator.world.currentUser = BEN;
			const setup = { input: input().slice(0, 1) };
			const result = await run(`user.${operation}`, { ...parameters, ...more }, setup);
			expect(jsons(result)).toMatchObject([{ id: BEN, planned: true, connected_user: true }]);
			expect(hintsOf(result)).toContain(HINT);
		});

		test('says so of that user alone, and not where access stays', async () => {
			harness.emulator.world.currentUser = BEN;
			const deleted = await run('user.delete', parameters, { input: input() });
			expect(jsons(deleted).map(({ connected_user: self }) => self)).toEqual([true, undefined]);
			const updateFields = { phone: '1' };
			const updated = await run('user.update', { ...parameters, updateFields }, { input: input() });
			expect(jsons(updated).map(({ connected_user: self }) => self)).toEqual([
				undefined,
				undefined,
			]);
			expect(hintsOf(updated)).not.toContain(HINT);
		});

		test('is not told by an answer with several users, which proves nothing', async () => {
			const users = [BEN, DANA].map((id) => ({ id }));
			const all = { status: 200, body: { users, info: { more_records: false } } };
			const url = 'type=CurrentUser';
			harness.emulator.faults.add({ kind: 'status', before: true, url, ...all });
			const planned = await run('user.delete', parameters, { input: input() });
			expect(jsons(planned).map(({ connected_user: self }) => self)).toEqual([
				undefined,
				undefined,
			]);
			expect(jsons(await run('portal.checkConnection'))).toMatchObject([{ user: null }]);
		});

		test('is a plan all the same where Zoho does not say who it is', async () => {
			harness.emulator.faults.add({ kind: 'status', before: true, url: 'type=CurrentUser' });
			const result = await run('user.delete', parameters, { input: input() });
			expect(jsons(result)).toMatchObject([{ planned: true }, { planned: true }]);
		});
	});

	const SAME_SEPARATORS = { number_separator: 'Comma', decimal_separator: 'Comma' };

	/** Items that Zoho refuses, and what can be known of it before. */
	const refused = (): Array<[string, IDataObject]> => {
		const gone = harness.emulator.world.addUser('Fern', 'Gone', { status: 'deleted' }).id;
		const fresh = harness.emulator.world.addUser('Gail', 'New', { confirm: false }).id;
		return [
			['create', { email: email(BEN) }],
			['create', { email: 'ada@example.test', role: UNKNOWN }],
			['create', { email: 'ada@example.test', profile: UNKNOWN }],
			['create', { email: 'ada@example.test', fields: SAME_SEPARATORS }],
			['delete', { id: UNKNOWN }],
			['delete', { id: gone }],
			['transferAndDelete', { id: UNKNOWN, to: CHLOE }],
			['transferAndDelete', { id: gone, to: CHLOE }],
			['transferAndDelete', { id: BEN, to: EMIL }],
			['transferAndDelete', { id: BEN, to: UNKNOWN }],
			['transferAndDelete', { id: BEN, to: gone }],
			['transferAndDelete', { id: ASHA, to: BEN }],
			['transferData', { id: UNKNOWN, to: CHLOE }],
			['transferData', { id: gone, to: CHLOE }],
			['transferData', { id: BEN, to: EMIL }],
			['update', { id: UNKNOWN, fields: { phone: '1' } }],
			['update', { id: gone, fields: { phone: '1' } }],
			['update', { id: DANA, fields: { status: 'active', phone: '1' } }],
			['update', { id: EMIL, fields: { status: 'inactive', phone: '1' } }],
			['update', { id: BEN, fields: { email: 'new@example.test' } }],
			['update', { id: fresh, fields: { email: email(BEN) } }],
			['update', { id: BEN, fields: { role: UNKNOWN } }],
			['update', { id: BEN, fields: { profile: UNKNOWN } }],
			['update', { id: BEN, fields: SAME_SEPARATORS }],
			['update', { id: DANA, fields: { status: 'active', role: UNKNOWN } }],
		];
	};

	test.each(Array.from({ length: 25 }, (_, index) => index))(
		'what a real run refuses is the same error (%d)',
		async (which) => {
			const [operation, item] = refused()[which];
			const { dry, real } = await both(operation, [item]);
			expect(real[0].error).toEqual(expect.any(String));
			expect(dry).toMatchObject([{ code: real[0].code }]);
			const { name, error } = dry[0];
			// A dry run reads the users, and so knows their names.
			const said = String(error).replace(operation === 'create' ? '' : ` (${String(name)})`, '');
			expect(said.replace(' would not be ', ' could not be ')).toBe(real[0].error);
			expect(dry[0].planned).toBeUndefined();
			expect(Object.keys(dry[0])[0]).toBe(operation === 'create' ? 'email' : 'id');
		},
	);

	test('it says what Zoho would answer', async () => {
		const updateFields = { status: 'inactive', phone: '1' };
		const parameters = { user: byId(EMIL), updateFields, options: DRY };
		const result = await run('user.update', parameters);
		expect(result.error?.message).toBe(
			`CRM user ${EMIL} (Emil Novak) would not be updated: the user is already inactive`,
		);
		expect(result.error?.description).toContain('Zoho would answer ID_ALREADY_DEACTIVATED');
	});

	test('items that build on one another agree with a real run', async () => {
		const { dry, real } = await both('update', [
			{ id: BEN, fields: { status: 'inactive' } },
			{ id: BEN, fields: { status: 'inactive' } },
			{ id: BEN, fields: { status: 'active' } },
			{ id: BEN, fields: { phone: '1' } },
			{ id: BEN, fields: { status: 'active' } },
		]);
		expect(dry.map(({ action }) => action)).toEqual([...Array(4).fill('updated'), 'unchanged']);
		expect(real.map(({ unchanged = false }) => unchanged)).toEqual([...Array(4).fill(false), true]);
	});

	test('two new users with one email address are not both planned', async () => {
		const { dry, real } = await both('create', [
			{ email: 'ada@example.test' },
			{ email: 'ada@example.test' },
		]);
		expect(real.map(({ code }) => code)).toEqual(['SUCCESS', 'DUPLICATE_DATA']);
		expect(dry.map(({ planned, code }) => planned ?? code)).toEqual([true, 'DUPLICATE_DATA']);
	});

	const toKnownRole = { user: byId(BEN), updateFields: { role: byId(ROLE) }, options: DRY };

	test('without the scope for roles they are not checked, and the output says so', async () => {
		harness.engine.connect('1', 'ZohoCRM.users.ALL');
		const result = await run('user.update', toKnownRole);
		expect(jsons(result)).toEqual([
			{
				id: BEN,
				name: harness.emulator.world.users.get(BEN)?.full_name,
				email: email(BEN),
				planned: true,
				action: 'updated',
				missing_scopes: ['ZohoCRM.settings.roles.READ'],
			},
		]);
	});

	test('roles that cannot be read are an error, not a plan', async () => {
		harness.emulator.faults.add({ kind: 503, before: true, url: '/settings/roles' });
		const result = await run('user.update', toKnownRole);
		expect(result.items).toEqual([]);
		expect(result.error?.message).toContain(BEN);
	});

	test.each(Object.keys(OPERATIONS))(
		'%s says so where the users cannot be read',
		async (operation) => {
			harness.engine.connect(
				'1',
				['CREATE', 'DELETE', 'UPDATE']
					.map((verb) => `ZohoCRM.users.${verb}`)
					.concat('ZohoCRM.change_owner.ALL')
					.join(),
			);
			const result = await run(
				`user.${operation}`,
				{ ...OPERATIONS[operation], options: DRY },
				{ input: [{ id: BEN, to: CHLOE, email: 'ada@example.test', fields: { phone: '1' } }] },
			);
			expect(result.error?.description).toContain('or add ZohoCRM.users.READ to a custom scope');
			expect(harness.writes()).toEqual([]);
		},
	);
});
