import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../run/operation';
import { formOf, shownFor } from '../form/form';
import { toOption, toSubtitle } from '../routing';
import { checkConnection } from './connection/checkConnection';
import { portal } from './portal';
import { portalUser } from './portalUser';
import type { Resource } from './resource';
import { crmUser } from './crmUser';
import { userType } from './userType';

/**
 * All resources of the node with their operations. n8n lists resources and actions in this order,
 * so the most common ones come first.
 */
export const resources: Resource[] = [
	portalUser,
	userType,
	{ ...portal, operations: [checkConnection, ...portal.operations] },
	crmUser,
];

/** All operations, by resource. */
export const operations: Record<string, Operation[]> = Object.fromEntries(
	resources.map(({ value, operations: ofResource }) => [value, ofResource]),
);

/** The form of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'portalUser',
		options: resources.map(({ name, value }) => ({ name, value })),
	},
	...resources.flatMap(({ value, operations: ofResource }) => [
		shownFor(
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'getAll',
				options: ofResource.map(toOption),
			},
			{ resource: [value] },
		),
		...formOf(value, ofResource),
	]),
];

/** The expression for the text below a node on the canvas. */
export const subtitle = toSubtitle(resources);
