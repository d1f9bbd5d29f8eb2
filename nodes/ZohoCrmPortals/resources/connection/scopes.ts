import type { ZohoCredential } from '../../transport/credential';
import { METADATA } from '../../transport/scopes';

/** Something in the editor, and the scopes that it needs. */
interface Need {
	/** "Portal User: Invite", "list of roles". */
	name: string;
	scopes: string[];
}

/** All that operations, by the name of their resource, and lists of this node need. */
export function needsOf(
	resources: Array<{ name: string; operations: Array<{ name: string; scopes: string[] }> }>,
): Need[] {
	return [
		...resources.flatMap(({ name: resource, operations }) =>
			operations.map(({ name, scopes }) => ({ name: `${resource}: ${name}`, scopes })),
		),
		...Object.entries(METADATA).map(([what, scope]) => ({
			name: `list of ${what.replace('custom_', '')}`,
			scopes: [scope],
		})),
	];
}

/**
 * The scopes of a credential: those that Zoho's token answer named, else those that were asked for.
 * Zoho separates them with commas in the request and with spaces in the answer.
 */
export function scopesOf({ scope, oauthTokenData }: ZohoCredential): Set<string> {
	return new Set((oauthTokenData?.scope ?? scope ?? '').split(/[\s,]+/).filter(Boolean));
}

/** Whether scopes hold one that is needed; ALL holds every action, settings.ALL all metadata. */
export function isCovered(needed: string, granted: Set<string>): boolean {
	const metadata = /^ZohoCRM\.settings\.(?!clientportal)/.test(needed);
	return (
		granted.has(needed) ||
		granted.has(needed.replace(/\.\w+$/, '.ALL')) ||
		(metadata && granted.has('ZohoCRM.settings.ALL'))
	);
}
