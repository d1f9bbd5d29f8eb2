import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { choice } from '../../form/field';
import { CHANGE_OWNER, USERS } from '../../zoho/scopes';
import { jobId } from '../fields';

const job = jobId('The job that a transfer returned');

const kind = choice({
	displayName: 'Kind of Job',
	name: 'jobKind',
	default: 'transfer_and_delete',
	options: [
		{ name: 'Transfer and Delete', value: 'transfer_and_delete' },
		{ name: 'Transfer Data', value: 'transfer' },
	],
	description: 'The operation that started the job',
});

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
	fields: [job, kind],
	strategy: perItem({
		group: (item) => {
			const subject = { job_id: item.read(job) };
			const jobKind = item.read(kind);
			// Zoho has another scope for jobs that do not delete.
			const scope = jobKind === 'transfer' ? CHANGE_OWNER.read : USERS.read;
			return { subject, request: { ...item.request({ jobKind }), query: subject, scope } };
		},
		send: async (connection, { subject, request }) => ({
			...subject,
			...(await readRow(connection, request)),
		}),
	}),
};
