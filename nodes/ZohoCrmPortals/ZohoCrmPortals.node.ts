import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import * as listSearch from './listSearch';
import { limitFields, optionsField } from './resources/fields';
import { portalDescription } from './resources/portal';
import { portalUserDescription } from './resources/portalUser';
import { userDescription } from './resources/user';
import { userTypeDescription } from './resources/userType';

/** Administers the client portals of Zoho CRM and the users of the CRM organization. */
export class ZohoCrmPortals implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM Portals',
		name: 'zohoCrmPortals',
		icon: { light: 'file:../../icons/portal.svg', dark: 'file:../../icons/portal.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Manage portals, user types, portal users, invitations and CRM users in Zoho CRM',
		defaults: { name: 'Zoho CRM Portals' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'zohoCrmPortalsOAuth2Api', required: true }],
		// Tells n8n that the node is declarative. Empty, since it is evaluated for every item; the
		// transport, which every operation names as its pagination, knows host and headers.
		requestDefaults: {},
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'portalUser',
				options: [
					{ name: 'CRM User', value: 'user' },
					{ name: 'Portal', value: 'portal' },
					{ name: 'Portal User', value: 'portalUser' },
					{ name: 'User Type', value: 'userType' },
				],
			},
			...portalDescription,
			...portalUserDescription,
			...userDescription,
			...userTypeDescription,
			...limitFields,
			optionsField,
		],
	};

	methods = { listSearch };
}
