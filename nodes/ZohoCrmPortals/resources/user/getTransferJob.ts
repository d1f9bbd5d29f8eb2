import type { Operation } from '../../transport/operation';
import { single } from '../../transport/single';

export const getTransferJob: Operation = {
	name: 'Get Transfer Job',
	value: 'getTransferJob',
	action: 'Get transfer job of CRM user',
	description: 'Retrieve how far the job of a transfer is, or of a transfer with deletion',
	method: 'GET',
	path: '/users/actions/{jobKind}',
	scope: 'ZohoCRM.users.READ',
	limit: '1 a call',
	thing: 'transfer job',
	done: 'read',
	...single({
		subject: (item) => ({ job_id: item.text('jobId') }),
		request: (item) => ({ query: { job_id: item.text('jobId') } }),
		result: (job, { job_id }) => ({ job_id, ...job }),
		deed: (item) => (item.text('jobKind') === 'transfer' ? { scope: PLAIN_SCOPE } : {}),
	}),
};

/** Zoho has another scope for jobs that do not delete. */
const PLAIN_SCOPE = 'ZohoCRM.change_owner.READ';
