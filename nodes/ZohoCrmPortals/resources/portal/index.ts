import type { INodeProperties } from 'n8n-workflow';

import { toOption } from '../../transport/operation';
import { portalLocator, shownFor } from '../fields';
import { get } from './get';
import { getAll } from './getAll';

export const portalOperations = [get, getAll];

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
	{ ...portalLocator, ...shownFor({ resource: ['portal'], operation: ['get'] }) },
];
