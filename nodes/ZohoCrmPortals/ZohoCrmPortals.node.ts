import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import * as listSearch from './listSearch';
import * as loadOptions from './loadOptions';
import { limitFields, optionsField } from './resources/fields';
import { portalDescription, portalOperations } from './resources/portal';
import { portalUserDescription, portalUserOperations } from './resources/portalUser';
import { userDescription, userOperations } from './resources/user';
import { userTypeDescription, userTypeOperations } from './resources/userType';
import { toCustomOperations, toHints } from './transport/operation';

/** All operations, by resource. */
const operations = {
	portal: portalOperations,
	portalUser: portalUserOperations,
	user: userOperations,
	userType: userTypeOperations,
};

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
		hints: toHints(operations),
		credentials: [{ name: 'zohoCrmPortalsOAuth2Api', required: true }],
		// Tells n8n that the node is declarative; the transport knows host and headers.
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

	methods = { listSearch, loadOptions };

	customOperations = toCustomOperations(operations);
}
