import type { INodeProperties } from 'n8n-workflow';

import {
	dryRunOption,
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
import { upsert } from './upsert';
import { userTypeOutput } from './userTypeOutput';

const operations = [create, upsert, remove, duplicate, get, getAll, update];

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
		...shownFor({ resource, operation: ['create'] }),
	},
	{
		displayName: 'New Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Dealers North',
		description: 'Name of the copy: letters, digits and spaces, at most 50',
		...shownFor({ resource, operation: ['duplicate'] }),
	},
	{
		displayName: 'Definition (JSON)',
		name: 'definition',
		type: 'json',
		default: '',
		required: true,
		description:
			'The user type, as Get returns it with the output Raw, also from another organization: what it consists of is found by ID, else by API name, else by label. The user type of its name in the portal is made like it.',
		...shownFor({ resource, operation: ['upsert'] }),
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Dealers',
		description: 'Name of the user type to create or update. Empty: that in the definition.',
		...shownFor({ resource, operation: ['upsert'] }),
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
				displayName: 'New Name',
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
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [dryRunOption],
		...shownFor({ resource, operation: ['create', 'delete', 'duplicate', 'update', 'upsert'] }),
	},
];

export const userType: Resource = {
	name: 'User Type',
	value: 'userType',
	operations,
	fields,
};
