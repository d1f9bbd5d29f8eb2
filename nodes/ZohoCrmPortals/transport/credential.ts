import type { IDataObject } from 'n8n-workflow';

import type { Connection } from './send';

export const CREDENTIAL = 'zohoCrmPortalsOAuth2Api';

/** What the transport needs of the credential; the token itself is n8n's business. */
export interface ZohoCredential {
	/** Suffix of Zoho's hosts ("eu", "com.au"), or "custom". */
	dataCenter: string;
	environment: string;
	/** Origin of the API. */
	apiUrl: string;
	/** What was asked for; Zoho may have granted less. */
	scope?: string;
	oauthTokenData?: {
		access_token?: string;
		error?: string;
		/** What was granted, separated by spaces; older accounts servers do not tell. */
		scope?: string;
		/** What Zoho added to the address when it sent the browser back to n8n. */
		callbackQueryString?: { location?: string };
	};
}

/** The credential of a connection: n8n decrypts and evaluates it anew each time it is asked. */
export async function credentialOf(connection: Connection): Promise<ZohoCredential> {
	connection.credential ??= connection.context.getCredentials<ZohoCredential>(CREDENTIAL);
	return await connection.credential;
}

/** Hosts in Zoho's list of data centres; their names end alike everywhere but in China. */
const ZOHO_API = /^https:\/\/[a-z]+\.zohoapis\.(com|eu|in|com\.au|jp|com\.cn|ca|sa|uk|ae)$/;
const ANY_ORIGIN = /^https?:\/\/[\w.-]+(:\d+)?$/;

/** Why no call can be made with a credential, if so: a code of our own and its details. */
export function obstacleIn({
	dataCenter,
	apiUrl,
	oauthTokenData,
}: ZohoCredential): { code: string; details: IDataObject } | undefined {
	if (!oauthTokenData?.access_token) {
		// Zoho answers a refused code with HTTP 200 and {"error": …}; n8n stores that as a token.
		return { code: 'NOT_CONNECTED', details: { error: oauthTokenData?.error } };
	}
	const known = dataCenter === 'custom' ? ANY_ORIGIN : ZOHO_API;
	return known.test(apiUrl) ? undefined : { code: 'FOREIGN_ORIGIN', details: { origin: apiUrl } };
}

/** Where the calls of a connection go, for texts. */
export interface Where {
	environment: string;
	dataCenter: string;
	/** The data centre where the account lives, if Zoho named another one than was chosen. */
	home?: string;
}

/** Undefined as long as nothing was sent. */
export async function whereOf(connection: Connection): Promise<Where | undefined> {
	const credential = await connection.credential;
	if (!credential) return undefined;
	const { environment, dataCenter } = credential;
	return { environment, dataCenter, home: otherDataCenter(credential) };
}

/** Locations that Zoho does not name by the suffix of its hosts (multi-DC page of API v8). */
const SUFFIXES: Record<string, string> = { au: 'com.au', cn: 'com.cn', us: 'com' };

function otherDataCenter(credential: ZohoCredential): string | undefined {
	const location = credential.oauthTokenData?.callbackQueryString?.location;
	if (!location || credential.dataCenter === 'custom') return undefined;
	const home = SUFFIXES[location] ?? location;
	return home === credential.dataCenter ? undefined : home;
}

/** Where people of a data centre find Zoho: "zoho.eu". */
export function siteOf(dataCenter: string): string {
	return dataCenter === 'ca' ? 'zohocloud.ca' : `zoho.${dataCenter}`;
}
