import type { INodeProperties } from 'n8n-workflow';

import {
	jobIdField,
	pickedByName,
	portalLocator,
	shownFor,
	targetUserTypeLocator,
	userTypeLocator,
} from '../fields';
import type { Resource } from '../resource';
import { changeStatus } from './changeStatus';
import { remove } from './delete';
import { getAll } from './getAll';
import { getInvitationJob } from './getInvitationJob';
import { invite } from './invite';
import { languages } from './languages';
import { transfer } from './transfer';

const operations = [changeStatus, remove, getInvitationJob, getAll, invite, transfer];

const resource = ['portalUser'];

/** Operations on users of one user type. */
const ofUserType = ['changeStatus', 'delete', 'invite', 'transfer'];

const fields: INodeProperties[] = [
	{ ...portalLocator, ...shownFor({ resource, operation: [...ofUserType, 'getAll'] }) },
	{ ...userTypeLocator, ...shownFor({ resource, operation: ofUserType }) },
	{
		...userTypeLocator,
		required: false,
		description: 'The user type of the portal. Default: all of them.',
		...shownFor({ resource, operation: ['getAll'] }),
	},
	{
		displayName: 'Module',
		name: 'module',
		...pickedByName('searchInvitedModules', 'e.g. Contacts'),
		required: true,
		description: 'The module of the records, which is the personality module of the user type',
		typeOptions: { loadOptionsDependsOn: ['portal.value'] },
		...shownFor({ resource, operation: ['getInvitationJob', 'invite'] }),
	},
	{
		displayName: 'Record IDs',
		name: 'recordIds',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 7310000000000400001, 7310000000000400002',
		description:
			'The CRM records of the people to invite: one ID, several separated by commas, or an array by expression. Items that ask the same are sent together.',
		...shownFor({ resource, operation: ['invite'] }),
	},
	{
		displayName: 'When Already Invited',
		name: 'whenAlreadyInvited',
		type: 'options',
		default: 'error',
		options: [
			{ name: 'Report as Not Invited', value: 'error' },
			{ name: 'Send Another Invitation', value: 'resend' },
			{ name: 'Skip', value: 'skip' },
		],
		description: 'What to do about people who were invited before',
		...shownFor({ resource, operation: ['invite'] }),
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'options',
		default: '',
		options: languages,
		description: 'Language of the invitation',
		...shownFor({ resource, operation: ['invite'] }),
	},
	{
		...jobIdField,
		description: 'The job that "Invite" returned when it was told not to wait',
		...shownFor({ resource, operation: ['getInvitationJob'] }),
	},
	{
		displayName: 'Personality IDs',
		name: 'personalityIds',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 7310000000000400001, 7310000000000400002',
		description:
			'The portal users, by the IDs of their CRM records: one ID, several separated by commas, or an array by expression. Items that ask the same are sent together.',
		...shownFor({ resource, operation: ['changeStatus', 'delete', 'transfer'] }),
	},
	{
		...targetUserTypeLocator,
		required: true,
		description:
			'The user type to move the users to. It needs the same personality module and the same invitation field.',
		...shownFor({ resource, operation: ['transfer'] }),
	},
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description:
			'Whether the users can log in to the portal. Who has not accepted the invitation cannot be deactivated, only deleted.',
		...shownFor({ resource, operation: ['changeStatus'] }),
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Disabled by Email Change',
				name: 'disabledByEmailChange',
				type: 'options',
				default: 'equal',
				options: [
					{ name: 'Leave Out', value: 'not_equal' },
					{ name: 'Only These', value: 'equal' },
				],
				description: 'Users whom Zoho disabled because the email address of their record changed',
			},
			{
				displayName: 'Type',
				name: 'type',
				type: 'options',
				default: 'AllUsers',
				options: [
					{ name: 'Active and Confirmed', value: 'ActiveConfirmedUsers' },
					{ name: 'Active Users', value: 'ActiveUsers' },
					{ name: 'All Active Users', value: 'AllActiveUsers' },
					{ name: 'All Users', value: 'AllUsers' },
					{ name: 'Confirmed', value: 'ConfirmedUsers' },
					{ name: 'Deactivated', value: 'DeactiveUsers' },
					{ name: 'Not Confirmed', value: 'NotConfirmedUsers' },
				],
				description: 'Which users to return',
			},
		],
		...shownFor({ resource, operation: ['getAll'] }),
	},
];

export const portalUser: Resource = {
	name: 'Portal User',
	value: 'portalUser',
	operations,
	fields,
};
