import type { ApiRequest } from './handler';
import type { PortalUser } from './world';

/** Stores the people at each read of the user types, for counts and lists that lag behind. */
export function rememberUsers({ world, switches }: ApiRequest): void {
	const most = Math.max(switches.countsLag, switches.listsLag);
	if (most > 0) world.pastUsers.push([...world.portalUsers.values()].map((user) => ({ ...user })));
	world.pastUsers.splice(0, world.pastUsers.length - (most > 0 ? most + 1 : 0));
}

/** The people of a user type this many reads of the user types ago, or at the first stored read. */
export function usersBefore({ world }: ApiRequest, lag: number, userTypeId: string): PortalUser[] {
	if (lag === 0) return world.usersOf(userTypeId);
	const past = world.pastUsers.at(-1 - lag) ?? world.pastUsers[0];
	return past?.filter((user) => user.userTypeId === userTypeId) ?? world.usersOf(userTypeId);
}
