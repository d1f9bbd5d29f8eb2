/** Where the user types of a portal are. */
export function userTypesPath(portal: string): string {
	return `/settings/portals/${encodeURIComponent(portal)}/user_type`;
}
