import type { INodeProperties } from 'n8n-workflow';

import { PERSONALITY_MODULE } from '../../transport/metadata';
import { shownFor } from '../fields';

const resource = ['userType'];

const WRITE = ['create', 'update'];

const BY_EXPRESSION =
	'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

const BY_EXPRESSIONS =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** What decides on the personality module, on which the other modules depend. */
const PERSONALITY = [
	'personalityModule.value',
	'updateFields.personalityModule.value',
	'userType.value',
];

/** Offers what Zoho has, by default for the module chosen in the same entry. */
function offered(
	loadOptionsMethod: string,
	// The module may be "the personality module", which stays the same where that changes.
	loadOptionsDependsOn = ['&module', ...PERSONALITY],
): Pick<INodeProperties, 'typeOptions'> {
	return { typeOptions: { loadOptionsMethod, loadOptionsDependsOn } };
}

/** One module of the form, in the order in which a person decides. */
const moduleFields: INodeProperties[] = [
	{
		displayName: 'Module Name or ID',
		name: 'module',
		type: 'options',
		...offered('getModules', PERSONALITY),
		default: '',
		description: BY_EXPRESSION,
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
		displayName: 'Layout Names or IDs',
		name: 'layouts',
		type: 'multiOptions',
		...offered('getLayouts'),
		default: [],
		description: BY_EXPRESSIONS,
		hint: 'A private module needs at least one; a new user type gets the only one by itself',
	},
	{
		displayName: 'View Name or ID',
		name: 'view',
		type: 'options',
		...offered('getViews'),
		default: '',
		description: BY_EXPRESSION,
		hint: 'The list that users start from',
	},
	{
		displayName: 'Filter Name or ID',
		name: 'filter',
		type: 'options',
		...offered('getFilters'),
		default: '',
		description: BY_EXPRESSION,
		hint: 'The lookup field that ties the records to the person',
	},
	{
		displayName: 'Field Names or IDs',
		name: 'fields',
		type: 'multiOptions',
		...offered('getFields'),
		default: [],
		description: BY_EXPRESSIONS,
		hint: 'What users see and may change; mandatory fields are added',
	},
	{
		displayName: 'Read-Only Field Names or IDs',
		name: 'readOnlyFields',
		type: 'multiOptions',
		...offered('getFields'),
		default: [],
		description: BY_EXPRESSIONS,
		hint: 'What users see but may not change',
	},
];

/** What the form of a new user type begins with. */
const personalityEntry = {
	...Object.fromEntries(moduleFields.map(({ name, default: value }) => [name, value])),
	module: PERSONALITY_MODULE,
};

const modulesForm: INodeProperties = {
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
};

/** The modules of a user type, by form or by JSON. */
export const modulesFields: INodeProperties[] = [
	{
		displayName: 'Specify Modules',
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
		displayName: 'Specify Modules',
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
		...modulesForm,
		default: { module: [personalityEntry] },
		...shownFor({ resource, operation: ['create'], modulesMode: ['fields'] }),
	},
	{
		...modulesForm,
		...shownFor({ resource, operation: ['update'], modulesMode: ['fields'] }),
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
