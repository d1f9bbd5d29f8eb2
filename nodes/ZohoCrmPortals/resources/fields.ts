import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

type Show = NonNullable<IDisplayOptions['show']>;

/** Operations that a field is shown for, by resource. */
export function shownFor(show: Show): Pick<INodeProperties, 'displayOptions'> {
	return { displayOptions: { show } };
}

type Locator = Pick<INodeProperties, 'type' | 'default' | 'modes'>;

/** A resource locator for what has an ID: from a list or by ID. */
export function pickedById(searchListMethod: string): Locator {
	return picked(searchListMethod, {
		displayName: 'By ID',
		name: 'id',
		placeholder: 'e.g. 7310000000000310002',
		// Empty is for n8n to complain about, where the locator is required.
		regex: '^[0-9]{0,19}$',
		errorMessage: 'An ID of Zoho CRM has digits only',
	});
}

/** A resource locator for what Zoho addresses by name: from a list or by name. */
export function pickedByName(searchListMethod: string, placeholder: string): Locator {
	return picked(searchListMethod, {
		displayName: 'By Name',
		name: 'name',
		placeholder,
		regex: '^([A-Za-z0-9][A-Za-z0-9 _-]*)?$',
		errorMessage: 'A name has letters and digits only',
	});
}

/** What can be typed in instead of choosing from the list, and what it must look like. */
interface Typed {
	displayName: string;
	name: string;
	placeholder: string;
	regex: string;
	errorMessage: string;
}

function picked(
	searchListMethod: string,
	{ displayName, name, placeholder, regex, errorMessage }: Typed,
): Locator {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName,
				name,
				type: 'string',
				placeholder,
				validation: [{ type: 'regex', properties: { regex, errorMessage } }],
			},
		],
	};
}

/** Picks a portal. Zoho addresses portals by name; they have no ID. */
export const portalLocator: INodeProperties = {
	displayName: 'Portal',
	name: 'portal',
	...pickedByName('searchPortals', 'e.g. AcmeClients'),
	required: true,
	description: 'The client portal, by its name',
};

/** Picks a user type of the chosen portal. */
export const userTypeLocator: INodeProperties = {
	displayName: 'User Type',
	name: 'userType',
	...pickedById('searchUserTypes'),
	required: true,
	description: 'The user type of the portal',
	typeOptions: { loadOptionsDependsOn: ['portal.value'] },
};

/** Picks the user type that users are moved to. */
export const targetUserTypeLocator: INodeProperties = {
	displayName: 'Target User Type',
	name: 'targetUserType',
	...pickedById('searchTargetUserTypes'),
	typeOptions: { loadOptionsDependsOn: ['portal.value', 'userType.value'] },
};

/** Picks a user of the Zoho CRM organization (an employee, not a portal user). */
export const userLocator: INodeProperties = {
	displayName: 'User',
	name: 'user',
	...pickedById('searchUsers'),
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

const withJob = ['invite', 'transferAndDelete', 'transferData'];

/** How calls travel, for operations that write to many. */
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
				'/operation': ['delete', 'invite', 'transfer'],
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
			displayName: 'Job Timeout',
			name: 'jobTimeout',
			type: 'number',
			default: 300,
			typeOptions: { minValue: 1 },
			description:
				'How many seconds to wait for a job of Zoho. The job goes on when the time is over; its ID is in the error.',
			...shownFor({ '/operation': withJob }),
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
			'delete',
			'getAll',
			'invite',
			'transfer',
			'transferAndDelete',
			'transferData',
			'update',
		],
	}),
};
