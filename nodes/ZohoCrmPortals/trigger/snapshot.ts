import type { KnownUser } from './users';

/** What is kept of a user type from one poll to the next. */
export interface KnownUserType {
	id: string;
	name: string;
	active: boolean;
	/** See `hashOf`; undefined while it was not read. */
	modules?: number;
}

/** What is known of a portal. */
export interface Snapshot {
	userTypes: KnownUserType[];
	/** By ID. */
	users: Map<string, KnownUser>;
}

/** Whether user types are those of a portal that is known: one of them is enough. */
export function isSamePortal(known: Snapshot, userTypes: Array<{ id: string }>): boolean {
	const ids = new Set(known.userTypes.map(({ id }) => id));
	return userTypes.some(({ id }) => ids.has(id));
}
