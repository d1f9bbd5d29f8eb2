import type { INodeProperties } from 'n8n-workflow';

import { jobIdField, pickedCrmUser, shownFor, userLocator } from '../fields';
import type { Resource } from '../resource';
import { checkTransfer } from './checkTransfer';
import { count } from './count';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getTransferJob } from './getTransferJob';
import { transferAndDelete } from './transferAndDelete';
import { transferData } from './transferData';
import { update } from './update';
import { changeableFields, profileLocator, roleLocator, textField, userFields } from './userFields';
import { userOutput } from './userOutput';

const operations = [
	checkTransfer,
	count,
	create,
	remove,
	get,
	getAll,
	getTransferJob,
	transferAndDelete,
	transferData,
	update,
];

const resource = ['user'];

const transfers = ['transferAndDelete', 'transferData'];

const ofOneUser = ['checkTransfer', 'delete', 'get', ...transfers, 'update'];

const fields: INodeProperties[] = [
	{ ...userLocator, ...shownFor({ resource, operation: ofOneUser }) },
	{
		...textField('Email', 'email', 'Email address of the new user, which is also the login'),
		placeholder: 'name@email.com',
		required: true,
		...shownFor({ resource, operation: ['create'] }),
	},
	{
		...textField('First Name', 'first_name', 'First name of the new user'),
		required: true,
		...shownFor({ resource, operation: ['create'] }),
	},
	{
		...textField('Last Name', 'last_name', 'Last name of the new user'),
		...shownFor({ resource, operation: ['create'] }),
	},
	{ ...roleLocator, required: true, ...shownFor({ resource, operation: ['create'] }) },
	{ ...profileLocator, required: true, ...shownFor({ resource, operation: ['create'] }) },
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: userFields,
		...shownFor({ resource, operation: ['create'] }),
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: changeableFields,
		...shownFor({ resource, operation: ['update'] }),
	},
	{
		displayName: 'Transfer To',
		name: 'targetUser',
		...pickedCrmUser('searchActiveUsers'),
		description: 'The active CRM user who takes over',
		...shownFor({ resource, operation: transfers }),
	},
	{
		displayName: 'What to Transfer',
		name: 'transferWhat',
		type: 'multiOptions',
		default: ['records', 'assignment', 'criteria'],
		options: [
			{ name: 'Assignments', value: 'assignment', description: 'Places in assignment rules' },
			{ name: 'Criteria', value: 'criteria', description: 'Rules and views that name the user' },
			{ name: 'Records', value: 'records', description: 'The records that the user owns' },
		],
		description: 'What the user chosen under "Transfer To" takes over',
		...shownFor({ resource, operation: transfers }),
	},
	{
		displayName: 'New Manager of Subordinates',
		name: 'targetManager',
		...pickedCrmUser('searchActiveUsers'),
		description: 'The CRM user whom the subordinates report to from then on',
		...shownFor({ resource, operation: transfers }),
	},
	{
		...jobIdField,
		description: 'The job that a transfer returned',
		...shownFor({ resource, operation: ['getTransferJob'] }),
	},
	{
		displayName: 'Kind of Job',
		name: 'jobKind',
		type: 'options',
		default: 'transfer_and_delete',
		options: [
			{ name: 'Transfer and Delete', value: 'transfer_and_delete' },
			{ name: 'Transfer Data', value: 'transfer' },
		],
		description: 'The operation that started the job',
		...shownFor({ resource, operation: ['getTransferJob'] }),
	},
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
				description: 'Which users to return or count',
			},
		],
		...shownFor({ resource, operation: ['count', 'getAll'] }),
	},
	...userOutput.parameters,
];

export const user: Resource = {
	name: 'CRM User',
	value: 'user',
	operations,
	fields,
};
