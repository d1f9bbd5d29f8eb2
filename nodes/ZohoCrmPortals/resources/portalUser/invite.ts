import { sayNoLicense } from '../../errors/messages';
import { batch } from '../../execution/batch';
import { isDryRun } from '../../execution/dryRun';
import type { Operation } from '../../execution/operation';
import { jobOptionsOf } from '../../execution/jobOptions';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { findRecordsToInvite } from './findRecordsToInvite';
import { inviteRecords } from './invitations';
import type { InvitationGroup } from './invitations';

/** Records that Zoho invites in one call. */
export const MOST_INVITATIONS = 100;

export const invite: Operation = {
	name: 'Invite',
	value: 'invite',
	action: 'Invite portal users',
	description:
		'Send the people behind CRM records an email that invites them to a portal as users of a user type',
	method: 'POST',
	path: '/{module}/actions/portal_invite',
	scopes: [CLIENT_PORTAL.create, CLIENT_PORTAL.read],
	limit: '100 records a call, as a job',
	hint: 'Zoho will mail an invitation to each of these people',
	thing: 'record',
	done: 'invited',
	// Who is invited is still a record, and becomes a portal user.
	messages: { LICENSE_LIMIT_EXCEEDED: sayNoLicense('portal user') },
	strategy: batch({
		parameter: 'recordIds',
		idKey: 'record_id',
		maxBatchSize: MOST_INVITATIONS,
		group: (item): InvitationGroup => {
			const module = item.optionalText('module');
			return {
				// Without a module it is that of the user type, which is looked up.
				request: module === undefined ? item.request('module') : item.request(),
				...(module !== undefined && { module }),
				portal: item.text('portal'),
				userType: item.text('userType'),
				whenAlreadyInvited: item.value<'error' | 'resend' | 'skip'>('whenAlreadyInvited', 'error'),
				// Undefined: the portal's own language.
				language: item.value('language', '') || undefined,
				dryRun: isDryRun(item),
				...jobOptionsOf(item),
			};
		},
		find: findRecordsToInvite,
		send: inviteRecords,
	}),
};
