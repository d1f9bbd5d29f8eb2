import type { Item } from '../../transport/item';
import { batch } from '../../transport/batch';
import type { JobOptions } from '../../transport/jobs';
import type { Operation } from '../../transport/operation';
import { inviteRecords } from './invitations';
import type { InviteSettings } from './invitations';

export const invite: Operation = {
	name: 'Invite',
	value: 'invite',
	action: 'Invite portal users',
	description:
		'Send the people behind CRM records an email that invites them to a portal as users of a user type',
	method: 'POST',
	path: '/{module}/actions/portal_invite',
	scope: 'ZohoCRM.settings.clientportal.CREATE',
	limit: '100 records a call, as a job',
	hint: 'Zoho will mail an invitation to each of these people',
	thing: 'record',
	done: 'invited',
	...batch({
		parameter: 'recordIds',
		idKey: 'record_id',
		most: 100,
		settings,
		exchange: () => inviteRecords,
	}),
};

function settings(item: Item): InviteSettings {
	const { waitForJob = true, jobTimeout } = item.value<JobOptions>('options', {});
	return {
		portal: item.text('portal'),
		userType: item.text('userType'),
		whenAlreadyInvited: item.value('whenAlreadyInvited', 'error'),
		language: item.value('language', '') || undefined,
		waitForJob,
		jobTimeout,
	};
}
