import type { INodeProperties } from 'n8n-workflow';

import {
	pickedByName,
	portalLocator,
	shownFor,
	targetUserTypeLocator,
	userTypeLocator,
} from '../fields';
import type { Resource } from '../resource';
import { create } from './create';
import { remove } from './delete';
import { duplicate } from './duplicate';
import { get } from './get';
import { getAll } from './getAll';
import { modulesFields } from './modulesFields';
import { update } from './update';
import { userTypeOutput } from './userTypeOutput';

const operations = [create, remove, duplicate, get, getAll, update];

const resource = ['userType'];

/** Picks a module whose records can be people. */
const personalityLocator: INodeProperties = {
	displayName: 'Personality Module',
	name: 'personalityModule',
	...pickedByName('searchPersonalityModules', 'e.g. Contacts'),
	description: 'The module whose records are the people of this user type, such as Contacts',
};

const fields: INodeProperties[] = [
	{ ...portalLocator, ...shownFor({ resource }) },
	{
		...userTypeLocator,
		...shownFor({ resource, operation: ['delete', 'duplicate', 'get', 'update'] }),
	},
	{
		...targetUserTypeLocator,
		description:
			'The user type that takes over the remaining users. Without it Zoho deletes only a user type without users.',
		...shownFor({ resource, operation: ['delete'] }),
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Dealers',
		description: 'Name of the user type: letters, digits and spaces, at most 50',
		...shownFor({ resource, operation: ['create', 'duplicate'] }),
	},
	{
		...portalLocator,
		displayName: 'Target Portal',
		name: 'targetPortal',
		required: false,
		description: 'The portal that gets the copy. Default: the one of the original.',
		...shownFor({ resource, operation: ['duplicate'] }),
	},
	{
		...personalityLocator,
		required: true,
		...shownFor({ resource, operation: ['create'] }),
	},
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether people can be invited to this user type',
		...shownFor({ resource, operation: ['create'] }),
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether people can be invited to this user type',
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Dealers',
				description: 'New name of the user type: letters, digits and spaces, at most 50',
			},
			{
				...personalityLocator,
				description: 'The new personality module; Zoho keeps that of the default user type',
			},
		],
		...shownFor({ resource, operation: ['update'] }),
	},
	...modulesFields,
	...userTypeOutput.parameters,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Include Modules',
				name: 'includeModules',
				type: 'boolean',
				default: false,
				description: 'Whether to return the modules of each user type as well',
			},
		],
		...shownFor({ resource, operation: ['getAll'] }),
	},
];

export const userType: Resource = {
	name: 'User Type',
	value: 'userType',
	operations,
	fields,
};
