import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

type Show = NonNullable<IDisplayOptions['show']>;

/** Operations that a field is shown for, by resource. */
export function shownFor(show: Show): Pick<INodeProperties, 'displayOptions'> {
	return { displayOptions: { show } };
}

type Locator = Pick<INodeProperties, 'type' | 'default' | 'modes'>;

/** A way to type in what could also be chosen from a list, and what it must look like. */
interface Typed {
	displayName: string;
	name: string;
	placeholder: string;
	regex: string;
	errorMessage: string;
}

// Empty is for n8n to complain about, where the locator is required.
const BY_ID: Typed = {
	displayName: 'By ID',
	name: 'id',
	placeholder: 'e.g. 7310000000000310002',
	regex: '^[0-9]{0,19}$',
	errorMessage: 'An ID of Zoho CRM has digits only',
};

const BY_IDS: Typed = {
	...BY_ID,
	placeholder: 'e.g. 7310000000000400001, 7310000000000400002',
	regex: '^[0-9,;\\s]*$',
	errorMessage: 'IDs of Zoho CRM have digits only; separate several by commas',
};

const BY_EMAIL: Typed = {
	displayName: 'By Email',
	name: 'email',
	placeholder: 'e.g. mina@example.com, ben@example.com',
	regex: '^[^@]*$|^.+@.+$',
	errorMessage: 'An email address has an @',
};

/** A resource locator for what has an ID: from a list or by ID. */
export function pickedById(searchListMethod: string): Locator {
	return picked(searchListMethod, [BY_ID]);
}

/** A resource locator for a CRM user: from a list, by ID or by e-mail. */
export function pickedCrmUser(searchListMethod: string): Locator {
	const errorMessage = 'An ID has digits only. For an email address choose "By Email"';
	return picked(searchListMethod, [
		{ ...BY_ID, errorMessage },
		{ ...BY_EMAIL, placeholder: 'e.g. ben@example.com' },
	]);
}

/** A resource locator for what Zoho addresses by name: from a list or by name. */
export function pickedByName(
	searchListMethod: string,
	placeholder: string,
	empty?: string,
): Locator {
	const byName = {
		displayName: 'By Name',
		name: 'name',
		placeholder,
		regex: '^([A-Za-z0-9][A-Za-z0-9 _-]*)?$',
		errorMessage: 'A name has letters and digits only',
	};
	return picked(searchListMethod, [byName], empty);
}

const BY_USER_TYPE_NAME: Typed = {
	displayName: 'By Name',
	name: 'name',
	placeholder: 'e.g. Dealers',
	regex: '^.*$',
	errorMessage: '',
};

/**
 * A resource locator for a user type: from a list, by ID, or by the name that people see.
 *
 * @param empty what the list says while nothing is chosen
 */
function pickedUserType(searchListMethod: string, empty?: string): Locator {
	return picked(searchListMethod, [BY_ID, BY_USER_TYPE_NAME], empty);
}

/** A resource locator for people: from a list, or several at once by ID or by e-mail. */
export function pickedPeople(searchListMethod: string): Locator {
	return picked(searchListMethod, [BY_IDS, BY_EMAIL]);
}

/** People who are typed in only: several at once by ID or by e-mail. */
export function typedPeople(): Locator {
	return {
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: [BY_IDS, BY_EMAIL].map(typed),
	};
}

function picked(searchListMethod: string, ways: Typed[], empty?: string): Locator {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				...(empty !== undefined && { placeholder: empty }),
				typeOptions: { searchListMethod, searchable: true },
			},
			...ways.map(typed),
		],
	};
}

function typed({ displayName, name, placeholder, regex, errorMessage }: Typed) {
	return {
		displayName,
		name,
		type: 'string' as const,
		placeholder,
		validation: [{ type: 'regex' as const, properties: { regex, errorMessage } }],
	};
}

/** Picks a portal. Zoho addresses portals by name; they have no ID. */
export const portalLocator: INodeProperties = {
	displayName: 'Portal',
	name: 'portal',
	...pickedByName('searchPortals', 'e.g. AcmeClients', 'The only portal'),
	description: 'The client portal, by its name. Empty: the only one of the organization.',
};

/** Picks a user type of the chosen portal. */
export const userTypeLocator: INodeProperties = {
	displayName: 'User Type',
	name: 'userType',
	...pickedUserType('searchUserTypes'),
	required: true,
	description: 'The user type of the portal',
	typeOptions: { loadOptionsDependsOn: ['portal.value'] },
};

/** Picks the user type in which people are looked for. */
export const anyUserTypeLocator: INodeProperties = {
	...userTypeLocator,
	...pickedUserType('searchUserTypes', 'All user types'),
	required: false,
	description:
		'The user type of the people. Empty: they are looked for in every user type of the portal.',
};

/** Picks the user type that users are moved to. */
export const targetUserTypeLocator: INodeProperties = {
	displayName: 'Target User Type',
	name: 'targetUserType',
	...pickedUserType('searchTargetUserTypes'),
	typeOptions: { loadOptionsDependsOn: ['portal.value', 'userType.value'] },
};

/** Picks a user of the Zoho CRM organization (an employee, not a portal user). */
export const userLocator: INodeProperties = {
	displayName: 'User',
	name: 'user',
	...pickedCrmUser('searchUsers'),
	required: true,
	description: 'The user of your Zoho CRM organization',
};

/** Names a job that Zoho runs in the background. */
export const jobIdField: INodeProperties = {
	displayName: 'Job ID',
	name: 'jobId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 7310000000000500001',
};

/** "Return All" and "Limit" for what the API pages. */
export const limitFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		...shownFor({ resource: ['portalUser', 'user'], operation: ['getAll'] }),
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		default: 50,
		typeOptions: { minValue: 1 },
		description: 'Max number of results to return',
		...shownFor({ resource: ['portalUser', 'user'], operation: ['getAll'], returnAll: [false] }),
	},
];

const transfers = ['transfer', 'transferAndDelete', 'transferData'];

const withJob = ['invite', 'transferAndDelete', 'transferData'];

/** Asks what would be done, in place of doing it. */
export const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	description:
		'Whether to look up and check everything, return what would be done, and write nothing',
};

/** How calls travel, for operations that may make many. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Batch Size',
			name: 'batchSize',
			type: 'number',
			default: 100,
			typeOptions: { minValue: 1, maxValue: 499 },
			description:
				'How many users to name in one call at most. Without this option as many as Zoho takes: 499 for a deletion, 200 for a transfer and 100 for an invitation; a larger number has no effect.',
			...shownFor({
				'/resource': ['portalUser'],
				'/operation': ['delete', 'invite', 'sync', 'transfer'],
			}),
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			default: 5,
			typeOptions: { minValue: 1, maxValue: 25 },
			description:
				'How many calls may be under way at once, over all executions that use the same credential. Zoho takes 5 in the Free edition, 10 in Standard, 15 in Professional, 20 in Enterprise and 25 in Ultimate.',
		},
		{
			...dryRunOption,
			...shownFor({
				'/operation': [
					'changeStatus',
					'create',
					'delete',
					'invite',
					'sync',
					...transfers,
					'update',
				],
			}),
		},
		{
			displayName: 'In Bulk',
			name: 'inBulk',
			type: 'options',
			default: 'automatic',
			options: [
				{ name: 'Always', value: 'always' },
				{ name: 'Automatic', value: 'automatic' },
				{ name: 'Never', value: 'never' },
			],
			description:
				'Whether to change up to 100 users in one call. Zoho tells nobody what becomes of them, so the users are read before and after, and whoever is not as asked then is changed by a call of their own. That needs the scope ZohoCRM.settings.clientportal.READ; without it, one call for each user is made. Automatic: from 50 users on.',
			...shownFor({ '/operation': ['changeStatus'] }),
		},
		{
			displayName: 'Include Previous State',
			name: 'includePrevious',
			type: 'boolean',
			default: true,
			description:
				'Whether to return how each user was before, so that the workflow can undo it. The users are read first, in pages of 200.',
			...shownFor({
				'/resource': ['portalUser'],
				'/operation': ['changeStatus', 'delete', 'transfer'],
			}),
		},
		{
			displayName: 'Include Unchanged',
			name: 'includeUnchanged',
			type: 'boolean',
			default: true,
			description: 'Whether to return an item also for everyone who is as they should be already',
			...shownFor({ '/operation': ['sync'] }),
		},
		{
			displayName: 'Job Timeout',
			name: 'jobTimeout',
			type: 'number',
			default: 300,
			typeOptions: { minValue: 1 },
			description:
				'How many seconds to wait for a job of Zoho. The job goes on when the time is over; its ID is in the error.',
			...shownFor({ '/operation': [...withJob, 'sync'] }),
		},
		{
			displayName: 'Max Removals',
			name: 'maxRemovals',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 0 },
			description:
				'How many people a run may deactivate or delete. With more of them it stops before anything is written. Without this option 10 % of the people in the user types concerned, but at least 5.',
			...shownFor({ '/operation': ['sync'] }),
		},
		{
			displayName: 'Max Users',
			name: 'maxUsers',
			type: 'number',
			default: 10,
			typeOptions: { minValue: 0 },
			description:
				'How many different people a run may concern, over all items. With more of them it stops before anything is written.',
			...shownFor({
				'/resource': ['portalUser'],
				'/operation': ['changeStatus', 'delete', 'invite', 'sync', 'transfer'],
			}),
		},
		{
			displayName: 'Wait for Job',
			name: 'waitForJob',
			type: 'boolean',
			default: true,
			description:
				'Whether to wait until Zoho has done it and return what became of it. Otherwise the ID of the job is returned at once.',
			...shownFor({ '/operation': withJob }),
		},
	],
	...shownFor({
		resource: ['portalUser', 'user'],
		operation: [
			'changeStatus',
			'create',
			'delete',
			'get',
			'getAll',
			'invite',
			'sync',
			...transfers,
			'update',
		],
	}),
};
