import type { ZohoCredential } from './credential';

/**
 * The scopes of a credential: those that Zoho's token answer named, else those that were asked for.
 * Zoho separates them with commas in the request and with spaces in the answer.
 */
export function scopesOf({ scope, oauthTokenData }: ZohoCredential): Set<string> {
	return new Set((oauthTokenData?.scope ?? scope ?? '').split(/[\s,]+/).filter(Boolean));
}

/**
 * Whether scopes hold one that is needed; ALL holds every action, settings.ALL all metadata,
 * modules.ALL and modules.READ the records of all modules.
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
