/** Where the user types of a portal are. */
export function userTypesPath(portal: string): string {
	return `/settings/portals/${encodeURIComponent(portal)}/user_type`;
}

/** Where a user type of a portal is. */
export function userTypePath(portal: string, userType: string): string {
	return `${userTypesPath(portal)}/${encodeURIComponent(userType)}`;
}

/** Where the users of a user type are. */
export function usersPath(portal: string, userType: string): string {
	return `${userTypePath(portal, userType)}/users`;
}
