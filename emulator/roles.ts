import type { OrgUser, World } from './world';

/** Each role reports to the one before it in the list; no answer of the emulator shows that. */
export function levelOf(world: World, roleId: string): number | undefined {
	const level = world.roles.findIndex(({ id }) => id === roleId);
	return level < 0 ? undefined : level;
}

/** Whether a user is in a role below that of another, or reports to the other. */
export function isSubordinate(world: World, user: OrgUser, other: OrgUser): boolean {
	if (user.Reporting_To?.id === other.id) return true;
	const [below, above] = [user, other].map(({ role }) => levelOf(world, role.id));
	return below !== undefined && above !== undefined && below > above;
}
