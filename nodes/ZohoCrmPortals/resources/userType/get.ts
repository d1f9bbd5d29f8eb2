import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { readRow } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { trim } from '../output';
import { userTypeOutput } from './userTypeOutput';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get user type',
	description: 'Retrieve a user type with its modules, layouts, fields and permissions',
	method: 'GET',
	path: '/settings/portals/{portal}/user_type/{userType}',
	scopes: [CLIENT_PORTAL.read],
	limit: '1 a call',
	thing: 'user type',
	done: 'read',
	strategy: perItem({
		group: (item) => ({
			subject: { id: item.text('userType') },
			subjectName: item.nameOf('userType'),
			request: item.request(),
			fields: userTypeOutput.fields(item),
		}),
		send: async (connection, { request, fields }) =>
			trim(await readRow(connection, request), fields),
	}),
};
