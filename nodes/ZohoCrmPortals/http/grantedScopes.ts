import type { ZohoCredential } from './credential';

/**
 * The scopes of a credential: those in Zoho's token response, or else the requested ones. Zoho
 * separates them with commas in the request and with spaces in the response.
 */
export function scopesOf({ scope, oauthTokenData }: ZohoCredential): Set<string> {
	return new Set((oauthTokenData?.scope ?? scope ?? '').split(/[\s,]+/).filter(Boolean));
}

/**
 * Whether the granted scopes cover a scope. ALL covers every action, settings.ALL covers all
 * metadata, and modules.ALL and modules.READ cover the records of all modules.
 */
export function isCovered(needed: string, granted: Set<string>): boolean {
	const metadata = /^ZohoCRM\.settings\.(?!clientportal)/.test(needed);
	const records = /^ZohoCRM\.modules\.\w+\.READ$/.test(needed);
	return (
		granted.has(needed) ||
		granted.has(needed.replace(/\.\w+$/, '.ALL')) ||
		(metadata && granted.has('ZohoCRM.settings.ALL')) ||
		(records && (granted.has('ZohoCRM.modules.ALL') || granted.has('ZohoCRM.modules.READ')))
	);
}
