import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CLIENT_ID, CLIENT_SECRET } from '../emulator/oauth';

/** Where credentials are connected. */
export interface Account {
	/** Accounts server and API in one. */
	origin: string;
	connect: (scope: string) => { access_token: string; refresh_token: string };
}

/** What n8n has stored of a credential of this package once a person has connected it. */
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
