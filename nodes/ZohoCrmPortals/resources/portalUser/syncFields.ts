import { choice, dateTime, flag, optional, runWide, shownAs } from '../../form/field';
import { typedPeople } from '../../form/locator';
import { maxRemovals, option, options, portal, userType } from '../fields';

/** All items of a run are one list, and therefore for one portal. */
export const listPortal = runWide(portal);

export const listedUserType = shownAs(userType, {
	description: 'The user type that these people should have',
});

export const listedRecords = typedPeople({
	displayName: 'Records',
	name: 'recordIds',
	required: true,
	builderHint: {
		propertyHint:
			'One person of the list, by an expression on the input item. All input items together are the list, so do not put the node in a loop: each run would treat the others as missing.',
	},
	description:
		'The CRM records of the people who should have access. Separate several with commas, or pass an array. All items together are the list.',
});

export const whenUnconfirmed = choice({
	displayName: 'When Already Invited',
	name: 'whenAlreadyInvited',
	default: 'skip',
	options: [
		{
			name: 'Send Another Invitation',
			value: 'resend',
			description: 'Every run mails them again until they accept',
		},
		{ name: 'Skip', value: 'skip' },
	],
	description: 'What to do about people on the list who were invited and have not accepted yet',
});

/** The end of an item, after which it is not on the list; undefined for no end. */
export const until = optional(
	dateTime({
		displayName: 'Until',
		name: 'until',
		description:
			"When these people come off the list. Leave it empty to keep them on it. A time without an offset is in the workflow's time zone; a date alone means the end of that day.",
	}),
);

/** The treatment of everyone who is not on the list. */
export const others = runWide(
	choice({
		displayName: 'Everyone Else',
		name: 'others',
		builderHint: {
			propertyHint:
				'"deactivate" and "delete" take access away from everybody who is not among the input items. Run with options.dryRun first.',
		},
		default: 'leave',
		options: [
			{
				name: 'Deactivate',
				value: 'deactivate',
				description:
					'They can no longer log in. Users who have not accepted the invitation cannot be deactivated, and are reported.',
			},
			{
				name: 'Delete',
				value: 'delete',
				description: 'They lose their access for good; their CRM records stay',
			},
			{ name: 'Leave Alone', value: 'leave' },
		],
		description: 'What to do about portal users who are not on the list',
	}),
);

/** The user types that the list covers. */
export const othersIn = runWide(
	choice({
		displayName: 'Everyone Else In',
		name: 'othersIn',
		default: 'named',
		options: [
			{
				name: 'All User Types',
				value: 'all',
				description: 'Those with the same personality module as a user type on the list',
			},
			{ name: 'User Types on the List', value: 'named' },
		],
		description: 'Which user types the list covers',
		displayOptions: { show: { others: ['deactivate', 'delete'] } },
	}),
);

export const syncOptions = options({
	batchSize: option.batchSize,
	concurrency: option.concurrency,
	dryRun: option.dryRun,
	includeUnchanged: runWide(
		flag({
			displayName: 'Include Unchanged',
			name: 'includeUnchanged',
			default: true,
			description: 'Whether to also return an item for each person who needs no change',
		}),
	),
	jobTimeout: option.jobTimeout,
	maxRemovals: maxRemovals(
		'Without this option, the limit is 10% of the people in the user types concerned: at least 5, and always fewer than half.',
	),
	maxUsers: option.maxUsers,
	recordFields: runWide(option.recordFields),
	skipBlank: option.skipBlank,
});
