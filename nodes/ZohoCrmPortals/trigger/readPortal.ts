import type { IDataObject } from 'n8n-workflow';

import { mapWithConcurrency } from '../transport/concurrency';
import type { Connection } from '../transport/connection';
import { listOfUsers } from '../transport/people';
import { errorData, ZohoApiError } from '../transport/error';
import { pagesFor, PER_PAGE, readPages } from '../transport/paginate';
import { userTypesPath } from '../transport/paths';
import { send } from '../transport/request';
import { CLIENT_PORTAL } from '../transport/scopes';
import { personOf, userTypeOf } from './reading';
import type { Person, Reading, UserType } from './reading';

const scope = CLIENT_PORTAL.read;

/** Where a portal is read, and how. */
export interface Source {
	connection: Connection;
	/** Name of the portal. */
	portal: string;
	/** Whether the modules of user types are wanted as well. */
	withModules: boolean;
}

/**
 * Reads the user types of a portal.
 *
 * @throws ZohoApiError with NO_USER_TYPES where Zoho says that there is nothing (204): every portal
 * begins with one that cannot be deleted
 */
export async function readUserTypes(source: Source): Promise<UserType[]> {
	const { connection, portal, withModules } = source;
	const path = userTypesPath(portal);
	const query: IDataObject = withModules ? { include: 'modules' } : {};
	const { httpStatus, rows } = await send(connection, { method: 'GET', path, query, scope });
	if (rows.length === 0) throw new ZohoApiError(errorData(httpStatus, 'NO_USER_TYPES'));
	return rows.map(userTypeOf);
}

/** Reads the users of user types side by side; a list for each. */
export async function readUsers(source: Source, userTypes: UserType[]): Promise<Person[][]> {
	const { connection } = source;
	return await mapWithConcurrency(userTypes, connection.concurrency, async (userType) => {
		const rows = await readPages(connection, listOfUsers(source.portal, userType.id), Infinity);
		return rows.map((row) => personOf(row, userType));
	});
}

/** Reads the first users of a user type: as many as one call gives. */
export async function readFirst(source: Source, userType: UserType): Promise<Person[]> {
	const rows = await readPages(
		source.connection,
		listOfUsers(source.portal, userType.id),
		PER_PAGE,
	);
	return rows.map((row) => personOf(row, userType));
}

/** How many calls a reading of the users takes. */
export function callsOf({ userTypes, amounts }: Reading): number {
	return userTypes.reduce((sum, { id }) => sum + pagesFor(amounts.get(id) ?? 0), 0);
}
