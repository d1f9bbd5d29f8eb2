import type { INodeProperties } from 'n8n-workflow';

import { collection } from '../form/collection';
import { flag, leftOpen, positiveNumber, runWide, text, wholeNumber } from '../form/field';
import type { AnyField, Field } from '../form/field';
import { recordFields } from '../form/recordFields';
import type { Item } from '../form/item';
import { asId, pickedUserType } from '../form/locator';

export { portal } from '../form/locator';

const userTypeShown = {
	displayName: 'User Type',
	name: 'userType',
	required: true,
	description: 'The user type of the portal',
	typeOptions: { loadOptionsDependsOn: ['portal.value'] },
};

/** A user type of the chosen portal. */
export const userType = pickedUserType(userTypeShown, { search: 'searchUserTypes' });

/** The user type in which people are looked for; undefined for all user types of the portal. */
export const anyUserType = leftOpen(
	pickedUserType(
		{
			...userTypeShown,
			required: false,
			description:
				'The user type of the users. Leave it empty to search all user types of the portal.',
		},
		{ search: 'searchUserTypes', empty: 'All user types' },
	),
);

/** The user type to move users to. */
export function targetUserType(shown: Partial<INodeProperties>): Field<string> {
	return pickedUserType(
		{
			displayName: 'Target User Type',
			name: 'targetUserType',
			typeOptions: { loadOptionsDependsOn: ['portal.value', 'userType.value'] },
			...shown,
		},
		{ search: 'searchTargetUserTypes' },
	);
}

/** A job that Zoho runs in the background. */
export function jobId(description: string): Field<string> {
	const shown = text({
		displayName: 'Job ID',
		name: 'jobId',
		required: true,
		placeholder: 'e.g. 7310000000000500001',
		description,
	});
	return { ...shown, check: asId };
}

const returnAll = flag({
	displayName: 'Return All',
	name: 'returnAll',
	description: 'Whether to return all results or only up to a given limit',
});

const limit = wholeNumber({
	displayName: 'Limit',
	name: 'limit',
	default: 50,
	typeOptions: { minValue: 1 },
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
});

/** How many rows to return, for lists that the API returns in pages. */
export const limits = { returnAll, limit };

/** The number of rows that an item asks for: the limit, or all. */
export function limitOf(item: Item): number {
	return item.read(returnAll) ? Infinity : item.read(limit);
}

/** How many seconds to wait for a job by default. */
const JOB_TIMEOUT = 300;

/** All options, by the names that n8n stores. Operations choose from them. */
export const option = {
	batchSize: runWide(
		wholeNumber(
			{
				displayName: 'Batch Size',
				name: 'batchSize',
				default: 100,
				typeOptions: { minValue: 1, maxValue: 499 },
				description:
					'The maximum number of users in one call. Without this option, the node sends as many as Zoho accepts: 499 for a deletion, 200 for a transfer and 100 for an invitation. A larger number has no effect.',
			},
			-Infinity,
		),
	),
	concurrency: runWide(
		wholeNumber(
			{
				displayName: 'Concurrency',
				name: 'concurrency',
				default: 5,
				typeOptions: { minValue: 1, maxValue: 25 },
				description:
					'The maximum number of calls in flight at once, across all executions that use the same credential. Zoho allows 5 in the Free edition, 10 in Standard, 15 in Professional, 20 in Enterprise and 25 in Ultimate.',
			},
			-Infinity,
		),
	),
	dryRun: runWide(
		flag({
			displayName: 'Dry Run',
			name: 'dryRun',
			builderHint: {
				propertyHint:
					'Set to true for the first run. Each output item then has planned: true and the action; nothing is written.',
			},
			default: true,
			description:
				'Whether to look up and check everything, return what would be done, and write nothing',
		}),
	),
	includePrevious: flag({
		displayName: 'Include Previous State',
		name: 'includePrevious',
		default: true,
		description:
			'Whether to return the previous state of each user, so that the workflow can restore it. The node reads the users first, in pages of 200.',
	}),
	jobTimeout: runWide(
		positiveNumber({
			displayName: 'Job Timeout',
			name: 'jobTimeout',
			default: JOB_TIMEOUT,
			typeOptions: { minValue: 1 },
			description:
				'How many seconds to wait for a Zoho job. The job continues after that; its ID is in the error.',
		}),
	),
	maxUsers: runWide(
		wholeNumber(
			{
				displayName: 'Max Users',
				name: 'maxUsers',
				default: 10,
				typeOptions: { minValue: 0 },
				description:
					'The maximum number of people that a run may change. Each person counts once, across all items. If there are more, the run stops before anything is written.',
			},
			0,
		),
	),
	recordFields,
	skipBlank: runWide(
		flag({
			displayName: 'Skip Blank Rows',
			name: 'skipBlank',
			default: true,
			description:
				'Whether to skip rows that do not name a person. Without this option, such a row is an error.',
		}),
	),
	waitForJob: runWide(
		flag({
			displayName: 'Wait for Job',
			name: 'waitForJob',
			default: true,
			description:
				'Whether to wait until Zoho has finished the job, and return its result. Otherwise the node returns the ID of the job at once.',
		}),
	),
};

/**
 * The number of people that a run may remove.
 *
 * @param otherwise describes the limit that applies without the option
 */
export function maxRemovals(otherwise: string): Field<number> {
	return runWide(
		wholeNumber(
			{
				displayName: 'Max Removals',
				name: 'maxRemovals',
				default: 10,
				typeOptions: { minValue: 0 },
				description: `The maximum number of people that a run may deactivate or delete. If there are more, the run stops before anything is written. ${otherwise}`,
			},
			0,
		),
	);
}

/** Builds the options collection of an operation, by the names that n8n stores, sorted by label. */
export function options<F extends Record<string, AnyField>>(fields: F) {
	return collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, fields);
}

/** Whether and how long to wait for a job, according to the options. */
export interface JobOptions {
	waitForJob: boolean;
	/** In seconds. */
	jobTimeout: number;
}

export function jobOptionsOf({
	waitForJob = true,
	jobTimeout = JOB_TIMEOUT,
}: Partial<JobOptions>): JobOptions {
	return { waitForJob, jobTimeout };
}
