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

/** A search for records needs it beside that of their module. */
export const RECORD_SEARCH = 'ZohoSearch.securesearch.READ';

/** Zoho's own modules of people that scopes call by their names; custom ones share a scope. */
const OWN_MODULES = new Set(['Contacts', 'Vendors']);

/** The scope to read the records of a module of people, by the API name of the module. */
export function recordsScope(module: string): string {
	return `ZohoCRM.modules.${OWN_MODULES.has(module) ? module.toLowerCase() : 'custom'}.READ`;
}

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
