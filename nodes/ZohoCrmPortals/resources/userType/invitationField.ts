import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { optionalMetadata } from '../../zoho/metadata';

/**
 * The field that invitations are sent to: the email field of the personality module. Zoho's OpenAPI
 * file requires it for a new user type, while its documentation does not mention it. Therefore it
 * is left out if the fields of the module cannot be read.
 */
export async function invitationField(
	connection: Connection,
	personality: string,
): Promise<{ invitation_field?: IDataObject }> {
	const fields = await optionalMetadata(connection, 'fields', personality);
	const emails = fields.filter((field) => field.data_type === 'email');
	const field = emails.find(({ api_name }) => api_name === 'Email') ?? emails[0];
	return field ? { invitation_field: { id: field.id, api_name: field.api_name } } : {};
}
