import type { INodeProperties } from 'n8n-workflow';

import { toOption } from '../../transport/operation';
import { shownFor, userLocator } from '../fields';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';

export const userOperations = [remove, get, getAll];

const resource = ['user'];

export const userDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'getAll',
		options: userOperations.map(toOption),
		...shownFor({ resource }),
	},
	{ ...userLocator, ...shownFor({ resource, operation: ['delete', 'get'] }) },
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				default: 'AllUsers',
				options: [
					{ name: 'Active and Confirmed Administrators', value: 'ActiveConfirmedAdmins' },
					{ name: 'Active and Confirmed Users', value: 'ActiveConfirmedUsers' },
					{ name: 'Active and Deactivated Users', value: 'ActiveAndDeactive' },
					{ name: 'Active Lite Users', value: 'ActiveLiteUser' },
					{ name: 'Active Users', value: 'ActiveUsers' },
					{ name: 'Administrators', value: 'AdminUsers' },
					{ name: 'All Active Users', value: 'AllActiveUsers' },
					{ name: 'All Users', value: 'AllUsers' },
					{ name: 'Confirmed Users', value: 'ConfirmedUsers' },
					{ name: 'Connected User', value: 'CurrentUser' },
					{ name: 'Deactivated Users', value: 'DeactiveUsers' },
					{ name: 'Deleted Users', value: 'DeletedUsers' },
					{ name: 'Developer Users', value: 'DeveloperUsers' },
					{ name: 'Unconfirmed Users', value: 'NotConfirmedUsers' },
				],
				description: 'Which users to return',
			},
		],
		...shownFor({ resource, operation: ['getAll'] }),
	},
];
