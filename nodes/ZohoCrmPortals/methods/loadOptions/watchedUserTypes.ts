import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { countOfUsers, portalNames } from '../../transport/directory';
import { PER_PAGE } from '../../transport/paginate';
import { userTypesPath } from '../../transport/paths';
import { send } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { byName, chosenValue, readOffer } from '../picker';

/**
 * Lists the user types of the portal that is chosen, else of the only one, with what it costs to watch
 * it. Nothing where there are several to choose from.
 */
export async function getWatchedUserTypes(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const rows = await readOffer(this, 'user types', async (connection) => {
		const chosen = chosenValue(this, 'portal');
		const names = chosen === '' ? await portalNames(connection) : [chosen];
		if (names.length !== 1) return [];
		const path = userTypesPath(names[0]);
		return (await send(connection, { method: 'GET', path, scope: CLIENT_PORTAL.read })).rows;
	});
	// One for the list of user types.
	const credits = rows.reduce((sum, row) => sum + pagesOf(row), 1);
	return rows
		.map((row) => ({
			name: String(row.name),
			value: String(row.id),
			description: `${usersOf(row)} users. A poll of this portal costs ${credits} API credits, whichever user types are chosen.`,
		}))
		.sort(byName);
}

function pagesOf(row: IDataObject): number {
	return Math.max(1, Math.ceil(usersOf(row) / PER_PAGE));
}

function usersOf(row: IDataObject): number {
	return countOfUsers(row) ?? 0;
}
