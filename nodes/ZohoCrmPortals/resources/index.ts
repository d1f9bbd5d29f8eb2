import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../execution/operation';
import { toOption } from '../routing';
import { checkConnection } from './connection/checkConnection';
import { limitFields, optionsField, shownFor } from './fields';
import { portal } from './portal';
import { portalUser } from './portalUser';
import type { Resource } from './resource';
import { user } from './user';
import { userType } from './userType';

/**
 * The resources of the node, each with its operations: the one list of both. n8n lists actions and
 * resources in this order; what people do most comes first.
 */
export const resources: Resource[] = [
	portalUser,
	userType,
	{ ...portal, operations: [checkConnection, ...portal.operations] },
	user,
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
	...resources.flatMap(({ value, operations: ofResource, fields }) => [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options' as const,
			noDataExpression: true,
			default: 'getAll',
			options: ofResource.map(toOption),
			...shownFor({ resource: [value] }),
		},
		...fields,
	]),
	...limitFields,
	optionsField,
];

/** What stands below a node on the canvas: "Get Many: Portal User". */
export const subtitle = `={{ (${JSON.stringify(
	Object.fromEntries(
		resources.flatMap(({ name: resource, value, operations: of }) =>
			of.map((one) => [`${value}.${one.value}`, `${one.name}: ${resource}`]),
		),
	),
)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;
