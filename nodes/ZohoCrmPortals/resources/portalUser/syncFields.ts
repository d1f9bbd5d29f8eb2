import type { INodeProperties } from 'n8n-workflow';

import { shownFor, typedPeople, userTypeLocator } from '../fields';

const resource = ['portalUser'];

/** What a list says: who, as what, and what becomes of everyone else. */
export const syncFields: INodeProperties[] = [
	{
		...userTypeLocator,
		description: 'The user type that these people should have',
		...shownFor({ resource, operation: ['sync'] }),
	},
	{
		displayName: 'Records',
		name: 'recordIds',
		...typedPeople(),
		required: true,
		description:
			'The CRM records of the people who should have access: one, several separated by commas, or an array by expression. All items together are the list.',
		...shownFor({ resource, operation: ['sync'] }),
	},
	{
		displayName: 'When Already Invited',
		name: 'whenAlreadyInvited',
		type: 'options',
		default: 'skip',
		options: [
			{
				name: 'Send Another Invitation',
				value: 'resend',
				description: 'Every run mails them again until they accept',
			},
			{ name: 'Skip', value: 'skip' },
		],
		description: 'What to do about people on the list who were invited and have not accepted yet',
		...shownFor({ resource, operation: ['sync'] }),
	},
	{
		displayName: 'Everyone Else',
		name: 'others',
		type: 'options',
		default: 'leave',
		options: [
			{
				name: 'Deactivate',
				value: 'deactivate',
				description:
					'They can no longer log in. Who has not accepted the invitation cannot be deactivated, and is reported.',
			},
			{
				name: 'Delete',
				value: 'delete',
				description: 'They lose their access for good; their CRM records stay',
			},
			{ name: 'Leave Alone', value: 'leave' },
		],
		description: 'What to do about portal users who are not on the list',
		...shownFor({ resource, operation: ['sync'] }),
	},
	{
		displayName: 'Everyone Else In',
		name: 'othersIn',
		type: 'options',
		default: 'named',
		options: [
			{
				name: 'All User Types',
				value: 'all',
				description: 'Those with the same personality module as a user type on the list',
			},
			{ name: 'User Types on the List', value: 'named' },
		],
		description: 'Which user types the list speaks for',
		...shownFor({ resource, operation: ['sync'], others: ['deactivate', 'delete'] }),
	},
];
