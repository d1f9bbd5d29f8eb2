import type { IDataObject } from 'n8n-workflow';

import { limitOf, list } from '../../execution/list';
import type { Operation } from '../../execution/operation';
import type { ItemParameters } from '../../execution/parameters';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { readUsersOfPortal, readUsersOfType } from './readUsers';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many portal users',
	description:
		'Retrieve the users of a portal or of one user type: who they are, whether they confirmed and are active',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type/{userType}/users',
	scopes: [CLIENT_PORTAL.read],
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
				? await readUsersOfPortal(connection, portal, query, limit)
				: await readUsersOfType(connection, portal, userType, query, limit),
	}),
};

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
