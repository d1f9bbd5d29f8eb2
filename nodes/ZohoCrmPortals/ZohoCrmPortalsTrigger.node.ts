import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	NodeHint,
} from 'n8n-workflow';

import { searchPortals } from './methods/listSearch/portals';
import { getWatchedUserTypes } from './methods/loadOptions/watchedUserTypes';
import { properties } from './trigger/parameters';
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
