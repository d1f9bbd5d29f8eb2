import type { IDataObject } from 'n8n-workflow';

import { ASHA, BEN, CHLOE, DANA } from '../../emulator/seed';
import { asItems, byId, continuing, jsons, skipPauses, useHarness } from '../../harness/harness';
import { serve } from '../../harness/serve';
import type { Served } from '../../harness/serve';

// Answers to an update of three users that the emulator does not give: a row counts only for the
// user whom it names.

const harness = useHarness();

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
