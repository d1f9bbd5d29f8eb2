import { checkTarget } from '../userTypes';
import type { PortalUser, UserType, World } from '../world';

/**
 * The reason why a change is not made, in plain words for the user of the page, in the format of
 * Fastify's errors.
 */
class Refused extends Error {
	/** @param statusCode HTTP status of the answer */
	constructor(
		readonly statusCode: 404 | 409,
		message: string,
	) {
		super(message);
	}
}

/** The changes to a portal user that need no further input. */
export type Change = 'confirm' | 'activate' | 'deactivate' | 'remove';

const CHANGES: Record<Change, (user: PortalUser, world: World) => void> = {
	confirm: (user) => {
		if (user.confirm) throw new Refused(409, `${user.name} has accepted the invitation already.`);
		user.confirm = true;
	},
	activate: (user) => {
		if (user.active) throw new Refused(409, `${user.name} is active already.`);
		user.active = true;
		user.status_reason__s = null;
	},
	deactivate: (user) => {
		if (!user.active) throw new Refused(409, `${user.name} is inactive already.`);
		// Zoho also refuses this (NOT_ALLOWED of its status call).
		if (!user.confirm) throw new Refused(409, `${user.name} has not accepted the invitation yet.`);
		user.active = false;
	},
	remove: ({ personality_id }, world) => {
		world.portalUsers.delete(personality_id);
	},
};

/** Changes a portal user as the person, or a user of Zoho CRM, would. */
export function change(world: World, personalityId: string, what: Change): void {
	CHANGES[what](userOf(world, personalityId), world);
}

/** Moves a portal user to another user type, if Zoho would. */
export function move(world: World, personalityId: string, target: string): void {
	const user = userOf(world, personalityId);
	if (!targetsOf(world, typeOf(world, user.userTypeId)).some(({ id }) => id === target)) {
		throw new Refused(409, `${user.name} cannot be moved there.`);
	}
	user.userTypeId = target;
}

/** Invites a new person with a new record. Empty names and email addresses are made up. */
export function add(world: World, userType: string, name: string, email: string): PortalUser {
	const type = typeOf(world, userType);
	if (email !== '' && [...world.portalUsers.values()].some((user) => user.email === email)) {
		throw new Refused(409, `${email} belongs to somebody in the portal already.`);
	}
	const module = type.personality_module.api_name;
	const record = world.addRecord({ module, ...(name && { name }), ...(email && { email }) });
	// In Zoho's format: without milliseconds, and with an offset.
	const invited_time = new Date().toISOString().replace(/\.\d+Z$/, '+00:00');
	return world.addPortalUser(userType, record, { confirm: false, invited_time });
}

/** The user types to which Zoho would move the people of a user type. */
export function targetsOf(world: World, source: UserType): UserType[] {
	return [...world.userTypes.values()].filter(({ id }) => {
		try {
			checkTarget(world, source, id);
			return true;
		} catch {
			return false;
		}
	});
}

function userOf(world: World, personalityId: string): PortalUser {
	const user = world.portalUsers.get(personalityId);
	if (!user) throw new Refused(404, 'This person is not in the portal any more.');
	return user;
}

function typeOf(world: World, id: string): UserType {
	const type = world.userTypes.get(id);
	if (!type) throw new Refused(404, 'This user type does not exist any more.');
	return type;
}
