import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { sendForRow } from '../../transport/request';
import { trim } from '../output';
import { userTypeOutput } from './userTypeOutput';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get user type',
	description: 'Retrieve a user type with its modules, layouts, fields and permissions',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type/{userType}',
	scope: 'ZohoCRM.settings.clientportal.READ',
	limit: '1 a call',
	thing: 'user type',
	done: 'read',
	strategy: perItem({
		group: (item) => ({
			subject: { id: item.text('userType') },
			request: item.request(),
			fields: userTypeOutput.fields(item),
		}),
		send: async (connection, { request, fields }) =>
			trim(await sendForRow(connection, request), fields),
	}),
};
