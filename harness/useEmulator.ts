import { DEALERS } from '../emulator/seed';
import { Emulator } from '../emulator/server';
import type { PortalUser } from '../emulator/world';

/**
 * Starts an emulator for the tests of a file; it is reset before every test.
 *
 * @param started gets the emulator before the first test
 */
export function useEmulator(started: (emulator: Emulator) => void): void {
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await Emulator.start();
		started(emulator);
	});
	beforeEach(() => emulator.reset());
	afterAll(async () => await emulator.stop());
}

/** Adds portal users, by default dealers; returns their personality IDs. */
export function addUsers(
	{ world }: Emulator,
	amount: number,
	userType = DEALERS,
	extra: Partial<PortalUser> = {},
): string[] {
	return world.addPortalUsers(userType, amount, extra).map(({ personality_id }) => personality_id);
}

/** A portal user of the emulator, for reading or changing. */
export function userOf({ world }: Emulator, id: string): PortalUser {
	const found = world.portalUsers.get(id);
	if (!found) throw new Error(`No user ${id}`);
	return found;
}
