import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../transport/connection';
import { toPortalUser, userTypesOf } from '../../transport/directory';
import type { PortalUser } from '../../transport/directory';
import { readPages } from '../../transport/paginate';
import { usersPath } from '../../transport/paths';
import { CLIENT_PORTAL } from '../../transport/scopes';
import type { Place } from './userLookUp';

/** Reads users of one user type, or of each user type of the portal in turn, `limit` at most. */
export async function readUsers(
	connection: Connection,
	{ portal, userType }: Place,
	query: IDataObject,
	limit: number,
): Promise<PortalUser[]> {
	if (userType !== undefined) {
		// Both are awaited in any case: a run that has ended must not go on reading.
		const [rows, types] = await Promise.allSettled([
			readRows(connection, portal, userType, query, limit),
			userTypesOf(connection, portal),
		]);
		if (rows.status === 'rejected') throw rows.reason;
		if (types.status === 'rejected') throw types.reason;
		const name = types.value.find(({ id }) => id === userType)?.name;
		return rows.value.map((row) => toPortalUser(row, { id: userType, name }));
	}
	const users: PortalUser[] = [];
	for (const type of await userTypesOf(connection, portal)) {
		if (users.length >= limit) break;
		const rows = await readRows(connection, portal, type.id, query, limit - users.length);
		for (const row of rows) users.push(toPortalUser(row, type));
	}
	return users;
}

async function readRows(
	connection: Connection,
	portal: string,
	userType: string,
	query: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const path = usersPath(portal, userType);
	return await readPages(
		connection,
		{ method: 'GET', path, query, scope: CLIENT_PORTAL.read },
		limit,
	);
}
