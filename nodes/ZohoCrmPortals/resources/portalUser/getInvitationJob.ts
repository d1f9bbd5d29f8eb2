import type { Operation } from '../../transport/operation';
import { single } from '../../transport/single';

export const getInvitationJob: Operation = {
	name: 'Get Invitation Job',
	value: 'getInvitationJob',
	action: 'Get invitation job of portal users',
	description:
		'Retrieve how far a job that invites portal users is, and what became of each record',
	method: 'GET',
	path: '/{module}/actions/portal_invite',
	scope: 'ZohoCRM.settings.clientportal.READ',
	limit: '1 a call',
	thing: 'invitation job',
	done: 'read',
	...single({
		subject: (item) => ({ job_id: item.text('jobId') }),
		request: (item) => ({ query: { job_id: item.text('jobId') } }),
		result: (job) => job,
	}),
};
