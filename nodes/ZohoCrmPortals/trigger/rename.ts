import { portalNames } from '../zoho/directory';
import { dataOf } from '../http/error';
import { readPortalTypes } from './readPortal';
import type { Source } from './readPortal';
import { isSamePortal } from './snapshot';
import type { Snapshot } from './snapshot';

/** Whether a portal has one of the known user types, so it is the same portal. */
export async function isKnownPortal(source: Source, known: Snapshot): Promise<boolean> {
	return isSamePortal(known, await readPortalTypes(source));
}

/**
 * Looks for a portal that Zoho no longer knows by its name. Portals have no ID, but their user
 * types have.
 *
 * @returns its current name; undefined if no portal has a known user type
 */
export async function findRenamed(source: Source, known: Snapshot): Promise<string | undefined> {
	for (const portal of await portalNames(source.connection)) {
		if (portal === source.portal) continue;
		const isIt = await isKnownPortal({ ...source, portal }, known).catch((error: unknown) => {
			// The portal has no user types, or was deleted in the meantime.
			if (!['NO_USER_TYPES', 'INVALID_DATA'].includes(dataOf(error).code)) throw error;
			return false;
		});
		if (isIt) return portal;
	}
	return undefined;
}
