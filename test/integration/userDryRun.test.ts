import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ASHA, BEN, CHLOE, DANA, EMIL, UNKNOWN } from '../../emulator/seed';
import { byEmail, byId, continuing, jsons, skipPauses, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, calls } = harness;

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
	expect(dry).toEqual([{ ...told, planned: true }]);
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
	expect(jsons(result)).toEqual(users.map(({ id }) => ({ id, planned: true, action: 'deleted' })));
	expect(calls()).toEqual([
		'GET /users?type=AllUsers&page=1&per_page=200',
		'GET /users?type=AllUsers&page=2&per_page=200',
	]);
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
		expect(dry).toMatchObject([{ code: real[0].code, error: real[0].error }]);
		expect(dry[0].planned).toBeUndefined();
		expect(Object.keys(dry[0])[0]).toBe(operation === 'create' ? 'email' : 'id');
	},
);

test('it says what Zoho would answer', async () => {
	const updateFields = { status: 'inactive', phone: '1' };
	const parameters = { user: byId(EMIL), updateFields, options: DRY };
	const result = await run('user.update', parameters);
	expect(result.error?.message).toBe(
		`CRM user ${EMIL} could not be updated: the user is inactive already`,
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
		expect(result.error?.description).toContain('Add ZohoCRM.users.READ');
		expect(harness.writes()).toEqual([]);
	},
);
