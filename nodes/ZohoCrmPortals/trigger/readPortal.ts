import type { IDataObject } from 'n8n-workflow';

import { mapWithConcurrency } from '../http/concurrency';
import type { Connection } from '../http/connection';
import { listOfUsers } from '../zoho/people';
import { errorData, ZohoApiError } from '../http/error';
import { PER_PAGE, readPages } from '../http/paginate';
import { userTypesPath } from '../zoho/paths';
import { send } from '../http/request';
import { CLIENT_PORTAL } from '../zoho/scopes';
import { listingOf, userTypeOfRow } from './reading';
import type { Listing, Person, ListedUserType } from './reading';

const scope = CLIENT_PORTAL.read;

/** The portal to read, and the parts of it. */
export interface Source {
	connection: Connection;
	/** Name of the portal. */
	portal: string;
	/** Whether to read the modules of user types as well. */
	withModules: boolean;
	/** Whether to read users. */
	withPeople: boolean;
}

/**
 * Reads the user types of a portal.
 *
 * @throws ZohoApiError with NO_USER_TYPES if Zoho returns none (204): every portal has a default
 *   one that cannot be deleted
 */
export async function readPortalTypes(source: Source): Promise<ListedUserType[]> {
	const { connection, portal, withModules } = source;
	const path = userTypesPath(portal);
	const query: IDataObject = withModules ? { include: 'modules' } : {};
	const { httpStatus, rows } = await send(connection, { method: 'GET', path, query, scope });
	if (rows.length === 0) throw new ZohoApiError(errorData(httpStatus, 'NO_USER_TYPES'));
	return rows.map((row) => userTypeOfRow(row, withModules));
}

/** The filter for a list of users: Zoho's own values of `type`. */
export type Selection = 'AllUsers' | 'NotConfirmedUsers' | 'DeactiveUsers';

/** Reads the users of several user types in parallel, and returns a list for each. */
export async function readPeople(
	source: Source,
	userTypes: ListedUserType[],
	type: Selection = 'AllUsers',
): Promise<Listing[]> {
	const { connection, portal } = source;
	return await mapWithConcurrency(userTypes, connection.concurrency, async (userType) => {
		const list = { ...listOfUsers(portal, userType.id), query: { type } };
		const rows = await readPages(connection, list, Infinity, type !== 'AllUsers');
		return listingOf(rows, userType);
	});
}

/** Reads the first users of a user type, as many as one call returns. */
export async function readFirst(source: Source, userType: ListedUserType): Promise<Person[]> {
	const list = listOfUsers(source.portal, userType.id);
	return listingOf(await readPages(source.connection, list, PER_PAGE), userType).people;
}
