import type { ZohoCredential } from './credential';

/** OAuth scopes that the calls of this package need, by what they are about. */
export const CLIENT_PORTAL = {
	create: 'ZohoCRM.settings.clientportal.CREATE',
	delete: 'ZohoCRM.settings.clientportal.DELETE',
	read: 'ZohoCRM.settings.clientportal.READ',
	update: 'ZohoCRM.settings.clientportal.UPDATE',
};

export const USERS = {
	create: 'ZohoCRM.users.CREATE',
	delete: 'ZohoCRM.users.DELETE',
	read: 'ZohoCRM.users.READ',
	update: 'ZohoCRM.users.UPDATE',
};

export const CHANGE_OWNER = {
	create: 'ZohoCRM.change_owner.CREATE',
	read: 'ZohoCRM.change_owner.READ',
};

/** By what Zoho calls the metadata in the address. */
export const METADATA = {
	custom_views: 'ZohoCRM.settings.custom_views.READ',
	fields: 'ZohoCRM.settings.fields.READ',
	layouts: 'ZohoCRM.settings.layouts.READ',
	modules: 'ZohoCRM.settings.modules.READ',
	profiles: 'ZohoCRM.settings.profiles.READ',
	roles: 'ZohoCRM.settings.roles.READ',
};

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
