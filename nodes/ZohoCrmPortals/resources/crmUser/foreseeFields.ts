import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { isObject } from '../../http/exactJson';
import { permittedMetadata } from '../../zoho/metadata';

/** Zoho's errors for a role or profile that the organization does not have. */
const UNKNOWN: Array<[field: string, list: 'profiles' | 'roles', details: IDataObject]> = [
	['role', 'roles', { expected_data_type: 'Valid userid should be given' }],
	['profile', 'profiles', { api_name: 'profile', json_path: '$.users[0].profile' }],
];

/**
 * The reason why Zoho would refuse these fields for any user: the role or profile does not exist,
 * or two separators are the same. Roles and profiles are read once per run, if an item names one.
 * Without the scope to read them, they are not checked, and `missingScopes` reports the scope.
 *
 * @throws ZohoApiError if they cannot be read
 */
export async function foreseeFields(
	connection: Connection,
	fields: IDataObject,
): Promise<ZohoErrorData | undefined> {
	for (const [field, list, details] of UNKNOWN) {
		const id = givenId(fields[field]);
		if (id === undefined) continue;
		const known = await permittedMetadata(connection, list);
		if (known.length > 0 && known.every((one) => String(one.id) !== id)) {
			return errorData(400, 'INVALID_DATA', { details });
		}
	}
	const { number_separator: number, decimal_separator: decimal } = fields;
	if (!number || number !== decimal) return undefined;
	const at = { api_name: 'decimal_separator', json_path: '$.users[0].decimal_separator' };
	return errorData(400, 'MAPPING_MISMATCH', { details: at });
}

/** Zoho accepts the ID of a role as text or in an object. */
function givenId(value: unknown): string | undefined {
	const id = isObject(value) ? value.id : value;
	return id === undefined || id === null ? undefined : String(id);
}
