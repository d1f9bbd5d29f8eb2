import type { KnownUser } from './users';

/** The state of a user type that is kept between polls. */
export interface KnownUserType {
	id: string;
	name: string;
	active: boolean;
	/** See `hashOf`; undefined if the modules were not read. */
	modules?: number;
}

/** The known state of a portal. */
export interface Snapshot {
	userTypes: KnownUserType[];
	/** By ID. */
	users: Map<string, KnownUser>;
}

/** Whether user types belong to a known portal: one of them is sufficient. */
export function isSamePortal(known: Snapshot, userTypes: Array<{ id: string }>): boolean {
	const ids = new Set(known.userTypes.map(({ id }) => id));
	return userTypes.some(({ id }) => ids.has(id));
}
