import { choice, optional } from '../../form/field';
import { pickedModule, pickedPeople } from '../../form/locator';
import { languages } from './languages';

/** The portal users that an item names. */
export const users = pickedPeople(
	{
		displayName: 'Users',
		name: 'personalityIds',
		builderHint: {
			propertyHint:
				'Use mode "email" for email addresses and mode "id" for IDs of CRM records. An expression on the input item is enough for many users; no loop is needed.',
		},
		description:
			'The portal users. Separate several with commas, or pass an array. IDs are the IDs of CRM records. Items with the same settings are sent in one call.',
		typeOptions: { loadOptionsDependsOn: ['portal.value', 'userType.value'] },
	},
	'searchPortalUsers',
);

/** The language of an invitation; undefined for the portal's own language. */
export const language = optional(
	choice({
		displayName: 'Language',
		name: 'language',
		default: '',
		options: languages,
		description: 'Language of the invitation',
	}),
);

/** The module of records to invite; undefined for the one of the user type. */
export const recordModule = optional(
	pickedModule(
		{
			displayName: 'Module',
			name: 'module',
			description:
				'The module of the records. Leave it empty to use the personality module of the user type.',
			typeOptions: { loadOptionsDependsOn: ['portal.value'] },
		},
		{ search: 'searchInvitedModules', empty: 'That of the user type' },
	),
);

/** The module of the invited records. */
export const invitedModule = pickedModule(
	{
		displayName: 'Module',
		name: 'module',
		required: true,
		description: 'The module of the records that were invited',
	},
	{ search: 'searchInvitedModules' },
);
