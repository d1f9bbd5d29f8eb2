import type { Operation } from '../../transport/operation';
import { transfers } from './transfers';

export const transferAndDelete: Operation = {
	name: 'Transfer and Delete',
	value: 'transferAndDelete',
	action: 'Transfer and delete CRM user',
	description:
		'Hand records, assignments and subordinates of a user over to others, then delete the user for good. Only the super admin may.',
	method: 'POST',
	path: '/users/{id}/actions/transfer_and_delete',
	scope: 'ZohoCRM.users.DELETE',
	limit: '1 a call, as a job; 10 jobs at once',
	hint: 'The user will lose the access to Zoho CRM for good, once all is handed over',
	thing: 'CRM user',
	done: 'transferred and deleted',
	...transfers('transfer_and_delete', { deleted: true }),
};
