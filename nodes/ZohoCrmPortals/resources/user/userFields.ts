import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isObject } from '../../transport/answer';
import type { Item } from '../../transport/item';
import { pickedById } from '../fields';

function text(displayName: string, name: string, description: string): INodeProperties {
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
	text('Alias', 'alias', 'Short name of the user'),
	text('City', 'city', 'City of the address'),
	text('Country', 'country', 'Country of the address'),
	text('Date of Birth', 'dob', 'As year, month and day: 1990-12-31'),
	text('Fax', 'fax', 'Fax number'),
	text('Mobile', 'mobile', 'Mobile phone number'),
	{
		displayName: 'Other Fields (JSON)',
		name: 'otherFields',
		type: 'json',
		default: '{}',
		description:
			'Any other field of a user by its API name, custom fields included: {"locale": "en_US"}',
	},
	text('Phone', 'phone', 'Phone number'),
	{
		displayName: 'Reporting To',
		name: 'Reporting_To',
		...pickedById('searchUsers'),
		description: 'The manager of the user; needs the feature to be switched on in Zoho CRM',
	},
	text('State', 'state', 'State or region of the address'),
	text('Street', 'street', 'Street of the address'),
	text('Website', 'website', 'Address of a website'),
	text('ZIP', 'zip', 'Postal code of the address'),
];

const unsorted: INodeProperties[] = [
	...userFields,
	text('Email', 'email', 'New email address; Zoho changes that of unconfirmed users only'),
	text('First Name', 'first_name', 'New first name'),
	text('Last Name', 'last_name', 'New last name'),
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
export function readFields(item: Item, fields: IDataObject): IDataObject {
	const { email, first_name, role, profile, Reporting_To, otherFields, ...texts } = fields;
	const others = item.json('otherFields', otherFields ?? {});
	if (!isObject(others)) throw item.refuse('otherFields', 'is not a JSON object');
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
