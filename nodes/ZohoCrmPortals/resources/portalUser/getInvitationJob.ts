import type { Operation } from '../../execution/operation';
import { perItem } from '../../execution/perItem';
import { readRow } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';

export const getInvitationJob: Operation = {
	name: 'Get Invitation Job',
	value: 'getInvitationJob',
	action: 'Get invitation job of portal users',
	description:
		'Retrieve how far a job that invites portal users is, and what became of each record',
	method: 'GET',
	path: '/{module}/actions/portal_invite',
	scopes: [CLIENT_PORTAL.read],
	limit: '1 a call',
	thing: 'invitation job',
	done: 'read',
	strategy: perItem({
		group: (item) => {
			const job = { job_id: item.text('jobId') };
			return { subject: job, request: { ...item.request(), query: job } };
		},
		send: async (connection, { request }) => await readRow(connection, request),
	}),
};
