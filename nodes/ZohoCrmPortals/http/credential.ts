import { CUSTOM, isTrusted } from './dataCenter';
import { errorData } from './error';
import type { ZohoErrorData } from './error';

export const CREDENTIAL = 'zohoCrmPortalsOAuth2Api';

/** The parts of the credential that the transport needs. n8n handles the token itself. */
export interface ZohoCredential {
	/** Suffix of Zoho's hosts ("eu", "com.au"), or "custom"; empty if no data center is chosen. */
	dataCenter: string;
	environment: string;
	/** Origin of the API. */
	apiUrl: string;
	/** The requested scopes. Zoho may have granted fewer. */
	scope?: string;
	oauthTokenData?: {
		access_token?: string;
		error?: string;
		/** The granted scopes, separated by spaces. Older accounts servers do not return them. */
		scope?: string;
		/** The parameters that Zoho added to the redirect back to n8n. */
		callbackQueryString?: { location?: string };
	};
}

/** Why a credential cannot be used for calls, if so. */
export function obstacleIn({
	dataCenter,
	apiUrl,
	oauthTokenData,
}: ZohoCredential): ZohoErrorData | undefined {
	if (dataCenter === '') return errorData(0, 'NO_DATA_CENTER');
	if (!oauthTokenData?.access_token) {
		// Zoho answers a refused code with HTTP 200 and {"error": …}, which n8n stores like a
		// token.
		return errorData(0, 'NOT_CONNECTED', { details: { error: oauthTokenData?.error } });
	}
	if (isTrusted(apiUrl, dataCenter)) return undefined;
	// The address was typed in, or the token belongs to another data center than the one chosen
	// now.
	const typed = dataCenter === CUSTOM;
	return errorData(0, 'FOREIGN_ORIGIN', { details: { origin: apiUrl, typed } });
}
