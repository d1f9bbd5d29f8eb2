import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { choice } from '../../form/field';
import { CHANGE_OWNER, USERS } from '../../zoho/scopes';
import { jobId } from '../fields';
import { transferJob } from './handover';

const job = jobId('The job that a transfer returned');

const kind = choice({
	displayName: 'Job Type',
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
	description: 'Retrieve the progress of a job that transfers data, with or without deletion',
	method: 'GET',
	path: '/users/actions/{jobKind}',
	scopes: [USERS.read, CHANGE_OWNER.read],
	limit: '1 a call',
	thing: 'transfer job',
	done: 'read',
	fields: [job, kind],
	strategy: perItem({
		group: (item) => {
			const job_id = item.read(job);
			return { subject: { job_id }, request: transferJob(item.read(kind), job_id) };
		},
		send: async (connection, { subject, request }) => ({
			...subject,
			...(await readRow(connection, request)),
		}),
	}),
};
