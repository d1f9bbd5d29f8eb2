import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { listSearch } from './methods/listSearch';
import { loadOptions } from './methods/loadOptions';
import { operations, properties, subtitle } from './resources';
import { toCustomOperations, toHints } from './routing';

/** Administers the client portals of Zoho CRM and the users of the CRM organization. */
export class ZohoCrmPortals implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM Portals',
		name: 'zohoCrmPortals',
		icon: { light: 'file:../../icons/portal.svg', dark: 'file:../../icons/portal.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		// n8n appends a query to the address in the codex file, which breaks the anchor of the
		// page.
		documentationUrl:
			'https://github.com/n8n-nodes-zoho-crm-portals/n8n-nodes-zoho-crm-portals#operations',
		description: 'Manage portals, user types, portal users, invitations and CRM users in Zoho CRM',
		defaults: { name: 'Zoho CRM Portals' },
		usableAsTool: true,
		// For n8n's workflow builder; older versions of n8n ignore it.
		builderHint: {
			searchHint:
				'Takes any number of input items and sends those with the same settings in one call: do not put it in a loop. Set options.dryRun to true to get the planned changes without writing anything. In Sync, all input items are one list: pass everybody in one execution.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-zoho-crm-portals.zohoCrmPortalsTrigger',
					relationHint: 'Starts a workflow when users or user types of a portal change',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		hints: toHints(operations),
		credentials: [{ name: 'zohoCrmPortalsOAuth2Api', required: true }],
		// Tells n8n that the node is declarative. The transport sets host and headers.
		requestDefaults: {},
		// A copy, because n8n adds its "Request Options" to this array.
		properties: [...properties],
	};

	methods = { listSearch, loadOptions };

	customOperations = toCustomOperations(operations);
}
