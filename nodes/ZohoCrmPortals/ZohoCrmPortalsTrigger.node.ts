import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	NodeHint,
} from 'n8n-workflow';

import { searchPortals } from './methods/listSearch/portals';
import { getRecordFields } from './methods/loadOptions/recordFields';
import { getWatchedUserTypes } from './methods/loadOptions/watchedUserTypes';
import { properties } from './trigger/parameters';
import { poll } from './trigger/poll';

/**
 * The calls of a cheap poll and of a full reading for the portal in the hints: one for the user
 * types, and one for each of two short lists and for each 200 users of 5 user types.
 */
const [CHEAP, FULL] = [1 + 5 * 2, 1 + 10_000 / 200];

/** The cost of a poll interval. The list of user types shows the cost for the chosen portal. */
const costHints: NodeHint[] = [
	{ mode: 'everyMinute', interval: 'every minute', credits: (1440 - 24) * CHEAP + 24 * FULL },
	{ mode: 'everyHour', interval: 'every hour', credits: 24 * FULL },
].map(({ mode, interval, credits }) => ({
	message: `A poll costs one Zoho API credit, and up to two for each user type. A full reading costs one for every 200 users. Polled ${interval} with a full reading every hour, a portal of 10,000 users in 5 user types costs about ${credits.toLocaleString('en-US')} credits a day. The list "User Type Names or IDs" shows the cost for your portal.`,
	type: credits > 5_000 ? 'warning' : 'info',
	location: 'ndv',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ $parameter["pollTimes"].item.some((one) => one.mode === "${mode}") }}`,
}));

/** Starts workflows when the users or user types of a Zoho CRM client portal change. */
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
		// For n8n's workflow builder; older versions of n8n ignore it.
		builderHint: {
			searchHint:
				'Polls Zoho at the interval in pollTimes; Zoho sends no webhooks about portals. Outputs one item per event since the last poll. To react in Zoho CRM or change portal users, connect the Zoho CRM Portals node after it.',
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		hints: costHints,
		credentials: [{ name: 'zohoCrmPortalsOAuth2Api', required: true }],
		properties,
	};

	methods = {
		listSearch: { searchPortals },
		loadOptions: { getRecordFields, getWatchedUserTypes },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
