import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../transport/connection';
import { readPages } from '../../transport/paginate';
import { userTypePath, userTypesPath } from '../../transport/paths';
import { send } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';

const scope = CLIENT_PORTAL.read;

/** Reads users of one user type, `limit` at most. */
export async function readUsersOfType(
	connection: Connection,
	portal: string,
	userType: string,
	query: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const path = `${userTypePath(portal, userType)}/users`;
	return await readPages(connection, { method: 'GET', path, query, scope }, limit);
}

/** Reads users of each user type of a portal in turn, `limit` at most, each with its user type. */
export async function readUsersOfPortal(
	connection: Connection,
	portal: string,
	query: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const path = userTypesPath(portal);
	const { rows: userTypes } = await send(connection, { method: 'GET', path, scope });
	const users: IDataObject[] = [];
	for (const { id, name } of userTypes) {
		if (users.length >= limit) break;
		const left = limit - users.length;
		for (const row of await readUsersOfType(connection, portal, String(id), query, left)) {
			users.push({ ...row, user_type_id: id, user_type_name: name });
		}
	}
	return users;
}
