/** OAuth scopes that the calls of this package need, by subject. */
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

/** By Zoho's name of the metadata in the path. */
export const METADATA = {
	custom_views: 'ZohoCRM.settings.custom_views.READ',
	fields: 'ZohoCRM.settings.fields.READ',
	layouts: 'ZohoCRM.settings.layouts.READ',
	modules: 'ZohoCRM.settings.modules.READ',
	profiles: 'ZohoCRM.settings.profiles.READ',
	roles: 'ZohoCRM.settings.roles.READ',
};

/** A search for records needs this scope in addition to that of the module. */
export const RECORD_SEARCH = 'ZohoSearch.securesearch.READ';

/** Zoho's own modules that have their own scopes; custom modules share a scope. */
const OWN_MODULES = new Set(['Accounts', 'Contacts', 'Vendors']);

/** The scope for reading the records of a module, by the API name of the module. */
export function recordsScope(module: string): string {
	return `ZohoCRM.modules.${OWN_MODULES.has(module) ? module.toLowerCase() : 'custom'}.READ`;
}

const [ACCOUNTS, CONTACTS, VENDORS, CUSTOM] = ['Accounts', 'Contacts', 'Vendors', 'Custom'].map(
	recordsScope,
);

/** Uses of records other than operations, and the scopes that they need. */
export const RECORDS: Record<string, string[]> = {
	'Contacts by email address': [RECORD_SEARCH, CONTACTS],
	'Vendors by email address': [RECORD_SEARCH, VENDORS],
	'records of custom modules by email address': [RECORD_SEARCH, CUSTOM],
	'Contacts by account': [ACCOUNTS, CONTACTS],
};

const { profiles, roles, ...formsOfPortals } = METADATA;
const portalMetadata = Object.values(formsOfPortals);
const records = [...new Set(Object.values(RECORDS).flat())];

/** Sets of scopes by the use of a credential, by the value in the credential. */
export const ACCESS = {
	everything: [
		'ZohoCRM.settings.clientportal.ALL',
		'ZohoCRM.users.ALL',
		...Object.values(CHANGE_OWNER),
		...portalMetadata,
		profiles,
		roles,
		...records,
	],
	portalUsers: ['ZohoCRM.settings.clientportal.ALL', ...portalMetadata, ...records],
	readOnly: [
		CLIENT_PORTAL.read,
		USERS.read,
		CHANGE_OWNER.read,
		...portalMetadata,
		profiles,
		roles,
		...records,
	],
};
