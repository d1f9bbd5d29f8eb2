import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { Emulator } from '../../emulator/server';

let emulator: Emulator;
let refreshToken: string;

beforeAll(async () => (emulator = await Emulator.start()));
beforeEach(() => {
	emulator.reset();
	refreshToken = emulator.connect('ZohoCRM.users.ALL').refresh_token;
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await emulator.stop());

async function refresh(refresh_token = refreshToken) {
	const response = await fetch(`${emulator.origin}/oauth/v2/token`, {
		method: 'POST',
		body: new URLSearchParams({
			client_id: CLIENT_ID,
			client_secret: CLIENT_SECRET,
			grant_type: 'refresh_token',
			refresh_token,
		}),
	});
	return { status: response.status, body: await response.json() };
}

async function refreshTimes(times: number) {
	for (let index = 0; index < times; index++) {
		expect(await refresh()).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
	}
}

const DENIED = {
	error: 'Access Denied',
	error_description:
		'You have made too many requests continuously. Please try again after some time.',
	status: 'failure',
};

test('without tokenLimit a refresh token is good for any number of access tokens', async () => {
	await refreshTimes(12);
});

test.each([200, 400] as const)('with tokenLimit %i it is good for 10', async (status) => {
	emulator.behaviour.tokenLimit = status;
	await refreshTimes(10);
	expect(await refresh()).toEqual({ status, body: DENIED });
	expect(emulator.tokenRequests.map((request) => request.status)).toEqual([
		...Array.from({ length: 10 }, () => 200),
		status,
	]);
});

test('every refresh token has a limit of its own', async () => {
	emulator.behaviour.tokenLimit = 400;
	await refreshTimes(10);
	const other = emulator.connect('ZohoCRM.users.ALL').refresh_token;
	expect((await refresh()).status).toBe(400);
	expect((await refresh(other)).status).toBe(200);
});

test('requests that got no token do not count', async () => {
	emulator.behaviour.tokenLimit = 400;
	emulator.faults.add({ kind: 503, before: true, during: 'token', times: 5 });
	for (let index = 0; index < 5; index++) {
		const response = await fetch(`${emulator.origin}/oauth/v2/token`, { method: 'POST' });
		expect(response.status).toBe(503);
	}
	await refreshTimes(10);
	expect((await refresh()).status).toBe(400);
});

test('the limit is over 10 minutes after the first of them, and with a reset', async () => {
	emulator.behaviour.tokenLimit = 400;
	const start = Date.now();
	const clock = jest.spyOn(Date, 'now').mockReturnValue(start);
	await refreshTimes(5);
	clock.mockReturnValue(start + 60_000);
	await refreshTimes(5);
	clock.mockReturnValue(start + 599_999);
	expect((await refresh()).status).toBe(400);
	clock.mockReturnValue(start + 600_000);
	await refreshTimes(5);
	expect((await refresh()).status).toBe(400);
	emulator.reset();
	emulator.behaviour.tokenLimit = 400;
	await refreshTimes(1);
});
