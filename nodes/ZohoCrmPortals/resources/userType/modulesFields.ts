import type { INodeProperties } from 'n8n-workflow';

import { shownFor } from '../fields';

const resource = ['userType'];

const WRITE = ['create', 'update'];

/** One module of the form, in the order in which a person decides. */
const moduleFields: INodeProperties[] = [
	{
		displayName: 'Module ID',
		name: 'module',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7310000000000200001',
		description: 'ID of the module',
	},
	{
		displayName: 'Shared Type',
		name: 'sharedType',
		type: 'options',
		default: 'private',
		options: [
			{ name: 'Private', value: 'private', description: 'Records of the user only' },
			{ name: 'Public', value: 'public', description: 'All records of the module' },
		],
		description: 'Whose records are seen. A public module cannot be shared as private.',
	},
	{
		displayName: 'Permissions',
		name: 'permissions',
		type: 'multiOptions',
		default: [],
		options: [
			{ name: 'Create', value: 'create' },
			{ name: 'Create Attachments', value: 'create_attachment' },
			{ name: 'Delete', value: 'delete' },
			{ name: 'Delete Attachments', value: 'delete_attachment' },
			{ name: 'Edit', value: 'edit' },
			{ name: 'Edit Shared Records', value: 'edit_shared_records' },
		],
		description: 'What users may do besides viewing, which Zoho always grants',
	},
	{
		displayName: 'Layout IDs',
		name: 'layouts',
		type: 'string',
		typeOptions: { multipleValues: true },
		default: [],
		description: 'A private module needs at least one layout',
	},
	{
		displayName: 'View ID',
		name: 'view',
		type: 'string',
		default: '',
		placeholder: 'e.g. custom_view:7310000000000230001',
		description: 'The list view that users start from',
	},
	{
		displayName: 'Filter ID',
		name: 'filter',
		type: 'string',
		default: '',
		description: 'Lookup field that ties the module to the personality module',
	},
	{
		displayName: 'Field IDs',
		name: 'fields',
		type: 'string',
		typeOptions: { multipleValues: true },
		default: [],
		description: 'Fields that users see and may change',
	},
	{
		displayName: 'Read-Only Field IDs',
		name: 'readOnlyFields',
		type: 'string',
		typeOptions: { multipleValues: true },
		default: [],
		description: 'Fields that users see but may not change',
	},
];

/** The modules of a user type, by form or by JSON. */
export const modulesFields: INodeProperties[] = [
	{
		displayName: 'Modules',
		name: 'modulesMode',
		type: 'options',
		default: 'fields',
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		description: 'How to describe what the user type sees of each module',
		...shownFor({ resource, operation: ['create'] }),
	},
	{
		displayName: 'Modules',
		name: 'modulesMode',
		type: 'options',
		default: 'none',
		options: [
			{ name: 'Leave as They Are', value: 'none' },
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		description: 'How to describe what the user type sees of each module',
		...shownFor({ resource, operation: ['update'] }),
	},
	{
		displayName: 'Modules',
		name: 'modulesUi',
		type: 'fixedCollection',
		placeholder: 'Add Module',
		typeOptions: { multipleValues: true },
		default: {},
		description: 'The personality module, Notes, and any module tied to them by a lookup',
		options: [
			{
				displayName: 'Module',
				name: 'module',
				values: moduleFields,
			},
		],
		...shownFor({ resource, operation: WRITE, modulesMode: ['fields'] }),
	},
	{
		displayName: 'Modules (JSON)',
		name: 'modulesJson',
		type: 'json',
		default: '',
		description: 'An array of modules, or what "Get" returns for a user type',
		...shownFor({ resource, operation: WRITE, modulesMode: ['json'] }),
	},
];
