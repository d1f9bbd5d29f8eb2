import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../transport/connection';
import { toPortalUser, userTypesOf } from '../../transport/directory';
import type { PortalUser } from '../../transport/directory';
import { errorData, ZohoApiError } from '../../transport/error';
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
	const all = await userTypesOf(connection, portal);
	const types = userType === undefined ? all : all.filter(({ id }) => id === userType);
	if (types.length === 0 && userType !== undefined) {
		throw new ZohoApiError(
			errorData(0, 'NOT_FOUND', {
				details: { user_type: userType, names: all.map(({ name }) => name) },
			}),
		);
	}
	const users: PortalUser[] = [];
	for (const type of types) {
		if (users.length >= limit) break;
		const path = usersPath(portal, type.id);
		const request = { method: 'GET' as const, path, query, scope: CLIENT_PORTAL.read };
		for (const row of await readPages(connection, request, limit - users.length)) {
			users.push(toPortalUser(row, type));
		}
	}
	return users;
}
