import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { readUserTypes } from '../../zoho/directory';
import { pagesFor } from '../../http/paginate';
import { byName, portalsMeant, readOffer } from '../picker';

/**
 * Lists the user types of the portal that is chosen, else of the only one, with what it costs to watch
 * it. Nothing where there are several to choose from.
 */
export async function getWatchedUserTypes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const types = await readOffer(this, 'user types', async (connection) => {
		const portals = await portalsMeant(this, connection);
		return portals.length === 1 ? await readUserTypes(connection, portals[0]) : [];
	});
	// One for the list of user types; of each, one for the unconfirmed users and one for the inactive.
	const cheap = 1 + 2 * types.length;
	const credits = types.reduce((sum, { users = 0 }) => sum + pagesFor(users), 1);
	return types
		.map(({ id, name, users = 0 }) => ({
			name,
			value: id,
			description: `${users} users. A poll of this portal costs at least ${cheap} API credits, a full reading ${credits}, whichever user types are chosen.`,
		}))
		.sort(byName);
}
