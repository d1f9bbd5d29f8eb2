import { sayNoLicense } from '../../errors/messages';
import type { Operation } from '../../run/operation';
import type { Item } from '../../form/item';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { maxRemovals, option, options } from '../fields';
import { together } from './changeList';
import { readPlanned, rowsField, subjectOfRow } from './plannedItem';
import { prepareRows, rowSettings } from './rowList';
import { listPortal } from './syncFields';

const plan = rowsField(
	{
		displayName: 'Plan',
		name: 'plan',
		description:
			'The planned changes: items that a dry run returned. By default, each input item is one change; an array of them also works.',
	},
	readPlanned,
);

const settings = options({
	batchSize: option.batchSize,
	concurrency: option.concurrency,
	dryRun: option.dryRun,
	jobTimeout: option.jobTimeout,
	maxRemovals: maxRemovals('Without this option, the plan decides.'),
	maxUsers: option.maxUsers,
});

export const apply: Operation = {
	name: 'Carry Out Plan',
	value: 'apply',
	action: 'Carry out a plan for portal users',
	description:
		'Make exactly the changes that a dry run planned; people who have changed since then are left alone',
	method: 'POST',
	path: '/{module}/actions/portal_invite',
	scopes: [CLIENT_PORTAL.create, CLIENT_PORTAL.read, CLIENT_PORTAL.update, CLIENT_PORTAL.delete],
	limit: 'as for the changes that it makes',
	warnings: [{ message: 'The plan can send invitations and take access away' }],
	thing: 'portal user',
	counted: 'user',
	done: 'changed',
	messages: { LICENSE_LIMIT_EXCEEDED: sayNoLicense('portal user') },
	fields: [listPortal, plan, settings],
	options: settings,
	strategy: together({
		read: (item: Item) => ({ settings: rowSettings(item, settings), entry: item.read(plan) }),
		subjects: (item) => item.read(plan).map(subjectOfRow),
		prepare: async (run, of, entries, complete) =>
			await prepareRows(run, of, entries, complete, {
				asPlan: (rows) => rows,
				holdsBack: true,
				whyHeldBack: 'somebody in the plan could not be changed as planned',
				thing: 'plan',
			}),
	}),
};
