import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { CHANGE_OWNER, USERS } from '../../zoho/scopes';
import { nameOf } from '../../form/locator';
import { crmUser } from './fields';

export const checkTransfer: Operation = {
	name: 'Check Before Transfer',
	value: 'checkTransfer',
	action: 'Check CRM user before transfer',
	description:
		'Return what others would have to take over from a user: assignments, criteria, subordinates',
	method: 'GET',
	path: '/users/{user}/actions/validate_before_transfer',
	scopes: [CHANGE_OWNER.read, USERS.read],
	limit: '1 a call',
	thing: 'CRM user',
	done: 'checked',
	fields: [crmUser],
	strategy: perItem({
		group: (item) => {
			const id = item.read(crmUser);
			return {
				subject: { id },
				subjectName: item.read(nameOf(crmUser)),
				request: item.request({ user: id }),
			};
		},
		send: async (connection, { request }) => await readRow(connection, request),
	}),
};
