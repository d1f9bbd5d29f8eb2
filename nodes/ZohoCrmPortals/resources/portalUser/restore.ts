import { sayNoLicense } from '../../errors/messages';
import type { Operation } from '../../run/operation';
import { choice } from '../../form/field';
import type { Item } from '../../form/item';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { option, options } from '../fields';
import { together } from './changeList';
import { rowsField, subjectOfRow } from './plannedItem';
import { planRestore, readDone } from './restoreItem';
import { prepareRows, rowSettings } from './rowList';
import { listPortal } from './syncFields';

const changes = rowsField(
	{
		displayName: 'Changes',
		name: 'changes',
		description:
			'The changes to undo: items that a run returned, with "previous". By default, each input item is one change; an array of them also works.',
	},
	readDone,
);

const whenDeleted = choice({
	displayName: 'When Deleted',
	name: 'whenDeleted',
	default: 'report',
	options: [
		{
			name: 'Invite Again',
			value: 'invite',
			description: 'Zoho mails them an invitation to the user type that they had',
		},
		{ name: 'Report as Not Put Back', value: 'report' },
	],
	description: 'What to do about people whom the run deleted. A deletion cannot be undone.',
});

const settings = options({
	batchSize: option.batchSize,
	concurrency: option.concurrency,
	dryRun: option.dryRun,
	jobTimeout: option.jobTimeout,
	maxUsers: option.maxUsers,
});

export const restore: Operation = {
	name: 'Put Back',
	value: 'restore',
	action: 'Put portal users back as they were',
	description:
		'Undo a run: give people the user type and the status that they had before it; people who have changed since then are left alone',
	method: 'POST',
	path: '/{module}/actions/portal_invite',
	scopes: [CLIENT_PORTAL.create, CLIENT_PORTAL.read, CLIENT_PORTAL.update],
	limit: 'as for the changes that it makes',
	warnings: [
		{
			message:
				'Users get back the access that they had before the run, or lose the access that it gave them',
		},
	],
	thing: 'portal user',
	counted: 'user',
	done: 'put back',
	messages: { LICENSE_LIMIT_EXCEEDED: sayNoLicense('portal user') },
	fields: [listPortal, changes, whenDeleted, settings],
	options: settings,
	strategy: together({
		read: (item: Item) => {
			const invites = item.read(whenDeleted) === 'invite';
			const rows = item.read(changes);
			return {
				settings: rowSettings(item, settings),
				entry: rows.map((row) => ('error' in row ? row : { ...row, invites })),
			};
		},
		subjects: (item) => item.read(changes).map(subjectOfRow),
		prepare: async (run, of, entries, complete) =>
			await prepareRows(run, of, entries, complete, {
				asPlan: planRestore,
				holdsBack: false,
				whyHeldBack: 'somebody else could not be put back',
				thing: 'list',
			}),
	}),
};
