import type { INodeProperties } from 'n8n-workflow';

import {
	anyUserTypeLocator,
	jobIdField,
	pickedByName,
	pickedPeople,
	portalLocator,
	shownFor,
	targetUserTypeLocator,
	typedPeople,
	userTypeLocator,
} from '../fields';
import type { Resource } from '../resource';
import { changeStatus } from './changeStatus';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getInvitationJob } from './getInvitationJob';
import { invite } from './invite';
import { languages } from './languages';
import { portalUserOutput } from './portalUserOutput';
import { sync } from './sync';
import { syncFields } from './syncFields';
import { transfer } from './transfer';

const operations = [changeStatus, remove, get, getInvitationJob, getAll, invite, sync, transfer];

const resource = ['portalUser'];

/** Operations on people who may be in any user type. */
const onPeople = ['changeStatus', 'delete', 'get', 'transfer'];

const fields: INodeProperties[] = [
	{
		...portalLocator,
		...shownFor({ resource, operation: [...onPeople, 'getAll', 'invite', 'sync'] }),
	},
	{ ...userTypeLocator, ...shownFor({ resource, operation: ['invite'] }) },
	...syncFields,
	{ ...anyUserTypeLocator, ...shownFor({ resource, operation: onPeople }) },
	{
		...anyUserTypeLocator,
		description: 'The user type of the portal. Empty: all of them.',
		...shownFor({ resource, operation: ['getAll'] }),
	},
	{
		displayName: 'Module',
		name: 'module',
		...pickedByName('searchInvitedModules', 'e.g. Contacts'),
		required: true,
		description: 'The module of the records that were invited',
		...shownFor({ resource, operation: ['getInvitationJob'] }),
	},
	{
		displayName: 'Module',
		name: 'module',
		...pickedByName('searchInvitedModules', 'e.g. Contacts', 'That of the user type'),
		description: 'The module of the records. Empty: the personality module of the user type.',
		typeOptions: { loadOptionsDependsOn: ['portal.value'] },
		...shownFor({ resource, operation: ['invite'] }),
	},
	{
		displayName: 'Records',
		name: 'recordIds',
		...typedPeople(),

		description:
			'The CRM records of the people to invite: one, several separated by commas, or an array by expression. Items that ask the same are sent together.',
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
		...shownFor({ resource, operation: ['invite', 'sync'] }),
	},
	{
		...jobIdField,
		description: 'The job that "Invite" returned when it was told not to wait',
		...shownFor({ resource, operation: ['getInvitationJob'] }),
	},
	{
		displayName: 'Users',
		name: 'personalityIds',
		...pickedPeople('searchPortalUsers'),

		description:
			'The portal users: one, several separated by commas, or an array by expression. An ID is that of the CRM record. Items that ask the same are sent together.',
		typeOptions: { loadOptionsDependsOn: ['portal.value', 'userType.value'] },
		...shownFor({ resource, operation: onPeople }),
	},
	{
		...targetUserTypeLocator,
		required: true,
		description:
			'The user type to move the users to. It needs the same personality module and the same invitation field.',
		...shownFor({ resource, operation: ['transfer'] }),
	},
	{
		displayName: 'Change To',
		name: 'active',
		type: 'options',
		default: true,
		options: [
			{ name: 'Activate', value: true, description: 'The users can log in to the portal' },
			{
				name: 'Deactivate',
				value: false,
				description: 'The users can no longer log in; for who has accepted the invitation',
			},
		],
		description:
			'Whether the users can log in to the portal. Who has not accepted the invitation cannot be deactivated, only deleted.',
		...shownFor({ resource, operation: ['changeStatus'] }),
	},
	...portalUserOutput.parameters,
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
				displayName: 'Invited Before',
				name: 'invitedBefore',
				type: 'dateTime',
				default: '',
				description:
					"Users who were invited before this time. Without an offset it is a time of the workflow's time zone.",
			},
			{
				displayName: 'Not Accepted For (Days)',
				name: 'unconfirmedForDays',
				type: 'number',
				default: 30,
				typeOptions: { minValue: 0 },
				description: 'Users who were invited so many days ago and have not accepted since',
			},
			{
				displayName: 'Source',
				name: 'source',
				type: 'string',
				default: '',
				placeholder: 'e.g. Portal',
				description: 'Users with this source, where Zoho tells one ("Source__s")',
			},
			{
				displayName: 'Status',
				name: 'type',
				type: 'options',
				default: 'AllUsers',
				options: [
					{
						name: 'Active and Confirmed',
						value: 'ActiveConfirmedUsers',
						description: 'Have accepted the invitation and can log in',
					},
					{
						name: 'Active Users',
						value: 'ActiveUsers',
						description: 'Are not deactivated, whether they have accepted or not',
					},
					{
						name: 'All Active Users',
						value: 'AllActiveUsers',
						description: 'Another name that Zoho has for active users',
					},
					{ name: 'All Users', value: 'AllUsers', description: 'In whatever state' },
					{
						name: 'Confirmed',
						value: 'ConfirmedUsers',
						description: 'Have accepted the invitation, even if they are deactivated now',
					},
					{ name: 'Deactivated', value: 'DeactiveUsers', description: 'Cannot log in' },
					{
						name: 'Not Confirmed',
						value: 'NotConfirmedUsers',
						description: 'Were invited and have not accepted yet',
					},
				],
				description: 'Which users to return, by whether they have accepted and can log in',
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
