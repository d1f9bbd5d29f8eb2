import type { IDataObject } from 'n8n-workflow';

import { ASHA, BEN, CHLOE, DANA, EMIL, UNKNOWN } from '../../emulator/seed';
import type { OrgUser } from '../../emulator/world';
import {
	byEmail,
	byId,
	continuing,
	jsons,
	pairs,
	skipPauses,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls } = harness;

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
		harness.emulator.behaviour.mixedIds = mixedIds;
	});

	test.each([0, 1, 2, 3, 4, 5, 6])('wrong one %d of ten says why, nine are done', async (which) => {
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
	});

	test('all wrong ones say why, in few calls', async () => {
		const all = wrong();
		const right = addUsers(3);
		const input = [...all.map(([one]) => one), ...right.map(({ id }) => item(id, { phone: '7' }))];
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
	harness.emulator.behaviour.mixedIds = 'doneThenNamed';
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
		harness.emulator.behaviour.sources = sources;
		const users = addUsers(25);
		const input = users.map(({ id }, index) => item(id, { phone: String(index) }));
		const result = await run('user.update', asItem, { input });
		expect(result.error?.message).toBeUndefined();
		expect(users.map(({ phone }) => phone)).toEqual(users.map((_, index) => String(index)));
		expect(calls().length).toBeLessThanOrEqual({ oas: 3, docs: 25 + 25 }[sources]);
	},
);

test('a refusal that every further call would meet ends it', async () => {
	harness.emulator.behaviour.lacking = ['Crm_Implied_Manage_Users'];
	const input = addUsers(200).map(({ id }) => item(id, { phone: '1' }));
	const result = await run('user.update', asItem, { input, ...continuing });
	expect(calls().length).toBeLessThanOrEqual(5);
	expect(jsons(result).every(({ code }) => code === 'NO_PERMISSION')).toBe(true);
});

test('what may be done stays uncertain, whatever Zoho says when asked again', async () => {
	const { faults } = harness.emulator;
	faults.add({ kind: 'reset', before: false, method: 'PUT', times: 1 });
	faults.add({ kind: 'status', status: 400, code: 'INVALID_REQUEST', before: true, method: 'PUT' });
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
