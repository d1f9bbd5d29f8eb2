import type { IDataObject } from 'n8n-workflow';

import { collection } from '../../form/collection';
import { asText, choice, isEmpty, json, text } from '../../form/field';
import type { Field, ValuesOf } from '../../form/field';
import { crmUsers, pickedById, pickedCrmUser } from '../../form/locator';
import { isObject } from '../../http/exactJson';
import { option, options } from '../fields';

/** A user of the Zoho CRM organization (an employee, not a portal user). */
export const crmUser = pickedCrmUser(
	{
		displayName: 'User',
		name: 'user',
		required: true,
		description: 'The user of your Zoho CRM organization',
	},
	'searchCrmUsers',
);

/** The same field, but an expression may return several IDs. */
export const crmUserList = crmUsers(crmUser);

/** Options of operations that write users one at a time. */
export const settings = options({ concurrency: option.concurrency, dryRun: option.dryRun });

/** Options of operations that start a job. */
export const jobSettings = options({
	concurrency: option.concurrency,
	dryRun: option.dryRun,
	jobTimeout: option.jobTimeout,
	waitForJob: option.waitForJob,
});

/** Options of operations that read. */
export const readingOptions = options({ concurrency: option.concurrency });

/** The position of a user in the hierarchy. */
export const role = pickedById(
	{
		displayName: 'Role',
		name: 'role',
		description:
			'The position of the user in the hierarchy, which decides whose records the user sees',
	},
	'searchRoles',
);

/** The permissions of a user. */
export const profile = pickedById(
	{ displayName: 'Profile', name: 'profile', description: 'The permissions of the user' },
	'searchProfiles',
);

/** Text that must not be empty. */
export function textField(displayName: string, name: string, description: string): Field<string> {
	return text({ displayName, name, description });
}

/** A text field of a user. An empty text clears it: it is sent as null, as Zoho requires. */
function clearable(displayName: string, name: string, description: string): Field<string | null> {
	const { property } = textField(displayName, name, description);
	return {
		property,
		check: (given, at) => {
			if (typeof given === 'string' && given.trim() === '') return null;
			if (isEmpty(given)) throw at.invalid('is empty', 'Enter an empty text to clear the field.');
			return asText(given, at);
		},
	};
}

/** Any fields of a user, by Zoho's names. */
const otherFields = json({
	displayName: 'Other Fields (JSON)',
	name: 'otherFields',
	default: '{}',
	description:
		'Any other field of a user by its API name, custom fields included: {"locale": "en_US"}',
});

/** Fields that can be set when a user is created or updated, with Zoho's names. */
const crmUserFields = {
	alias: clearable('Alias', 'alias', 'Short name of the user'),
	city: clearable('City', 'city', 'City of the address'),
	country: clearable('Country', 'country', 'Country of the address'),
	dob: clearable('Date of Birth', 'dob', 'As year, month and day: 1990-12-31'),
	fax: clearable('Fax', 'fax', 'Fax number'),
	mobile: clearable('Mobile', 'mobile', 'Mobile phone number'),
	otherFields: {
		...otherFields,
		check: (given, at) => {
			const value = otherFields.check(given, at);
			if (isObject(value)) return value;
			throw at.invalid('is not a JSON object');
		},
	} satisfies Field<IDataObject>,
	phone: clearable('Phone', 'phone', 'Phone number'),
	Reporting_To: pickedCrmUser(
		{
			displayName: 'Reporting To',
			name: 'Reporting_To',
			description: 'The manager of the user; the feature must be turned on in Zoho CRM',
		},
		'searchActiveCrmUsers',
	),
	state: clearable('State', 'state', 'State or region of the address'),
	street: clearable('Street', 'street', 'Street of the address'),
	website: clearable('Website', 'website', 'Address of a website'),
	zip: clearable('ZIP', 'zip', 'Postal code of the address'),
};

/** Optional fields of a new user. */
export const additionalFields = collection(
	{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
	crmUserFields,
);

/** Fields that can be changed, sorted by name. */
const changeableFields = {
	...crmUserFields,
	email: textField(
		'Email',
		'email',
		'New email address; only that of an unconfirmed user can be changed',
	),
	first_name: textField('First Name', 'first_name', 'New first name'),
	last_name: clearable('Last Name', 'last_name', 'New last name'),
	profile,
	role,
	status: choice({
		displayName: 'Status',
		name: 'status',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'Inactive', value: 'inactive' },
		],
		description: 'Whether the user can log in to Zoho CRM; an inactive user cannot',
	}),
};

export const updateFields = collection(
	{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
	byLabel(changeableFields),
);

/** The same fields, sorted by label. */
function byLabel<F extends Record<string, Pick<Field<unknown>, 'property'>>>(fields: F): F {
	const label = ([, { property }]: [string, Pick<Field<unknown>, 'property'>]) =>
		property.displayName;
	const sorted = Object.entries(fields).sort((a, b) => label(a).localeCompare(label(b)));
	return Object.fromEntries(sorted) as F;
}

/** Fields in the form that Zoho accepts. */
export function toCrmUserFields(added: Partial<ValuesOf<typeof changeableFields>>): IDataObject {
	const { Reporting_To: manager, otherFields: others, ...fields } = added;
	return {
		...fields,
		...(manager !== undefined && { Reporting_To: { id: manager } }),
		...others,
	};
}

/** Which users to return or count. */
export const crmUserFilters = collection(
	{ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' },
	{
		type: choice({
			displayName: 'Type',
			name: 'type',
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
		}),
	},
);
