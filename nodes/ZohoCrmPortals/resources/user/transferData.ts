import { batch } from '../../transport/batch';
import type { Operation } from '../../transport/operation';
import { jobSettings, transferBody, transferByJob } from './transfers';

const KIND = 'transfer';

export const transferData: Operation = {
	name: 'Transfer Data',
	value: 'transferData',
	action: 'Transfer data of CRM user',
	description:
		'Hand records, assignments and subordinates of a user over to others. Works for subordinates of the connected user.',
	method: 'POST',
	path: '/users/{id}/actions/transfer',
	scope: 'ZohoCRM.change_owner.CREATE',
	limit: '1 a call, as a job; 10 jobs at once',
	thing: 'data of CRM user',
	things: 'transfers',
	done: 'transferred',
	...batch({
		parameter: 'user',
		idKey: 'id',
		most: 1,
		request: (item) => ({ body: transferBody(item, KIND) }),
		settings: jobSettings,
		exchange: () => transferByJob(KIND, { transferred: true }),
	}),
};
