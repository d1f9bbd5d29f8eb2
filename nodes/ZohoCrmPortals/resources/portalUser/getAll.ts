import type { IDataObject } from 'n8n-workflow';

import type { Item } from '../../transport/item';
import type { Operation } from '../../transport/operation';
import { list } from '../../transport/page';

export const getAll: Operation = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many portal users',
	description:
		'Retrieve the users of a user type: who they are, whether they confirmed and are active',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type/{userType}/users',
	scope: 'ZohoCRM.settings.clientportal.READ',
	limit: '200 a page',
	thing: 'list of portal users',
	things: 'lists of portal users',
	done: 'read',
	...list({ perPage: 200, query: filters }),
};

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
