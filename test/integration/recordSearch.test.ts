import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { wordsFor } from '../../nodes/ZohoCrmPortals/errors/messages';
import { createConnection } from '../../nodes/ZohoCrmPortals/transport/connection';
import { CREDENTIAL } from '../../nodes/ZohoCrmPortals/transport/credential';
import { ZohoApiError } from '../../nodes/ZohoCrmPortals/transport/error';
import { findRecords } from '../../nodes/ZohoCrmPortals/transport/recordSearch';
import type { FoundRecord } from '../../nodes/ZohoCrmPortals/transport/recordSearch';
import type { Fault } from '../../emulator/faults';
import { Emulator } from '../../emulator/server';
import type { CrmRecord } from '../../emulator/world';
import { guardContract } from '../../harness/contract';
import { Engine } from '../../harness/engine';
import { skipPauses } from '../../harness/harness';

/** What the node looks for, and what it came to. */
let asked: { module: string; field: string; emails: string[] };
let outcome: Promise<Map<string, FoundRecord[]>>;

/** A node that does nothing but search, so that it goes the way of n8n's own helpers. */
const searcher: INodeType = {
	description: {
		displayName: 'Searcher',
		name: 'searcher',
		group: ['input'],
		version: 1,
		description: 'Finds records',
		defaults: { name: 'Searcher' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL, required: true }],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const { module, field, emails } = asked;
		outcome = findRecords(createConnection(this, {}, CONCURRENCY), module, field, emails);
		await outcome.catch(() => {});
		return [[]];
	},
};

const CONCURRENCY = 4;
const SCOPES = 'ZohoCRM.modules.contacts.READ,ZohoCRM.modules.custom.READ';
const SEARCH = 'ZohoSearch.securesearch.READ';

let emulator: Emulator;
let engine: Engine;

beforeAll(async () => {
	emulator = await Emulator.start();
	engine = new Engine(emulator, searcher, new ZohoCrmPortalsOAuth2Api());
});
beforeEach(() => {
	emulator.reset();
	engine.connect('1', `${SCOPES},${SEARCH}`);
});
afterAll(async () => await emulator.stop());

guardContract(() => emulator);
skipPauses();

async function find(emails: string[], { module = 'Contacts', field = 'Email' } = {}) {
	asked = { module, field, emails };
	await engine.runNode({ parameters: {} });
	return Object.fromEntries(await outcome);
}

/** What the search is refused with. */
async function refused(emails: string[], of = {}) {
	const error = await find(emails, of).catch((thrown: unknown) => thrown);
	if (!(error instanceof ZohoApiError)) throw new Error('The search was not refused');
	return error.data;
}

const add = (email: string | null, extra: Partial<CrmRecord> = {}) =>
	emulator.world.addRecord({ email, ...extra });

const found = ({ id, name }: CrmRecord) => ({ id, name });

/** Criteria of the calls that were made, in order. */
const criteria = () =>
	emulator.requests.map(
		({ url }) => new URL(url, emulator.origin).searchParams.get('criteria') ?? '',
	);

test('records by the e-mails that were asked for, in lower case', async () => {
	const mina = add('Mina@acme.test', { name: 'Mina Shah' });
	expect(await find(['mina@ACME.test', 'leila@acme.test', 'MINA@acme.test'])).toEqual({
		'mina@acme.test': [{ id: mina.id, name: 'Mina Shah' }],
		'leila@acme.test': [],
	});
	expect(criteria()).toEqual(['(Email:in:MINA@acme.test,leila@acme.test)']);
});

test('without an e-mail there is no search', async () => {
	expect(await find([])).toEqual({});
	expect(emulator.requests).toEqual([]);
});

test('what contains an e-mail, or looks like it, is not it', async () => {
	const team = add('team-a@acme.test');
	for (const email of ['team_a@acme.test', 'big.team-a@acme.test', 'team-a@acme.testing'])
		add(email);
	expect(await find(['team-a@acme.test'])).toEqual({ 'team-a@acme.test': [found(team)] });
	expect(await find(['a@acme.test'])).toEqual({ 'a@acme.test': [] });
});

test('all records with an e-mail, the newest first', async () => {
	const [first, second] = [add('mina@acme.test'), add('MINA@acme.test')];
	const records = await find(['mina@acme.test']);
	expect(records['mina@acme.test']).toEqual([found(second), found(first)]);
});

test('only the field that was named counts', async () => {
	const member = (email: string, other: string) =>
		add(email, { module: 'Members', emails: { Secondary_Email: other } });
	const mina = member('mina@acme.test', 'mina@home.test');
	member('mina@home.test', 'leila@home.test');
	const of = { module: 'Members', field: 'Secondary_Email' };
	expect(await find(['mina@home.test', 'mina@acme.test'], of)).toEqual({
		'mina@home.test': [found(mina)],
		'mina@acme.test': [],
	});
	expect(emulator.requests[0].url).toContain('fields=Secondary_Email,Name');
});

test.each([
	'mina+portal@acme.test',
	'"a,b"@acme.test',
	'"(a)"@acme.test',
	'"a\\"@acme.test',
	"o'hara&sons=1@acme.test",
	'jürgen%40@acme.test',
])('%s is found as it is', async (email) => {
	const record = add(email);
	add('other@acme.test');
	const expected = { [email]: [found(record)], 'other@acme.test': [expect.anything()] };
	expect(await find([email, 'other@acme.test'])).toEqual(expected);
	emulator.world.field('Contacts', 'Email').encrypted = true;
	expect(await find([email, 'other@acme.test'])).toEqual(expected);
});

test('a thousand e-mails are ten searches, side by side', async () => {
	emulator.behaviour.latency = 20;
	const records = Array.from({ length: 1_000 }, (_, index) => add(`p${index}@acme.test`));
	const result = await find(records.map(({ email }) => String(email)));
	expect(result).toEqual(
		Object.fromEntries(records.map((record) => [record.email, [found(record)]])),
	);
	expect(criteria().map((text) => text.split(',').length)).toEqual(Array(10).fill(100));
	expect(Math.max(...emulator.requests.map(({ inFlight }) => inFlight))).toBe(CONCURRENCY);
});

test('long e-mails are cut into searches of 3,000 characters', async () => {
	const emails = Array.from({ length: 100 }, (_, index) => `${index}-${'x'.repeat(60)}@acme.test`);
	const [last] = emails.slice(-1).map((email) => add(email));
	const result = await find(emails);
	expect(Object.keys(result)).toHaveLength(100);
	expect(result[String(last.email)]).toEqual([found(last)]);
	expect(criteria()).toHaveLength(3);
	for (const text of criteria()) expect(text.length).toBeLessThanOrEqual(3_000);
});

test('an encrypted field is searched ten e-mails at a time', async () => {
	emulator.world.field('Contacts', 'Email').encrypted = true;
	const emails = Array.from({ length: 25 }, (_, index) => `p${index}@acme.test`);
	const records = emails.map((email) => add(email));
	const result = await find(emails);
	expect(Object.values(result)).toEqual(records.map((record) => [found(record)]));
	const [, ...others] = criteria();
	expect(others.map((text) => text.split('equals').length - 1)).toEqual([10, 10, 5]);
	expect(others[2]).toMatch(/^\(\(Email:equals:p20@acme\.test\)or\(.*\)\)$/);
});

test('all pages are read', async () => {
	// Each of them contains the e-mail, and only the oldest is it.
	const mina = add('a@acme.test');
	for (let index = 0; index < 450; index++) add(`a@acme.test${index}`);
	expect(await find(['a@acme.test'])).toEqual({ 'a@acme.test': [found(mina)] });
	expect(emulator.requests).toHaveLength(3);
});

test('more than Zoho pages through is an error', async () => {
	for (let index = 0; index < 2_001; index++) add(`a@acme.test${index}`);
	expect(await refused(['a@acme.test'])).toMatchObject({ code: 'LIMIT_REACHED' });
});

test('a record that was just written is not found yet, one in the recycle bin never', async () => {
	emulator.behaviour.searchDelay = 60_000;
	add('mina@acme.test');
	add('leila@acme.test', { written: 0, state: 'recycled' });
	expect(await find(['mina@acme.test', 'leila@acme.test'])).toEqual({
		'mina@acme.test': [],
		'leila@acme.test': [],
	});
});

test.each<[answer: string, fault: Fault, code: string]>([
	['a cut one', { kind: 'cut', before: false }, 'BROKEN_ANSWER'],
	['an empty one', { kind: 'empty', before: false }, 'EMPTY_ANSWER'],
	['a page', { kind: 'html', before: false }, 'UNREADABLE_ANSWER'],
	[
		'JSON of another server',
		{ kind: 'status', status: 200, body: 'foreign', before: false },
		'UNREADABLE_ANSWER',
	],
	['a broken connection', { kind: 'reset', before: false }, 'BROKEN_ANSWER'],
	['500', { kind: 500, before: false }, 'UNREADABLE_ANSWER'],
])('an answer that says nothing is no "not found": %s', async (_, fault, code) => {
	add('mina@acme.test');
	emulator.faults.add(fault);
	expect(await refused(['mina@acme.test'])).toMatchObject({ code });
});

test('one answer that says nothing among others ends the search', async () => {
	const emails = Array.from({ length: 300 }, (_, index) => `p${index}@acme.test`);
	emulator.faults.add({ kind: 'html', before: false, url: 'p250' });
	expect((await refused(emails)).code).toBe('UNREADABLE_ANSWER');
});

test('an answer that is better the second time counts', async () => {
	const mina = add('mina@acme.test');
	emulator.faults.add({ kind: 'cut', before: false, times: 1 });
	expect(await find(['mina@acme.test'])).toEqual({ 'mina@acme.test': [found(mina)] });
});

test('records without the field say that it is not to be seen', async () => {
	add('mina@acme.test');
	emulator.world.field('Contacts', 'Email').data_type = 'text';
	expect(await refused(['mina@acme.test'])).toMatchObject({
		code: 'FIELD_NOT_SHOWN',
		details: { api_name: 'Email', module: 'Contacts' },
	});
});

test.each<[code: string, of: IDataObject]>([
	['INVALID_QUERY', { field: 'E_Mail' }],
	['INVALID_MODULE', { module: 'NoSuchModule' }],
	['NO_PERMISSION', { module: 'Contacts' }],
])('%s of Zoho is an error', async (code, of) => {
	if (code === 'NO_PERMISSION') emulator.behaviour.lacking = ['Crm_Implied_View_Contacts'];
	expect(await refused(['mina@acme.test'], of)).toMatchObject({ code });
});

test.each([
	['Contacts', 'ZohoCRM.users.READ', `ZohoSearch.securesearch.READ,ZohoCRM.modules.contacts.READ`],
	['Contacts', SCOPES, SEARCH],
	['Contacts', SEARCH, 'ZohoCRM.modules.contacts.READ'],
	['Members', SEARCH, 'ZohoCRM.modules.custom.READ'],
	['Contacts', `${SEARCH},ZohoCRM.modules.custom.READ`, 'ZohoCRM.modules.contacts.READ'],
])('in %s with %s the error names %s', async (module, granted, lacked) => {
	engine.connect('1', granted);
	const error = await refused(['mina@acme.test'], { module });
	expect(error).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH', details: { scope: lacked } });
	const { reason, remedy } = wordsFor(error, { thing: 'record', done: 'found' });
	for (const scope of lacked.split(',')) {
		expect(reason).toContain(scope);
		expect(remedy).toContain(scope);
	}
	expect(emulator.requests).toHaveLength(1);
});

test.each([
	['Contacts', 'ZohoCRM.modules.ALL'],
	['Contacts', 'ZohoCRM.modules.READ'],
	['Members', 'ZohoCRM.modules.custom.ALL'],
])('in %s %s and that of the search are enough', async (module, scope) => {
	engine.connect('1', `${scope},${SEARCH}`);
	expect(await find(['mina@acme.test'], { module })).toEqual({ 'mina@acme.test': [] });
});
