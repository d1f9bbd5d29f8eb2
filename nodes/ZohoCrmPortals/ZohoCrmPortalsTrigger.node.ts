import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	NodeHint,
} from 'n8n-workflow';

import { searchPortals } from './methods/listSearch/portals';
import { getWatchedUserTypes } from './methods/loadOptions/watchedUserTypes';
import { portalLocator } from './resources/fields';
import { DEFAULT_DAYS } from './trigger/parameters';
import { poll } from './trigger/poll';

/** What an interval costs. The list of user types says what it is for the portal at hand. */
const costHints: NodeHint[] = [
	['everyMinute', 'every minute', 1440],
	['everyHour', 'every hour', 24],
].map(([mode, interval, polls]) => ({
	message: `A poll costs one Zoho API credit, and one more for every 200 users of each user type (at least one). Polled ${interval}, a portal of 10,000 users in 5 user types costs up to ${(Number(polls) * 56).toLocaleString('en-US')} credits a day, one of 500 users up to ${(Number(polls) * 8).toLocaleString('en-US')}. The list "User Type Names or IDs" says how many a poll of your portal costs.`,
	type: 'info',
	location: 'ndv',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ $parameter["pollTimes"].item.some((one) => one.mode === "${mode}") }}`,
}));

const properties: INodeProperties[] = [
	portalLocator,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: [],
		options: [
			{
				name: 'Email Changed',
				value: 'emailChanged',
				description: 'The email address that somebody logs in with is another one',
			},
			{
				name: 'Invitation Unconfirmed',
				value: 'unconfirmed',
				description: 'Somebody has not accepted the invitation for a number of days',
			},
			{ name: 'User Activated', value: 'userActivated', description: 'Somebody may log in again' },
			{
				name: 'User Added',
				value: 'userAdded',
				description: 'Somebody is new in the portal: invited, or signed up by themselves',
			},
			{
				name: 'User Confirmed',
				value: 'userConfirmed',
				description: 'Somebody has accepted the invitation',
			},
			{
				name: 'User Deactivated',
				value: 'userDeactivated',
				description: 'Somebody may no longer log in',
			},
			{
				name: 'User Removed',
				value: 'userRemoved',
				description: 'Somebody is in no user type of the portal any more',
			},
			{
				name: 'User Type Changed',
				value: 'userTypeChanged',
				description: 'Somebody has moved from one user type to another',
			},
			{
				name: 'User Type Created',
				value: 'userTypeCreated',
				description: 'The portal has a new user type',
			},
			{
				name: 'User Type Deleted',
				value: 'userTypeDeleted',
				description: 'The portal has a user type no more',
			},
			{
				name: 'User Type Updated',
				value: 'userTypeUpdated',
				description: 'The name of a user type, its modules, or whether it is active has changed',
			},
		],
		description:
			'What starts the workflow. Every change is an item of its own. What is switched on later is told of changes from then on.',
	},
	{
		displayName: 'User Type Names or IDs',
		name: 'userTypes',
		type: 'multiOptions',
		default: [],
		typeOptions: {
			loadOptionsMethod: 'getWatchedUserTypes',
			loadOptionsDependsOn: ['portal.value'],
		},
		description:
			'Only what concerns these user types, moves into them and out of them included. Default: all of them. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Unconfirmed Days',
		name: 'unconfirmedDays',
		type: 'number',
		default: DEFAULT_DAYS,
		typeOptions: { minValue: 0 },
		description:
			'After how many days an invitation that was not accepted is told, once for each person',
		displayOptions: { show: { events: ['unconfirmed'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Include Overdue',
				name: 'includeOverdue',
				type: 'boolean',
				default: false,
				description:
					'Whether to tell those as well whose invitation was too old before the trigger was switched on, or before another number of days was set',
			},
			{
				displayName: 'Max Removals',
				name: 'maxRemovals',
				type: 'number',
				default: 5,
				typeOptions: { minValue: 0 },
				description:
					"How many users may be gone at once before Zoho's own counts have to agree. Without this option a tenth of them, at least 5. More are told as well, when a second look and the counts agree.",
			},
		],
	},
	{
		displayName: 'Request Options',
		name: 'requestOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Ignore SSL Issues (Insecure)',
				name: 'allowUnauthorizedCerts',
				type: 'boolean',
				default: false,
				description: 'Whether to connect even if SSL certificate validation is not possible',
			},
			{
				displayName: 'Proxy',
				name: 'proxy',
				type: 'string',
				default: '',
				placeholder: 'e.g. http://myproxy:3128',
				description: 'HTTP proxy to use',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				default: 60000,
				typeOptions: { minValue: 1 },
				description: 'How many milliseconds to wait for an answer of Zoho',
			},
		],
	},
];

/** Starts workflows when the users or user types of a client portal of Zoho CRM change. */
export class ZohoCrmPortalsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM Portals Trigger',
		name: 'zohoCrmPortalsTrigger',
		icon: { light: 'file:../../icons/portal.svg', dark: 'file:../../icons/portal.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].map((event) => event.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase())).join(", ") }}',
		description: 'Starts the workflow when users or user types of a Zoho CRM portal change',
		defaults: { name: 'Zoho CRM Portals Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		hints: costHints,
		credentials: [{ name: 'zohoCrmPortalsOAuth2Api', required: true }],
		properties,
	};

	methods = {
		listSearch: { searchPortals },
		loadOptions: { getWatchedUserTypes },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
