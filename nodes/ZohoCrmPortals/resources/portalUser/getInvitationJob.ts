import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { jobIn } from '../../zoho/job';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { jobId } from '../fields';
import { invitedModule } from './fields';

const job = jobId('The job that "Invite" returned with "Wait for Job" turned off');

export const getInvitationJob: Operation = {
	name: 'Get Invitation Job',
	value: 'getInvitationJob',
	action: 'Get invitation job of portal users',
	description: 'Retrieve the progress of an invitation job, and the result for each record',
	method: 'GET',
	path: '/{module}/actions/portal_invite',
	scopes: [CLIENT_PORTAL.read],
	limit: '1 a call',
	thing: 'invitation job',
	done: 'read',
	fields: [invitedModule, job],
	strategy: perItem({
		group: (item) => {
			const subject = { job_id: item.read(job) };
			const request = item.request({ module: item.read(invitedModule) });
			return { subject, request: { ...request, query: subject } };
		},
		send: async (connection, { subject: { job_id }, request }) =>
			await readRow(connection, request, (rows) => jobIn(rows, job_id)),
	}),
};
