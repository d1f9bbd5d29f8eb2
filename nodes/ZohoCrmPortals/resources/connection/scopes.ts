import type { OperationLabels } from '../../errors/messages';
import type { ZohoCredential } from '../../transport/credential';

/** What the lists of the editor need besides the operations, by what they list. */
const LISTS: Record<string, string> = {
	fields: 'ZohoCRM.settings.fields.READ',
	layouts: 'ZohoCRM.settings.layouts.READ',
	modules: 'ZohoCRM.settings.modules.READ',
	profiles: 'ZohoCRM.settings.profiles.READ',
	roles: 'ZohoCRM.settings.roles.READ',
	views: 'ZohoCRM.settings.custom_views.READ',
};

/** Something in the editor, and the scope that it needs. */
interface Need {
	/** "Portal User: Invite", "list of roles". */
	name: string;
	scope: string;
}

/** All that operations, by the name of their resource, and lists of this node need. */
export function needsOf(
	resources: Array<{
		name: string;
		operations: Array<{ name: string } & Pick<OperationLabels, 'scope'>>;
	}>,
): Need[] {
	return [
		...resources.flatMap(({ name: resource, operations }) =>
			operations.map(({ name, scope }) => ({ name: `${resource}: ${name}`, scope })),
		),
		...Object.entries(LISTS).map(([what, scope]) => ({ name: `list of ${what}`, scope })),
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
