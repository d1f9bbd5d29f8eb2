import type { IDataObject } from 'n8n-workflow';

import { limitOf, list } from '../../execution/list';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import type { Connection } from '../../transport/connection';
import { readPages } from '../../transport/paginate';
import { userTypePath, userTypesPath } from '../../transport/paths';
import { send } from '../../transport/request';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many portal users',
	description:
		'Retrieve the users of a portal or of one user type: who they are, whether they confirmed and are active',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type/{userType}/users',
	scope: 'ZohoCRM.settings.clientportal.READ',
	limit: '200 a page',
	thing: 'list of portal users',
	things: 'lists of portal users',
	done: 'read',
	strategy: list({
		group: (item) => ({
			portal: item.text('portal'),
			userType: item.optionalText('userType'),
			query: filters(item),
			limit: limitOf(item),
		}),
		read: async (connection, { portal, userType, query, limit }) =>
			userType === undefined
				? await usersOfAllTypes(connection, portal, query, limit)
				: await usersOf(connection, portal, userType, query, limit),
	}),
};

async function usersOf(
	connection: Connection,
	portal: string,
	userType: string,
	query: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const path = `${userTypePath(portal, userType)}/users`;
	return await readPages(connection, { method: 'GET', path, query }, limit);
}

/** Reads the users of each user type in turn. */
async function usersOfAllTypes(
	connection: Connection,
	portal: string,
	query: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const path = userTypesPath(portal);
	const { rows: userTypes } = await send(connection, { method: 'GET', path });
	const users: IDataObject[] = [];
	for (const { id, name } of userTypes) {
		if (users.length >= limit) break;
		const left = limit - users.length;
		for (const row of await usersOf(connection, portal, String(id), query, left)) {
			users.push({ ...row, user_type_id: id, user_type_name: name });
		}
	}
	return users;
}

function filters(item: ItemParameters): IDataObject {
	const { type = 'AllUsers', disabledByEmailChange } = item.value<IDataObject>('filters', {});
	return {
		type,
		...(disabledByEmailChange && {
			// The only filter that Zoho documents.
			filters: JSON.stringify([
				{
					field: 'status_reason__s',
					value: 'disabled on updation of email',
					comparator: disabledByEmailChange,
				},
			]),
		}),
	};
}
