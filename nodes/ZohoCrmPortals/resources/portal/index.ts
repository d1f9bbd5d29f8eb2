import type { INodeProperties } from 'n8n-workflow';

import { toOption } from '../../transport/operation';
import { portalLocator, shownFor } from '../fields';
import { checkConnection } from './checkConnection';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const portalOperations = [checkConnection, create, get, getAll, update];

export const portalDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'getAll',
		options: portalOperations.map(toOption),
		...shownFor({ resource: ['portal'] }),
	},
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
