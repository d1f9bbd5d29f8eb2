import { portalNames } from '../zoho/directory';
import { dataOf } from '../http/error';
import { readPortalTypes } from './readPortal';
import type { Source } from './readPortal';
import { isSamePortal } from './snapshot';
import type { Snapshot } from './snapshot';

/** Whether a portal has a user type of those that are known: then it is that portal. */
export async function isKnownPortal(source: Source, known: Snapshot): Promise<boolean> {
	return isSamePortal(known, await readPortalTypes(source));
}

/**
 * Looks for a portal that Zoho knows no more by its name. Portals have no ID; their user types have.
 *
 * @returns its name now; undefined where no portal has a user type that is known
 */
export async function findRenamed(source: Source, known: Snapshot): Promise<string | undefined> {
	for (const portal of await portalNames(source.connection)) {
		if (portal === source.portal) continue;
		const isIt = await isKnownPortal({ ...source, portal }, known).catch((error: unknown) => {
			// A portal without user types, or one that went away meanwhile.
			if (!['NO_USER_TYPES', 'INVALID_DATA'].includes(dataOf(error).code)) throw error;
			return false;
		});
		if (isIt) return portal;
	}
	return undefined;
}
