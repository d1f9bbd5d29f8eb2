import type { IDataObject } from 'n8n-workflow';

import { send } from '../../transport/send';
import type { Connection, ZohoRequest } from '../../transport/send';

/**
 * Names the field that invitations are sent to, the email field of the personality module. Zoho's
 * OpenAPI file demands it of a new user type, its documentation does not mention it: where the
 * fields of the module cannot be read, it is left out.
 */
export async function withInvitationField(
	request: ZohoRequest,
	connection: Connection,
): Promise<ZohoRequest> {
	const [userType] = (request.body as { user_type: IDataObject[] }).user_type;
	const { api_name: module } = userType.personality_module as { api_name: string };
	const field = await emailField(connection, module).catch(() => undefined);
	if (!field) return request;
	const invitation_field = { id: field.id, api_name: field.api_name };
	return { ...request, body: { user_type: [{ ...userType, invitation_field }] } };
}

async function emailField(
	connection: Connection,
	module: string,
): Promise<IDataObject | undefined> {
	const { rows } = await send(connection, {
		method: 'GET',
		path: '/settings/fields',
		query: { module },
	});
	const emails = rows.filter((field) => field.data_type === 'email');
	return emails.find(({ api_name }) => api_name === 'Email') ?? emails[0];
}
