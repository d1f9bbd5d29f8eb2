import { errorData, ZohoApiError } from '../http/error';

/**
 * A name as one segment of a path.
 *
 * @throws ZohoApiError for a name that stands for another path: nothing escapes dots
 */
export function segment(name: string): string {
	if (/^\.{1,2}$/.test(name)) {
		throw new ZohoApiError(errorData(0, 'UNADDRESSABLE', { details: { name } }));
	}
	return encodeURIComponent(name);
}

/** Where the user types of a portal are. */
export function userTypesPath(portal: string): string {
	return `/settings/portals/${segment(portal)}/user_type`;
}

/** Where a user type of a portal is. */
export function userTypePath(portal: string, userType: string): string {
	return `${userTypesPath(portal)}/${segment(userType)}`;
}

/** Where the users of a user type are. */
export function usersPath(portal: string, userType: string): string {
	return `${userTypePath(portal, userType)}/users`;
}
