import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { sendForRow } from '../../transport/request';

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
	strategy: perItem({
		group: (item) => {
			const job = { job_id: item.text('jobId') };
			return {
				subject: job,
				request: { ...item.request(), query: job },
				plain: item.text('jobKind') === 'transfer',
			};
		},
		send: async (connection, { subject, request }) => ({
			...subject,
			...(await sendForRow(connection, request)),
		}),
		labels: ({ plain }) => (plain ? { scope: PLAIN_SCOPE } : {}),
	}),
};

/** Zoho has another scope for jobs that do not delete. */
const PLAIN_SCOPE = 'ZohoCRM.change_owner.READ';
