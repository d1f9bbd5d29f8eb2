import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEALERS, PREMIUM } from '../../emulator/seed';
import { byId, byName, jsons, useHarness, zohoOf } from '../../harness/harness';
import { serve } from '../../harness/serve';
import type { Served } from '../../harness/serve';

// Answers that the emulator cannot give, because no source says that Zoho gives them.

const harness = useHarness();
const { run } = harness;

const ID = '7310000000000999991';
const OTHER = '7310000000000999992';

const nothingLeft = { validate_before_transfer: [{ id: ID, subordinates: false }] };

/** What the server in Zoho's place says to every call but that check. */
let answer: { status: number; body: unknown };
let asked: string[] = [];
let served: Served;

beforeAll(async () => {
	served = await serve((request, response) => {
		const { method, url = '' } = request;
		// The check before a user is deleted finds that nothing is left behind.
		const isCheck = url.endsWith('/validate_before_transfer');
		if (!isCheck) asked.push(`${method} ${url}`);
		const { status, body } = isCheck ? { status: 200, body: nothingLeft } : answer;
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		response.writeHead(status, { 'content-type': 'application/json' }).end(text);
	});
});
afterAll(async () => await served.stop());

beforeEach(() => {
	asked = [];
	const oauthTokenData = { access_token: 'example', api_domain: `http://${served.host}` };
	harness.engine.connect('1', undefined, { oauthTokenData });
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => jest.restoreAllMocks());

const writes: Array<[string, INodeParameters]> = [
	['portalUser.delete', { userType: byId(DEALERS), personalityIds: ID }],
	[
		'portalUser.transfer',
		{ userType: byId(DEALERS), targetUserType: byId(PREMIUM), personalityIds: ID },
	],
	['portalUser.changeStatus', { userType: byId(DEALERS), personalityIds: ID, active: true }],
	['portalUser.invite', { userType: byId(DEALERS), module: byName('Contacts'), recordIds: ID }],
	['user.delete', { user: byId(ID) }],
	['user.update', { user: byId(ID), updateFields: { phone: '1' } }],
	['user.transferAndDelete', { user: byId(ID), targetUser: byId(OTHER) }],
	['userType.update', { userType: byId(ID), updateFields: { active: true }, modulesMode: 'none' }],
	['userType.delete', { userType: byId(ID) }],
	['portal.create', { name: 'NewPortal' }],
];

const row = (more: IDataObject) => ({ users: [{ details: {}, message: 'said', ...more }] });

describe.each(writes)('%s', (operation, parameters) => {
	test('is not done where a row has the code of an error and no status', async () => {
		answer = { status: 200, body: row({ code: 'INVALID_DATA' }) };
		const result = await run(operation, parameters);
		expect(result.items).toEqual([]);
		expect(zohoOf(result)).toMatchObject({ code: 'INVALID_DATA' });
	});

	test.each([
		['has no code', row({ status: 'success' })],
		['says success and error at once', row({ code: 'SUCCESS', status: 'error' })],
		['is empty', { users: [{}] }],
		['is not there', { users: [] }],
		['names no job', row({ code: 'SCHEDULED', status: 'success' })],
	])('is uncertain where the row %s', async (_, body) => {
		answer = { status: 200, body };
		const result = await run(operation, parameters);
		expect(result.items).toEqual([]);
		expect(result.error?.message).toContain('It is not certain whether');
		expect(zohoOf(result)).toMatchObject({ uncertain: true });
	});

	test('is uncertain where a success comes with the status of a server error', async () => {
		answer = { status: 500, body: row({ code: 'INTERNAL_ERROR', status: 'error' }) };
		const result = await run(operation, parameters);
		expect(result.error?.message).toContain('It is not certain whether');
		expect(asked).toHaveLength(1);
	});
});

test.each([
	['portalUser.delete', 'personality_id'],
	['portalUser.transfer', 'personality_id'],
	['portalUser.changeStatus', 'personality_id'],
	['portalUser.invite', 'record_id'],
	['user.delete', 'id'],
	['user.update', 'id'],
	['userType.update', 'id'],
	['userType.delete', 'id'],
])('%s of one is uncertain where Zoho answers for another', async (operation, key) => {
	answer = {
		status: 200,
		body: row({ code: 'SUCCESS', status: 'success', details: { [key]: OTHER } }),
	};
	const [, parameters] = writes.find(([name]) => name === operation) ?? ['', {}];
	const result = await run(operation, parameters);
	expect(result.items).toEqual([]);
	expect(result.error?.message).toContain('It is not certain whether');
});

test.each([
	['a page that is nothing but the beginnings of tags', '<'.repeat(1_000_000)],
	['an unclosed string of escaped quotes', `{"a":"${'\\"'.repeat(500_000)}`],
	['an unclosed string of digits', `{"a":"${'1'.repeat(1_000_000)}`],
	['an unclosed list of numbers', `{"a":[${'7310000000000999991,'.repeat(50_000)}`],
])('%s is read in no time', async (_, body) => {
	answer = { status: 403, body };
	const started = Date.now();
	const result = await run('portal.getAll');
	expect(result.error?.message).toContain('something other than JSON (HTTP 403');
	expect(Date.now() - started).toBeLessThan(2_000);
});

test('a list that says nothing is no empty list', async () => {
	answer = { status: 200, body: {} };
	const result = await run('portal.getAll');
	expect(result.error?.message).toContain('could not be read');
	expect(asked).toHaveLength(7);
});

test('IDs that come as numbers are exact to the last digit', async () => {
	const body = `{"users":[{"code":"SUCCESS","details":{"personality_id":${ID}},"status":"success"}]}`;
	answer = { status: 200, body };
	const result = await run('portalUser.delete', { userType: byId(DEALERS), personalityIds: ID });
	expect(jsons(result)).toMatchObject([{ personality_id: ID, deleted: true }]);
});
