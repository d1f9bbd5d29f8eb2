import type { IDataObject } from 'n8n-workflow';

import { PORTAL } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import type { CrmRecord } from '../../emulator/world';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;
let token: string;

useEmulator((started) => {
	emulator = started;
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
		expect(await found(`((Email:equals:a@acme.test)or(Email:equals:c@acme.test))`)).toEqual([c, a]);
		expect(await found(`(${mina} and (Email:starts_with:b))`)).toEqual([b]);
		expect(await found(`(${mina} and ((Email:starts_with:b) or (Email:starts_with:c)))`)).toEqual([
			b,
		]);
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

	test('are about one field, an e-mail about all of them', async () => {
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

	test('count before an e-mail', async () => {
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
	emulator.behaviour.lacking = ['Crm_Implied_View_Vendors'];
	const refused = await search({ email: 'a@acme.test' }, module);
	expect([refused.status, refused.body.code]).toEqual([status, code]);
});

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
	emulator.behaviour.searchDelay = 60_000;
	const old = add('a@acme.test', { written: Date.now() - 60_000 });
	add('a@acme.test');
	expect(await found(condition)).toEqual([old]);
	emulator.behaviour.searchDelay = 0;
	expect(await found(condition)).toHaveLength(2);
});

test('an invitation goes to the field of the user type, not to any', async () => {
	const { world } = emulator;
	const { id: userType } = world.addUserType(PORTAL, 'Club', {
		personality_module: world.module('Members'),
		invitation_field: world.field('Members', 'Secondary_Email'),
	});
	const invite = async (id: string) =>
		await call('POST', `/Members/${id}/actions/portal_invite?user_type_id=${userType}&type=invite`);
	const [good, bad] = [member(null, 'second@acme.test'), member('first@acme.test', null)];
	expect((await invite(good)).status).toBe(200);
	expect(world.portalUsers.get(good)?.email).toBe('second@acme.test');
	expect((await invite(bad)).body.code).toBe('INVALID_DATA');
});
