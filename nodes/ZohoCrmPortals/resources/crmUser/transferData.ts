import type { Operation } from '../../run/operation';
import { CHANGE_OWNER, USERS } from '../../zoho/scopes';
import { jobSettings } from './fields';
import { transferFields } from './handover';
import { transfers } from './transfers';

export const transferData: Operation = {
	name: 'Transfer Data',
	value: 'transferData',
	action: 'Transfer data of CRM user',
	description:
		'Hand records, assignments, criteria and subordinates of a user over to others. Works for subordinates of the connected user.',
	method: 'POST',
	path: '/users/{id}/actions/transfer',
	scopes: [CHANGE_OWNER.create, CHANGE_OWNER.read, USERS.read],
	limit: '1 a call, as a job; 10 jobs at once',
	thing: 'data of CRM user',
	things: 'transfers',
	counted: 'CRM user',
	part: 'the data of ',
	done: 'transferred',
	fields: transferFields,
	options: jobSettings,
	strategy: transfers('transfer', { action: 'transferred', done: { transferred: true } }),
};
