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
import {
	callsOfPoll,
	creditsADay,
	getWatchedUserTypes,
	MANY_CREDITS,
} from './methods/loadOptions/watchedUserTypes';
import { properties } from './trigger/parameters';
import { poll } from './trigger/poll';
import { FULL_READING } from './zoho/directory';

/** The users in each user type of the portal in the hints. */
const EXAMPLE = [2_000, 2_000, 2_000, 2_000, 2_000];

/** The cost of a poll interval. The list of user types shows the cost for the chosen portal. */
const costHints: NodeHint[] = [
	{ mode: 'everyMinute', interval: 'every minute', polls: 24 * 60 },
	{ mode: 'everyHour', interval: 'every hour', polls: 24 },
].map(({ mode, interval, polls }) => {
	const credits = creditsADay(callsOfPoll(EXAMPLE), polls, FULL_READING);
	return {
		message: `A poll costs one Zoho API credit, and up to two for each user type. A full reading costs one for every 200 users. Polled ${interval} with a full reading every hour, a portal of 10,000 users in 5 user types costs about ${credits.toLocaleString('en-US')} credits a day. The list "User Type Names or IDs" shows the cost for your portal.`,
		type: credits > MANY_CREDITS ? 'warning' : 'info',
		location: 'ndv',
		whenToDisplay: 'beforeExecution',
		displayCondition: `={{ $parameter["pollTimes"].item.some((one) => one.mode === "${mode}") }}`,
	};
});

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
