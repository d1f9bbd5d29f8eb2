import type { INodeProperties } from 'n8n-workflow';

import { portalLocator, shownFor } from '../fields';
import type { Resource } from '../resource';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

const operations = [create, get, getAll, update];

const fields: INodeProperties[] = [
	{ ...portalLocator, ...shownFor({ resource: ['portal'], operation: ['get', 'update'] }) },
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. AcmeClients',
		description:
			'The (new) name of the portal: 6 to 30 letters and digits, unique across all of Zoho',
		...shownFor({ resource: ['portal'], operation: ['create', 'update'] }),
	},
];

export const portal: Resource = {
	name: 'Portal',
	value: 'portal',
	operations,
	fields,
};
