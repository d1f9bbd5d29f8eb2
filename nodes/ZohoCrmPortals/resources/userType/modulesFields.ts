import type { INodeProperties } from 'n8n-workflow';

import { entries } from '../../form/collection';
import { choice, choices, json, optional, texts } from '../../form/field';
import type { Field, Place, Shown } from '../../form/field';
import { asId } from '../../form/locator';
import { PERSONALITY_MODULE } from '../../zoho/metadata';

const BY_EXPRESSION =
	'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

const BY_EXPRESSIONS =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** The parameters that determine the personality module, on which the other modules depend. */
const PERSONALITY = [
	'personalityModule.value',
	'updateFields.personalityModule.value',
	'userType.value',
];

/** A field with options from Zoho, by default those of the module chosen in the same entry. */
function offered(
	loadOptionsMethod: string,
	// The value may be "the personality module", which stays the same when another one is chosen.
	loadOptionsDependsOn = ['&module', ...PERSONALITY],
): Pick<INodeProperties, 'typeOptions'> {
	return { typeOptions: { loadOptionsMethod, loadOptionsDependsOn } };
}

/** An ID from a list, or from an expression. */
function oneOffered(shown: Shown, check: (given: unknown, at: Place) => string): Field<string> {
	return { property: { default: '', ...shown, type: 'options' }, check };
}

/** The picker returns "custom_view:42". An ID without a prefix counts as a custom view. */
function asView(given: unknown, at: Place): string {
	const [, type, id] = (typeof given === 'string' && /^(\w*):(.*)$/.exec(given)) || ['', '', given];
	return `${type || 'custom_view'}:${asId(id, at)}`;
}

/** The permissions of users in a module, in addition to viewing. */
export const MODULE_PERMISSIONS = [
	{ name: 'Create', value: 'create' },
	{ name: 'Create Attachments', value: 'create_attachment' },
	{ name: 'Delete', value: 'delete' },
	{ name: 'Delete Attachments', value: 'delete_attachment' },
	{ name: 'Edit', value: 'edit' },
	{ name: 'Edit Shared Records', value: 'edit_shared_records' },
] as const;

/** One module in the form, with its fields in the order of the decisions. */
const moduleFields = {
	module: oneOffered(
		{
			displayName: 'Module Name or ID',
			name: 'module',
			...offered('getModules', PERSONALITY),
			description: BY_EXPRESSION,
		},
		(given, at) => (given === PERSONALITY_MODULE ? given : asId(given, at)),
	),
	sharedType: choice({
		displayName: 'Shared Type',
		name: 'sharedType',
		default: 'private',
		options: [
			{ name: 'Private', value: 'private', description: 'Records of the user only' },
			{ name: 'Public', value: 'public', description: 'All records of the module' },
		],
		description: 'Whose records users see. A public module cannot be shared as private.',
	}),
	permissions: choices({
		displayName: 'Permissions',
		name: 'permissions',
		options: MODULE_PERMISSIONS,
		description: 'What users may do besides viewing, which Zoho always grants',
	}),
	layouts: texts(
		{
			displayName: 'Layout Names or IDs',
			name: 'layouts',
			...offered('getLayouts'),
			description: BY_EXPRESSIONS,
			hint: 'A private module needs at least one; if only one exists, a new user type gets it automatically',
		},
		asId,
	),
	view: optional(
		oneOffered(
			{
				displayName: 'View Name or ID',
				name: 'view',
				...offered('getViews'),
				description: BY_EXPRESSION,
				hint: 'The list that users start from',
			},
			asView,
		),
	),
	filter: optional(
		oneOffered(
			{
				displayName: 'Filter Name or ID',
				name: 'filter',
				...offered('getFilters'),
				description: BY_EXPRESSION,
				hint: 'The lookup field that links the records to the person',
			},
			asId,
		),
	),
	fields: texts(
		{
			displayName: 'Field Names or IDs',
			name: 'fields',
			...offered('getFields'),
			description: BY_EXPRESSIONS,
			hint: 'What users see and may change; mandatory fields are added',
		},
		asId,
	),
	readOnlyFields: texts(
		{
			displayName: 'Read-Only Field Names or IDs',
			name: 'readOnlyFields',
			...offered('getFields'),
			description: BY_EXPRESSIONS,
			hint: 'What users see but may not change',
		},
		asId,
	),
};

/** The first entry in the form of a new user type. */
export const personalityEntry = {
	...Object.fromEntries(
		Object.entries(moduleFields).map(([name, { property }]) => [name, property.default]),
	),
	module: PERSONALITY_MODULE,
};

/** The modules from the form. */
export function modules(preset: INodeProperties['default'] = {}) {
	return entries(
		{
			displayName: 'Modules',
			name: 'modulesUi',
			placeholder: 'Add Module',
			typeOptions: { multipleValues: true },
			default: preset,
			description: 'The personality module, Notes, and any module linked to them by a lookup',
			displayOptions: { show: { modulesMode: ['fields'] } },
		},
		{ displayName: 'Module', name: 'module' },
		moduleFields,
	);
}

export type ModulesForm = ReturnType<typeof modules>;

export const modulesJson = json({
	displayName: 'Modules (JSON)',
	name: 'modulesJson',
	description: 'An array of modules, or what "Get" returns for a user type',
	displayOptions: { show: { modulesMode: ['json'] } },
});

/** The ways to describe modules. */
export const WAYS = [
	{ name: 'Using Fields Below', value: 'fields' },
	{ name: 'Using JSON', value: 'json' },
] as const;

export const modulesMode = {
	displayName: 'Specify Modules',
	name: 'modulesMode',
	description: 'How to specify what users see of each module',
};
