import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CLIENT_ID, CLIENT_SECRET } from '../emulator/oauth';

/** The organization of a credential. */
export interface Account {
	/** Origin of both the accounts server and the API. */
	origin: string;
	connect: (scope: string) => { access_token: string; refresh_token: string };
}

/** The data that n8n stores for a credential of this package after a user has connected it. */
export function connectedCredential(
	{ origin, connect }: Account,
	scope: string,
): ICredentialDataDecryptedObject {
	return {
		dataCenter: 'custom',
		accountsUrl: origin,
		customApiUrl: origin,
		environment: 'production',
		clientId: CLIENT_ID,
		clientSecret: CLIENT_SECRET,
		access: 'custom',
		customScope: scope,
		oauthTokenData: { ...connect(scope), api_domain: origin, token_type: 'Bearer' },
	};
}
