import { errorAnswer, isObject } from '../../emulator/answers';
import { allErrors, commonErrors } from '../../emulator/contract';
import { ENDED_VIEW, NORDWIND, populate, PREMIUM_VIEW } from '../../emulator/lifelike';
import { recordOperations } from '../../emulator/recordsContract';
import { ContractCheck } from '../../emulator/schema/check';
import { BEN, UNKNOWN } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

interface Answered {
	status: number;
	body: Record<string, unknown>;
	/** Of the rows, in their order. */
	ids: string[];
}

const READS = 'ZohoCRM.modules.ALL,ZohoCRM.settings.custom_views.READ';
const INVITES = 'ZohoCRM.settings.clientportal.ALL';

async function get(
	path: string,
	query: Record<string, string> = {},
	scope = READS,
): Promise<Answered> {
	const search = new URLSearchParams(query).toString().replace(/%2C/g, ',');
	const { access_token } = emulator.connect(scope);
	const response = await fetch(`${emulator.origin}/crm/v8${path}?${search}`, {
		headers: { Authorization: `Zoho-oauthtoken ${access_token}` },
	});
	const text = await response.text();
	const body: unknown = text === '' ? {} : JSON.parse(text);
	const { data = [] } = body as { data?: Array<{ id: string }> };
	return { status: response.status, body: Object(body), ids: data.map(({ id }) => id) };
}

const infoOf = ({ body }: Answered) => Object(body.info);

/** Contacts, the newest first, as lists have them. */
const add = (amount: number, extra = {}) =>
	Array.from({ length: amount }, () => emulator.world.addRecord(extra).id).reverse();

const refused = (status: number, code: string, details: object) => ({
	status,
	body: { code, details, status: 'error' },
});

describe('records', () => {
	test('have the fields that are asked for, and the id', async () => {
		const [id] = add(1, { name: 'Mina Shah', owner: BEN, fields: { Phone: '+1 555 0100' } });
		const { id: account } = emulator.world.addAccount('Nordwind', [id]);
		const fields = 'Full_Name,Account_Name,Owner,Phone,First_Name,No_Such_Field';
		expect((await get('/Contacts', { fields })).body.data).toEqual([
			{
				id,
				Full_Name: 'Mina Shah',
				Account_Name: { id: account, name: 'Nordwind' },
				Owner: { id: BEN, name: 'Ben Ortiz', email: expect.any(String) },
				Phone: '+1 555 0100',
				First_Name: null,
			},
		]);
		const accounts = await get('/Accounts', { fields: 'Account_Name,Industry' });
		expect(accounts.body.data).toEqual([{ id: account, Account_Name: 'Nordwind', Industry: null }]);
	});

	test.each([
		['without fields', {}, 400, 'REQUIRED_PARAM_MISSING', { param_name: 'fields' }],
		[
			'with more than 50 fields',
			{ fields: Array.from({ length: 51 }, (_, index) => `F${index}`).join(',') },
			400,
			'LIMIT_EXCEEDED',
			{ limit: 50, param_name: 'fields' },
		],
		[
			'with more than 100 ids',
			{ fields: 'id', ids: Array.from({ length: 101 }, (_, index) => `${index}`).join(',') },
			400,
			'LIMIT_EXCEEDED',
			{ limit: 100, param_name: 'ids' },
		],
		[
			'of an unknown view',
			{ fields: 'id', cvid: UNKNOWN },
			400,
			'INVALID_DATA',
			{ param_name: 'cvid' },
		],
		[
			'with a page and a token',
			{ fields: 'id', page: '2', page_token: 'x' },
			400,
			'AMBIGUITY_DURING_PROCESSING',
			{ ambiguity_due_to: [{ param_name: 'page' }, { param_name: 'page_token' }] },
		],
		[
			'with a token that is none',
			{ fields: 'id', page_token: 'x' },
			400,
			'EXPIRED_VALUE',
			{ api_name: 'page_token', json_path: '$.page_token' },
		],
		[
			'beyond 2,000 by number',
			{ fields: 'id', page: '11' },
			400,
			'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
			{ limit: 2000 },
		],
	])('are refused %s', async (_, query, status, code, details) => {
		expect(await get('/Contacts', query)).toMatchObject(refused(status, code, details));
	});

	test.each([
		['an unknown module', '/NoSuchModule', 400, 'INVALID_MODULE'],
		['a module without records', '/Visits', 400, 'NOT_SUPPORTED'],
	])('are refused of %s', async (_, path, status, code) => {
		const details = { resource_path_index: 0 };
		expect(await get(path, { fields: 'id' })).toMatchObject(refused(status, code, details));
	});

	test('of a view are not sorted otherwise', async () => {
		const { id: cvid } = emulator.world.addView('Contacts', 'Ours', []);
		const ambiguity_due_to = [{ param_name: 'cvid' }, { param_name: 'sort_by' }];
		const query = { fields: 'id', cvid, sort_by: 'Created_Time' };
		expect(await get('/Contacts', query)).toMatchObject(
			refused(400, 'AMBIGUITY_DURING_PROCESSING', { ambiguity_due_to }),
		);
	});

	test('are refused without the permission to see them', async () => {
		emulator.switches.lacking = ['Crm_Implied_View_Accounts'];
		const refusal = refused(403, 'NO_PERMISSION', { permissions: ['Crm_Implied_View_Accounts'] });
		expect(await get('/Accounts', { fields: 'id' })).toMatchObject(refusal);
		const contacts = await get(`/Accounts/${UNKNOWN}/Contacts`, { fields: 'id' });
		expect(contacts).toMatchObject(refusal);
	});

	test('are those named by ids that exist', async () => {
		const [first, , third] = add(3);
		const query = { fields: 'id', ids: `${third},${UNKNOWN},${first}` };
		expect((await get('/Contacts', query)).ids).toEqual([first, third]);
		expect((await get('/Contacts', { fields: 'id', ids: UNKNOWN })).status).toBe(204);
		expect((await get('/Vendors', { fields: 'id', ids: first })).status).toBe(204);
	});

	test('are cut at 100 ids by a switch', async () => {
		emulator.switches.recordIdFilter = 'cut';
		const ids = add(101);
		// More ids than the contract has is what this is about.
		emulator.onExchange = undefined;
		expect((await get('/Contacts', { fields: 'id', ids: ids.join(',') })).ids).toEqual(
			ids.slice(0, 100),
		);
	});

	test('with an unknown field are refused by a switch', async () => {
		emulator.switches.unknownFields = 'refused';
		add(1);
		const details = { param_name: 'fields' };
		const query = { fields: 'Full_Name,No_Such_Field' };
		expect(await get('/Contacts', query)).toMatchObject(refused(400, 'INVALID_DATA', details));
		expect((await get('/Contacts', { fields: 'Full_Name,Owner,id' })).status).toBe(200);
	});

	test('that wait for approval are listed when they are asked for', async () => {
		const [approved] = add(1);
		const [waiting] = add(1, { state: 'notApproved' });
		add(1, { state: 'recycled' });
		const ids = async (approvedIs?: string) =>
			(await get('/Contacts', { fields: 'id', ...(approvedIs && { approved: approvedIs }) })).ids;
		const lists = [await ids(), await ids('true'), await ids('false'), await ids('both')];
		expect(lists).toEqual([[approved], [approved], [waiting], [waiting, approved]]);
		emulator.switches.approvedFilter = 'ignored';
		expect(await ids('both')).toEqual([approved]);
		emulator.switches.approvedFilter = 'refused';
		expect(await ids()).toEqual([approved]);
		const query = { fields: 'id', approved: 'both' };
		const refusal = refused(400, 'INVALID_DATA', { param_name: 'approved' });
		expect(await get('/Contacts', query)).toMatchObject(refusal);
	});
});

describe('pages of records', () => {
	test('go on by token beyond 2,000, until all are there', async () => {
		const ids = add(2100);
		let answer = await get('/Contacts', { fields: 'id', page: '10' });
		expect(infoOf(answer)).toMatchObject({ page: 10, count: 200, more_records: true });
		answer = await get('/Contacts', { fields: 'id' });
		const seen = [...answer.ids];
		while (infoOf(answer).next_page_token) {
			const page_token = String(infoOf(answer).next_page_token);
			answer = await get('/Contacts', { fields: 'id', page_token });
			seen.push(...answer.ids);
		}
		expect(seen).toEqual(ids);
		expect(infoOf(answer)).toMatchObject({ page: 11, count: 100, more_records: false });
	});

	test('want the parameters that the token was given for', async () => {
		emulator.switches.pageSize = 1;
		add(2);
		const first = await get('/Contacts', { fields: 'id' });
		const page_token = String(infoOf(first).next_page_token);
		expect(await get('/Contacts', { fields: 'id,Email', page_token })).toMatchObject(
			refused(400, 'TOKEN_BOUND_DATA_MISMATCH', { param_name: 'page_token' }),
		);
		emulator.switches.pageTokenSeconds = -1;
		expect(await get('/Contacts', { fields: 'id', page_token })).toMatchObject({
			body: { code: 'EXPIRED_VALUE' },
		});
	});

	test('that were promised are empty', async () => {
		Object.assign(emulator.switches, { pageSize: 2, pagesUntilEmpty: 1 });
		add(3);
		const first = await get('/Contacts', { fields: 'id' });
		expect(infoOf(first)).toMatchObject({ more_records: true });
		const page_token = String(infoOf(first).next_page_token);
		expect((await get('/Contacts', { fields: 'id', page_token })).status).toBe(204);
	});
});

describe('contacts of an account', () => {
	const of = async (account: string, query = {}, scope?: string) =>
		await get(`/Accounts/${account}/Contacts`, { fields: 'Full_Name', ...query }, scope);

	test('are its own, in pages, with those that wait for approval if asked for', async () => {
		const ids = add(3);
		const [waiting] = add(1, { state: 'notApproved' });
		const { id } = emulator.world.addAccount('Nordwind', [...ids, waiting]);
		emulator.world.addAccount('Lakeside', add(1));
		expect((await of(id)).ids).toEqual(ids);
		emulator.switches.pageSize = 3;
		const first = await of(id, { approved: 'both' });
		const page_token = String(infoOf(first).next_page_token);
		const second = await of(id, { approved: 'both', page_token });
		expect([...first.ids, ...second.ids]).toEqual([waiting, ...ids]);
	});

	test('are nobody where it has none', async () => {
		expect((await of(emulator.world.addAccount('Nordwind').id)).status).toBe(204);
	});

	test('are refused where the account does not exist', async () => {
		const [contact] = add(1);
		for (const id of [UNKNOWN, contact]) {
			const refusal = refused(400, 'INVALID_DATA', { resource_path_index: 1 });
			expect(await of(id)).toMatchObject(refusal);
		}
		emulator.switches.unknownRecord = 404;
		expect(await of(UNKNOWN)).toMatchObject(refused(404, 'INVALID_DATA', {}));
		expect(await of('seven')).toMatchObject({ status: 404, body: { code: 'INVALID_URL_PATTERN' } });
		expect((await get(`/Accounts/${UNKNOWN}/Contacts`)).body.code).not.toBe('INVALID_URL_PATTERN');
	});
});

describe('other related lists of an account', () => {
	beforeEach(() => {
		// The contract has the contacts only.
		emulator.onExchange = undefined;
	});

	test.each(['Deals', 'contacts'])('are refused: %s', async (list) => {
		const { id } = emulator.world.addAccount('Nordwind');
		const refusal = (index: number) => refused(400, 'INVALID_DATA', { resource_path_index: index });
		const path = `/Accounts/${id}/${list}`;
		expect(await get(path, { fields: 'id' })).toMatchObject(refusal(2));
		const unknown = `/Accounts/${UNKNOWN}/${list}`;
		expect(await get(unknown, { fields: 'id' })).toMatchObject(refusal(1));
	});

	test('are no invitations', async () => {
		const answer = await get('/Accounts/actions/portal_invite', { job_id: UNKNOWN }, INVITES);
		expect(answer).toMatchObject({ status: 204 });
	});
});

describe('metadata', () => {
	test.each(['modules', 'fields', 'layouts', 'custom_views', 'roles', 'profiles'])(
		'of %s wants the permission to customize',
		async (what) => {
			const all = ['modules', 'roles', 'profiles'].includes(what);
			const query: Record<string, string> = all ? {} : { module: 'Contacts' };
			const ask = async () => await get(`/settings/${what}`, query, 'ZohoCRM.settings.ALL');
			expect((await ask()).status).toBe(200);
			const permissions = ['Crm_Implied_Customize_Zoho_CRM'];
			emulator.switches.lacking = permissions;
			expect(await ask()).toMatchObject(refused(403, 'NO_PERMISSION', { permissions }));
		},
	);
});

describe('scopes', () => {
	const CONTACTS = 'ZohoCRM.modules.contacts.READ';
	const ACCOUNTS = 'ZohoCRM.modules.accounts.READ';

	test.each([
		['/Contacts', CONTACTS, true],
		['/Contacts', 'ZohoCRM.modules.Contacts.ALL', true],
		['/Contacts', 'ZohoCRM.modules.READ', true],
		['/Members', 'ZohoCRM.modules.custom.READ', true],
		['/Contacts', ACCOUNTS, false],
		['/Contacts', 'ZohoCRM.modules.contacts.CREATE', false],
		['/Contacts', 'ZohoCRM.settings.ALL', false],
		['/Contacts', 'ZohoSearch.securesearch.READ', false],
		['/Accounts/1/Contacts', `${ACCOUNTS},${CONTACTS}`, true],
		['/Accounts/1/Contacts', 'ZohoCRM.modules.ALL', true],
		['/Accounts/1/Contacts', ACCOUNTS, false],
		['/Accounts/1/Contacts', CONTACTS, false],
		['/settings/custom_views', 'ZohoCRM.settings.custom_views.READ', true],
		['/settings/custom_views', 'ZohoCRM.modules.ALL', false],
	])('%s with %s: %s', async (path, scope, expected) => {
		const { body } = await get(path, { fields: 'id' }, scope);
		expect(body.code !== 'OAUTH_SCOPE_MISMATCH').toBe(expected);
	});
});

describe('views', () => {
	test('are listed with those that Zoho makes, in pages', async () => {
		emulator.switches.pageSize = 2;
		const names = ['Ours', 'Ours', 'Theirs'];
		const views = names.map((name) => emulator.world.addView('Contacts', name, []));
		emulator.world.addView('Vendors', 'Others', []);
		const first = await get('/settings/custom_views', { module: 'Contacts' });
		const second = await get('/settings/custom_views', { module: 'Contacts', page: '2' });
		expect(infoOf(first)).toEqual({ per_page: 2, count: 2, page: 1, more_records: true });
		const listed = [first, second].flatMap(({ body }) => body.custom_views);
		expect(listed).toMatchObject([
			{ name: 'All_Contacts', display_value: 'All Contacts', system_defined: true },
			...views.map(({ id, name }) => ({
				id,
				name,
				display_value: name,
				system_name: null,
				system_defined: false,
			})),
		]);
	});

	test('have their members, and those that Zoho makes all records', async () => {
		const [one, other] = add(2);
		const { id: cvid } = emulator.world.addView('Contacts', 'Contract ended', [other]);
		const empty = emulator.world.addView('Contacts', 'Mine', []);
		const [all] = emulator.world.module('Contacts').views;
		const idsIn = async (view: string) =>
			(await get('/Contacts', { fields: 'id', cvid: view })).ids;
		expect([await idsIn(cvid), await idsIn(all.id)]).toEqual([[other], [one, other]]);
		expect((await get('/Contacts', { fields: 'id', cvid: empty.id })).status).toBe(204);
		const wrongModule = await get('/Vendors', { fields: 'id', cvid });
		expect(wrongModule).toMatchObject(refused(400, 'INVALID_DATA', { param_name: 'cvid' }));
		emulator.world.records.delete(other);
		expect((await get('/Contacts', { fields: 'id', cvid })).status).toBe(204);
	});
});

test('another process adds accounts and views', async () => {
	const post = async (what: string, body: object) => {
		const response = await fetch(`${emulator.origin}/emulator/${what}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		});
		return (await response.json()) as { id: string };
	};
	const contacts = add(2);
	const account = await post('accounts', { name: 'Nordwind', contacts });
	const related = await get(`/Accounts/${account.id}/Contacts`, { fields: 'id' });
	expect(related.ids).toEqual(contacts);
	const members = contacts.slice(1);
	const view = await post('views', { module: 'Contacts', name: 'Contract ended', members });
	const viewed = await get('/Contacts', { fields: 'id', cvid: view.id });
	expect(viewed.ids).toEqual(members);
});

test('a lifelike organization has accounts, owners and views', async () => {
	populate(emulator.world);
	const fields = 'Full_Name,Account_Name,Owner,First_Name';
	const nordwind = await get(`/Accounts/${NORDWIND}/Contacts`, { fields });
	expect(nordwind.body.data).toHaveLength(4);
	expect(nordwind.body.data).toContainEqual(
		expect.objectContaining({
			Full_Name: 'Mina Shah',
			First_Name: 'Mina',
			Account_Name: { id: NORDWIND, name: 'Nordwind Logistik' },
		}),
	);
	const premium = await get('/Contacts', { fields, cvid: PREMIUM_VIEW });
	const people = emulator.world.portalUsers;
	expect(premium.ids).toHaveLength(16);
	expect(premium.ids.every((id) => people.has(id))).toBe(true);
	const ended = await get('/Contacts', { fields, cvid: ENDED_VIEW });
	const invited = ended.ids.filter((id) => people.has(id));
	expect([ended.ids.length, invited.length]).toEqual([32, 28]);
	expect((await get('/Accounts', { fields: 'Account_Name' })).ids).toHaveLength(83);
});

describe.each(recordOperations)('the contract of $id', (operation) => {
	const at = operation.path.replace('{module}', 'Contacts').replace('{account_id}', '1');
	const judge = (status: number, answer: unknown, query = 'fields=id') => {
		const check = new ContractCheck();
		const url = `/crm/v8${at}?${query}`;
		check.see({ method: 'GET', url, body: undefined, status, answer, fault: false });
		return check.take().map(({ pointer, message }) => `${pointer} ${message}`);
	};

	test('has its examples inside, and others outside', () => {
		const [{ body }] = operation.success;
		const { data, info } = body;
		const [row] = Array.isArray(data) ? data.filter(isObject) : [];
		expect(judge(200, body)).toEqual([]);
		expect(judge(200, { data: [{ ...row, id: 1 }], info })).not.toEqual([]);
		expect(judge(200, { data: [{ ...row, Planted: 1 }], info })).not.toEqual([]);
		expect(judge(200, { data: [{ ...row, id: undefined }], info })).not.toEqual([]);
		expect(judge(200, { data })).not.toEqual([]);
		expect(judge(204, undefined)).toEqual([]);
	});

	test('has its errors inside, and other codes outside', () => {
		for (const error of [...allErrors(operation), ...commonErrors]) {
			const { status, body } = errorAnswer(error);
			expect(judge(status, body)).toEqual([]);
			expect(judge(status, { ...body, code: 'UNHEARD_OF' })).not.toEqual([]);
		}
	});

	test('knows its parameters', () => {
		const [{ body }] = operation.success;
		const known = 'fields=id,Email&approved=both&page=1&per_page=200&ids=1,2';
		expect(judge(200, body, known)).toEqual([]);
		const wrong = ['per_page=201', 'approved=all', 'planted=1', 'ids=a', 'page=0'];
		for (const query of wrong) expect(judge(200, body, `fields=id&${query}`)).not.toEqual([]);
		expect(judge(200, body, 'page=1')).not.toEqual([]);
	});
});
