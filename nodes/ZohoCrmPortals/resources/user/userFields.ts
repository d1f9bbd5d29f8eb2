import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isObject } from '../../transport/exactJson';
import type { ItemParameters } from '../../execution/parameters';
import { pickedById, pickedCrmUser } from '../fields';

/** A parameter that takes text. */
export function textField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', description };
}

/** Picks a role of the organization. */
export const roleLocator: INodeProperties = {
	displayName: 'Role',
	name: 'role',
	...pickedById('searchRoles'),
	description: 'The place of the user in the hierarchy, which decides whose records are seen',
};

/** Picks a profile of the organization. */
export const profileLocator: INodeProperties = {
	displayName: 'Profile',
	name: 'profile',
	...pickedById('searchProfiles'),
	description: 'The permissions of the user',
};

/** Fields that may be set when a user is created and when one is updated, named as Zoho does. */
export const userFields: INodeProperties[] = [
	textField('Alias', 'alias', 'Short name of the user'),
	textField('City', 'city', 'City of the address'),
	textField('Country', 'country', 'Country of the address'),
	textField('Date of Birth', 'dob', 'As year, month and day: 1990-12-31'),
	textField('Fax', 'fax', 'Fax number'),
	textField('Mobile', 'mobile', 'Mobile phone number'),
	{
		displayName: 'Other Fields (JSON)',
		name: 'otherFields',
		type: 'json',
		default: '{}',
		description:
			'Any other field of a user by its API name, custom fields included: {"locale": "en_US"}',
	},
	textField('Phone', 'phone', 'Phone number'),
	{
		displayName: 'Reporting To',
		name: 'Reporting_To',
		...pickedCrmUser('searchActiveUsers'),
		description: 'The manager of the user; needs the feature to be switched on in Zoho CRM',
	},
	textField('State', 'state', 'State or region of the address'),
	textField('Street', 'street', 'Street of the address'),
	textField('Website', 'website', 'Address of a website'),
	textField('ZIP', 'zip', 'Postal code of the address'),
];

const unsorted: INodeProperties[] = [
	...userFields,
	textField('Email', 'email', 'New email address; Zoho changes that of unconfirmed users only'),
	textField('First Name', 'first_name', 'New first name'),
	textField('Last Name', 'last_name', 'New last name'),
	profileLocator,
	roleLocator,
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		default: 'active',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'Inactive', value: 'inactive' },
		],
		description: 'Whether the user can log in to Zoho CRM; an inactive user cannot',
	},
];

/** Fields that may be changed, in the order of their names. */
export const changeableFields = unsorted.sort((a, b) => a.displayName.localeCompare(b.displayName));

/** Fields out of a collection as Zoho takes them; an empty text clears what may be empty. */
export function readFields(item: ItemParameters, fields: IDataObject): IDataObject {
	const { email, first_name, role, profile, Reporting_To, otherFields, ...texts } = fields;
	const others = item.json('otherFields', otherFields ?? {});
	if (!isObject(others)) throw item.invalid('otherFields', 'is not a JSON object');
	return {
		...Object.fromEntries(
			Object.entries(texts).map(([key, value]) => [key, value === '' ? null : value]),
		),
		...(email !== undefined && { email: item.checked('email', email) }),
		...(first_name !== undefined && { first_name: item.checked('first_name', first_name) }),
		...(role !== undefined && { role: item.checked('role', role) }),
		...(profile !== undefined && { profile: item.checked('profile', profile) }),
		...(Reporting_To !== undefined && {
			Reporting_To: { id: item.checked('Reporting_To', Reporting_To) },
		}),
		...others,
	};
}
