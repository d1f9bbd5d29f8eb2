import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ASHA, BEN, CHLOE, UNKNOWN } from '../../emulator/seed';
import type { OrgUser } from '../../emulator/world';
import {
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
const { run, calls } = harness;

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

test.each(OPERATIONS)('%s finds the user by email, whatever the case', async (name, more, call) => {
	const email = user(BEN).email.toUpperCase();
	const result = await run(`user.${name}`, { user: byEmail(` ${email} `), ...more });
	expect(result.error?.message).toBeUndefined();
	expect(calls()[0]).toBe('GET /users?type=AllUsers&page=1&per_page=200');
	expect(others()).toContain(call);
	expect(jsons(result)[0].id).toBe(BEN);
});

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

test.each(OPERATIONS)('%s says where an email was given for an id', async (name, more) => {
	const input = [{ email: 'ben@example.test' }];
	for (const value of [byId('={{ $json.email }}'), '={{ $json.email }}']) {
		const result = await run(`user.${name}`, { user: value, ...more }, { input });
		expect(result.error?.message).toBe(`'User' is "ben@example.test", which is not an ID [item 0]`);
		expect(result.error?.description).toContain('choose By Email');
	}
	const typed = run(`user.${name}`, { user: byId('ben@example.test'), ...more });
	await expect(typed).rejects.toThrow('For an email address choose "By Email"');
	expect(calls()).toEqual([]);
});

test.each(['ben', 'ben@example.test, chloe@example.test', '@', ' '])(
	'"%s" is no email address',
	async (email) => {
		const parameters = { user: byEmail('={{ $json.email }}') };
		const result = await run('user.delete', parameters, { input: [{ email }] });
		expect(result.error?.message).toMatch(/^'User' is (empty|".*", which is not an email address)/);
		expect(calls()).toEqual([]);
	},
);

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
	expect(result.error?.description).toContain('Choose "By ID" in "User"');
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
			expect(result.error?.message).toBe('2 of 2 CRM users could not be updated');
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
	expect(refused.error?.description).toContain('Add ZohoCRM.users.READ');
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
	expect(result.error?.message).toContain('there is nothing under this name or ID');
});
