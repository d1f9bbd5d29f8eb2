import type { BatchCalls, Group } from '../../run/batchRun';
import { sendIds } from '../../run/idResults';
import type { Operation } from '../../run/operation';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { anyUserType, option, options, portal } from '../fields';
import { users } from './fields';
import { listUsers } from './listUsers';
import { onPortalUsers, userGroupOf } from './onPortalUsers';

/** The most users that Zoho deletes in one call. */
export const MOST_DELETIONS = 499;

/** Deletes users of one user type. */
export const deletions: BatchCalls<Group> = {
	idKey: 'personality_id',
	send: async (connection, { request }, ids) =>
		await sendIds(connection, request, ids, 'personality_id', { deleted: true }),
	probe: ({ request }) => listUsers(request),
};

/** Options of operations that change many users per call. */
export const settings = options({
	batchSize: option.batchSize,
	concurrency: option.concurrency,
	dryRun: option.dryRun,
	includePrevious: option.includePrevious,
	maxUsers: option.maxUsers,
	skipBlank: option.skipBlank,
});

export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete portal users',
	description: 'Take away the portal access of one or more users for good; their CRM records stay',
	method: 'DELETE',
	path: '/settings/portals/{portal}/user_type/{userType}/users',
	scopes: [CLIENT_PORTAL.delete, CLIENT_PORTAL.read],
	limit: '499 users a call',
	warnings: [{ message: 'These people will lose their access to the portal for good' }],
	thing: 'portal user',
	counted: 'user',
	done: 'deleted',
	fields: [portal, anyUserType, users, settings],
	options: settings,
	strategy: onPortalUsers({
		...deletions,
		maxBatchSize: MOST_DELETIONS,
		batchSize: (item) => item.read(settings).batchSize,
		group: (item) => userGroupOf(item, settings),
		wish: () => ({ deleted: true }),
		plan: () => ({ action: 'deleted' }),
	}),
};
