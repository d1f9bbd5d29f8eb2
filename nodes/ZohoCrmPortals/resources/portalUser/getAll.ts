import type { IDataObject } from 'n8n-workflow';

import type { Item } from '../../transport/item';
import type { Operation } from '../../transport/operation';
import { list, readPages } from '../../transport/page';
import { send } from '../../transport/send';
import type { Connection, ZohoRequest } from '../../transport/send';

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
	...list({ perPage: 200, query: filters, optional: 'userType', read: readUsers }),
};

/** Reads the users of the user type in the path; where none is chosen, of each one in turn. */
async function readUsers(
	connection: Connection,
	request: ZohoRequest,
	limit: number,
	perPage?: number,
): Promise<IDataObject[]> {
	if (!request.path.includes(USER_TYPE)) {
		return await readPages(connection, request, limit, perPage);
	}
	const [path] = request.path.split(`/${USER_TYPE}`);
	const { rows: userTypes } = await send(connection, { method: 'GET', path });
	const users: IDataObject[] = [];
	for (const { id, name } of userTypes) {
		if (users.length >= limit) break;
		const ofType = { ...request, path: request.path.replace(USER_TYPE, String(id)) };
		const rows = await readPages(connection, ofType, limit - users.length, perPage);
		for (const row of rows) users.push({ ...row, user_type_id: id, user_type_name: name });
	}
	return users;
}

const USER_TYPE = '{userType}';

function filters(item: Item): IDataObject {
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
