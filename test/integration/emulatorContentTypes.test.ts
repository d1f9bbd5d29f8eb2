import { BEN } from '../../emulator/seed';
import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import type { Emulator } from '../../emulator/server';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;
let tokens: { access_token: string; refresh_token: string };

useEmulator((started) => {
	emulator = started;
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

describe.each([undefined, 'application/json', 'text/plain', 'application/octet-stream'])(
	'a body of the type %s',
	(type) => {
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
	},
);

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
