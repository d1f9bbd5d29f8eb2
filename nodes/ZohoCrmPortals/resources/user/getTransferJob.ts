import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { readRow } from '../../transport/request';
import { CHANGE_OWNER, USERS } from '../../transport/scopes';

export const getTransferJob: Operation = {
	name: 'Get Transfer Job',
	value: 'getTransferJob',
	action: 'Get transfer job of CRM user',
	description: 'Retrieve how far the job of a transfer is, or of a transfer with deletion',
	method: 'GET',
	path: '/users/actions/{jobKind}',
	scopes: [USERS.read, CHANGE_OWNER.read],
	limit: '1 a call',
	thing: 'transfer job',
	done: 'read',
	strategy: perItem({
		group: (item) => {
			const job = { job_id: item.text('jobId') };
			// Zoho has another scope for jobs that do not delete.
			const plain = item.text('jobKind') === 'transfer';
			const scope = plain ? CHANGE_OWNER.read : USERS.read;
			return { subject: job, request: { ...item.request(), query: job, scope } };
		},
		send: async (connection, { subject, request }) => ({
			...subject,
			...(await readRow(connection, request)),
		}),
	}),
};
