import { sayNoLicense } from '../../errors/messages';
import { batch } from '../../run/batch';
import type { Operation } from '../../run/operation';
import { choice } from '../../form/field';
import { typedPeople } from '../../form/locator';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { jobOptionsOf, option, options, portal, userType } from '../fields';
import { language, recordModule } from './fields';
import { findRecordsToInvite } from './findRecordsToInvite';
import type { InviteGroup } from './findRecordsToInvite';
import { inviteRecords } from './invitations';
import { personMet } from './person';

/** The most records that Zoho invites in one call. */
export const MOST_INVITATIONS = 100;

const records = typedPeople({
	displayName: 'Records',
	name: 'recordIds',
	description:
		'The CRM records of the people to invite. Separate several with commas, or pass an array. Items with the same settings are sent in one call.',
});

const whenAlreadyInvited = choice({
	displayName: 'When Already Invited',
	name: 'whenAlreadyInvited',
	default: 'error',
	options: [
		{ name: 'Report as Not Invited', value: 'error' },
		{ name: 'Send Another Invitation', value: 'resend' },
		{ name: 'Skip', value: 'skip' },
	],
	description: 'What to do about people who were invited before',
});

const settings = options({
	batchSize: option.batchSize,
	concurrency: option.concurrency,
	dryRun: option.dryRun,
	jobTimeout: option.jobTimeout,
	maxUsers: option.maxUsers,
	skipBlank: option.skipBlank,
	waitForJob: option.waitForJob,
});

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
	warnings: [{ message: 'Zoho will mail an invitation to each of these people' }],
	thing: 'record',
	counted: 'user',
	done: 'invited',
	// The license concerns portal users: the invited person is a record and becomes a portal user.
	messages: { LICENSE_LIMIT_EXCEEDED: sayNoLicense('portal user') },
	fields: [portal, userType, recordModule, records, whenAlreadyInvited, language, settings],
	options: settings,
	strategy: batch({
		who: records,
		batchSize: (item) => item.read(settings).batchSize,
		idKey: 'record_id',
		maxBatchSize: MOST_INVITATIONS,
		group: (item): InviteGroup => ({
			request: item.request(),
			module: item.read(recordModule) ?? '',
			portal: item.read(portal),
			userType: item.read(userType),
			whenAlreadyInvited: item.read(whenAlreadyInvited),
			language: item.read(language),
			...jobOptionsOf(item.read(settings)),
		}),
		find: findRecordsToInvite,
		readOf: personMet,
		send: async (connection, group, ids, memory) =>
			await inviteRecords(connection, group, ids, () => group, memory),
	}),
};
