import type { ZohoCredential } from '../../transport/credential';
import type { Operation } from '../../transport/operation';
import { portalUserOperations } from '../portalUser';
import { userOperations } from '../user';
import { userTypeOperations } from '../userType';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

const OPERATIONS: Record<string, Operation[]> = {
	Portal: [create, get, getAll, update],
	'User Type': userTypeOperations,
	'Portal User': portalUserOperations,
	'CRM User': userOperations,
};

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

/** All that operations and lists of this node need. */
export const needs: Need[] = [
	...Object.entries(OPERATIONS).flatMap(([resource, operations]) =>
		operations.map(({ name, scope }) => ({ name: `${resource}: ${name}`, scope })),
	),
	...Object.entries(LISTS).map(([what, scope]) => ({ name: `list of ${what}`, scope })),
];

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
