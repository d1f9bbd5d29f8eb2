import { CUSTOM, isTrusted } from './dataCenter';
import { errorData } from './error';
import type { ZohoErrorData } from './error';

export const CREDENTIAL = 'zohoCrmPortalsOAuth2Api';

/** What the transport needs of the credential; the token itself is n8n's business. */
export interface ZohoCredential {
	/** Suffix of Zoho's hosts ("eu", "com.au"), or "custom"; empty as long as none is chosen. */
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

/** Why no call can be made with a credential, if so. */
export function obstacleIn({
	dataCenter,
	apiUrl,
	oauthTokenData,
}: ZohoCredential): ZohoErrorData | undefined {
	if (dataCenter === '') return errorData(0, 'NO_DATA_CENTER');
	if (!oauthTokenData?.access_token) {
		// Zoho answers a refused code with HTTP 200 and {"error": …}; n8n stores that as a token.
		return errorData(0, 'NOT_CONNECTED', { details: { error: oauthTokenData?.error } });
	}
	if (isTrusted(apiUrl, dataCenter)) return undefined;
	// Typed in, or of a token that came from somewhere else than the data center that is chosen now.
	const typed = dataCenter === CUSTOM;
	return errorData(0, 'FOREIGN_ORIGIN', { details: { origin: apiUrl, typed } });
}
