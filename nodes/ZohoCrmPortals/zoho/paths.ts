import { errorData, ZohoApiError } from '../http/error';

/**
 * A name as one segment of a path.
 *
 * @throws ZohoApiError for a name that would change the path, because dots cannot be escaped
 */
export function segment(name: string): string {
	if (/^\.{1,2}$/.test(name)) {
		throw new ZohoApiError(errorData(0, 'UNADDRESSABLE', { details: { name } }));
	}
	return encodeURIComponent(name);
}

/** The path of the user types of a portal. */
export function userTypesPath(portal: string): string {
	return `/settings/portals/${segment(portal)}/user_type`;
}

/** The path of a user type of a portal. */
export function userTypePath(portal: string, userType: string): string {
	return `${userTypesPath(portal)}/${segment(userType)}`;
}

/** The path of the users of a user type. */
export function usersPath(portal: string, userType: string): string {
	return `${userTypePath(portal, userType)}/users`;
}
