import { MOST_FIELDS } from '../zoho/records';
import { asText, texts } from './field';
import type { Field, Place } from './field';

const API_NAMES = 'API names look like Account_Name or Owner. Choose them from the list.';

const fields = texts(
	{
		displayName: 'Record Field Names or IDs',
		name: 'recordFields',
		typeOptions: {
			loadOptionsMethod: 'getRecordFields',
			loadOptionsDependsOn: ['portal.value', 'userType.value'],
		},
		description:
			'The fields of the CRM records to return under "record". This needs one call for every 100 users, and a scope for reading the records. Choose from the list, or specify API names using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	asApiName,
);

/** Fields of the CRM record of each person, by API name; at least one. */
export const recordFields: Field<string[]> = {
	...fields,
	check: (given, at) => {
		const names = fields.check(given, at);
		if (names.length === 0) throw at.invalid('is empty', API_NAMES);
		if (names.length > MOST_FIELDS) {
			throw at.invalid(
				`has ${names.length} fields`,
				`Zoho returns at most ${MOST_FIELDS} fields of a record. Choose fewer.`,
			);
		}
		return names;
	},
};

function asApiName(given: unknown, at: Place): string {
	const name = asText(given, at);
	if (/^\$?[A-Za-z]\w*$/.test(name)) return name;
	throw at.invalid(`is "${name}", which is not the API name of a field`, API_NAMES);
}
