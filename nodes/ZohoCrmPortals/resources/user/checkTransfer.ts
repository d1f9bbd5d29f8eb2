import type { Operation } from '../../transport/operation';
import { single } from '../../transport/single';

export const checkTransfer: Operation = {
	name: 'Check Before Transfer',
	value: 'checkTransfer',
	action: 'Check CRM user before transfer',
	description:
		'Return what someone would have to take over from a user: assignments, criteria, subordinates',
	method: 'GET',
	path: '/users/{user}/actions/validate_before_transfer',
	scope: 'ZohoCRM.change_owner.READ',
	limit: '1 a call',
	thing: 'CRM user',
	done: 'checked',
	...single({
		subject: (item) => ({ id: item.text('user') }),
		result: (row) => row,
	}),
};
