import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { dataOf, ZohoApiError } from '../../http/error';
import { missingScopes } from '../../zoho/metadata';
import { writeRow } from '../../http/request';
import type { ZohoRequest } from '../../http/request';

/**
 * Writes a user type. If the credential lacks the scopes to look up details that Zoho requires, the
 * user type is sent unchanged, and the output or the error names these scopes.
 *
 * @param id the user type, if it exists already
 * @throws ZohoApiError
 */
export async function writeUserType(
	connection: Connection,
	request: ZohoRequest,
	userType: IDataObject,
	id?: string,
): Promise<{ row: IDataObject; lacking: IDataObject }> {
	const lacking = missingScopes(connection);
	const body = { user_type: [userType] };
	const row = await writeRow(connection, { ...request, body }, id).catch((error) => {
		const data = dataOf(error);
		throw new ZohoApiError({ ...data, details: { ...data.details, ...lacking } });
	});
	return { row, lacking };
}
