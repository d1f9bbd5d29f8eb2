import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { nameOf, subjectIn } from '../../form/locator';
import { portal, userType } from '../fields';
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
	fields: [portal, userType, ...userTypeOutput.fields],
	strategy: perItem({
		subject: (item) => item.read(subjectIn(userType)),
		group: (item) => {
			const known = { portal: item.read(portal), userType: item.read(userType) };
			return {
				subject: { id: known.userType },
				subjectName: item.read(nameOf(userType)),
				request: item.request(known),
				fields: userTypeOutput.read(item),
			};
		},
		send: async (connection, { request, fields }) =>
			trim(await readRow(connection, request), fields),
	}),
};
