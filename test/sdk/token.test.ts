import { Portals } from '@zohocrm/typescript-sdk-8.0';

import { CLIENT_ID } from '../../emulator/oauth';
import type { Emulator } from '../../emulator/server';
import { read, useSdk } from './sdk';

const REDIRECT = 'http://localhost/callback';

/** Consents as a person does, and takes the code from the address that the browser is sent to. */
async function consent({ origin }: Emulator): Promise<string> {
	const answer = await fetch(`${origin}/oauth/v2/auth`, {
		method: 'POST',
		redirect: 'manual',
		body: new URLSearchParams({
			client_id: CLIENT_ID,
			scope: 'ZohoCRM.settings.clientportal.READ',
			access_type: 'offline',
			redirect_uri: REDIRECT,
			decision: 'accept',
		}),
	});
	const target = new URL(answer.headers.get('location') ?? '');
	return target.searchParams.get('code') ?? '';
}

/** Requests for a token until the SDK was connected. */
let atFirst: Emulator['tokenRequests'] = [];

const emulator = useSdk(async (token, started) => {
	// The SDK takes a token for expired when it has less than five seconds left.
	started.switches.tokenSeconds = 3;
	return token.grantToken(await consent(started)).redirectURL(REDIRECT);
});

beforeAll(() => {
	atFirst = [...emulator().tokenRequests];
});

const ask = async () => read(await new Portals.PortalsOperations().getPortals());

test('a code becomes tokens, and an access token that is about to expire is renewed once', async () => {
	const renewal = { grant: 'refresh_token', status: 200 };
	expect(atFirst).toEqual([{ grant: 'authorization_code', status: 200 }]);

	emulator().accounts.refusal = { status: 200, error: 'invalid_code' };
	await expect(ask()).rejects.toMatchObject({ message: expect.stringContaining('invalid_code') });
	expect(emulator().tokenRequests).toEqual([renewal]);
	expect(emulator().requests).toEqual([]);

	emulator().reset();
	expect(await ask()).toMatchObject({ status: 200 });
	expect(await ask()).toMatchObject({ status: 200 });
	expect(emulator().tokenRequests).toEqual([renewal]);
});

test('an access token that expired before its time is refused', async () => {
	emulator().accounts.expireAccessTokens();
	expect(await ask()).toMatchObject({
		status: 401,
		as: 'APIException',
		body: { code: 'INVALID_TOKEN', status: 'error' },
	});
});
