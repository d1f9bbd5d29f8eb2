import { sayNoLicense } from '../../errors/messages';
import { subjectsOf } from '../../run/batch';
import type { Operation } from '../../run/operation';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { together } from './changeList';
import { language } from './fields';
import {
	listedRecords,
	listedUserType,
	listPortal,
	others,
	othersIn,
	syncOptions,
	until,
	whenUnconfirmed,
} from './syncFields';
import { readSyncItem } from './syncItem';
import { prepareList } from './syncList';

export const sync: Operation = {
	name: 'Sync',
	value: 'sync',
	action: 'Sync portal users with a list',
	description:
		'Make the portal follow a list: invite people who are missing, transfer those with another user type, activate those who are inactive, and optionally remove everyone else',
	method: 'POST',
	path: '/{module}/actions/portal_invite',
	scopes: [CLIENT_PORTAL.create, CLIENT_PORTAL.read, CLIENT_PORTAL.update, CLIENT_PORTAL.delete],
	limit: '200 users a page, then as for the changes that it makes',
	warnings: [
		{ message: 'Zoho will mail an invitation to people who are missing from the portal' },
		{
			message: '"Everyone Else" can take access away: try it with "Dry Run" first',
			when: '$rawParameter["others"] !== "leave"',
		},
	],
	thing: 'portal user',
	counted: 'user',
	done: 'synced',
	messages: { LICENSE_LIMIT_EXCEEDED: sayNoLicense('portal user') },
	fields: [
		listPortal,
		listedUserType,
		listedRecords,
		whenUnconfirmed,
		until,
		others,
		othersIn,
		language,
		syncOptions,
	],
	options: syncOptions,
	strategy: together({
		read: readSyncItem,
		subjects: (item) => subjectsOf(item.read(listedRecords), 'personality_id'),
		prepare: prepareList,
	}),
};
