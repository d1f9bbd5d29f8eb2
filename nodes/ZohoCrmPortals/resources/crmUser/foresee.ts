import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { isGone } from '../../zoho/crmUsers';
import { foreseeFields } from './foreseeFields';
import { unknownCrmUser } from './onCrmUsers';
import type { CrmUsers } from './onCrmUsers';
import type { Handover, Transfer } from './handover';

/** Why Zoho would refuse to change fields of a user, as far as that can be known. */
export async function foreseeUpdate(
	fields: IDataObject,
	user: IDataObject | undefined,
	users: CrmUsers,
	connection: Connection,
): Promise<ZohoErrorData | undefined> {
	if (!user) return unknownCrmUser();
	if (isGone(user)) return errorData(400, 'CANNOT_UPDATE_DELETED_USER');
	return (await foreseeFields(connection, fields)) ?? foreseeUserChange(fields, user, users);
}

function foreseeUserChange(
	{ status, email }: IDataObject,
	user: IDataObject,
	users: CrmUsers,
): ZohoErrorData | undefined {
	const { id } = user;
	if (status === 'active' && user.status === 'active') {
		return errorData(400, 'ID_ALREADY_ACTIVE', { details: { id } });
	}
	if (status === 'inactive' && user.status === 'inactive') {
		return errorData(400, 'ID_ALREADY_DEACTIVATED', { details: { id } });
	}
	if (email === undefined) return undefined;
	// With one L in Zoho's newest OpenAPI file.
	if (user.confirm === true) return errorData(400, 'EMAIL_UPDATE_NOT_ALOWED', { details: EMAIL });
	return isTaken(email, users, id) ? emailTaken() : undefined;
}

/** Codes that say that a user has a status already. */
const ALREADY: Record<string, string> = {
	ID_ALREADY_ACTIVE: 'active',
	ID_ALREADY_DEACTIVATED: 'inactive',
};

/** Whether nothing was asked but the status that the user has already. */
export function isAsAsked({ code }: ZohoErrorData, asked: IDataObject): boolean {
	const fields = Object.keys(asked).filter((name) => name !== 'id');
	return fields.join() === 'status' && ALREADY[code] === asked.status;
}

const EMAIL = { api_name: 'email' };

/** Whether another user than the one with this ID has an email address. */
function isTaken(email: unknown, users: CrmUsers, id: unknown): boolean {
	const wanted = String(email).toLowerCase();
	return [...users.values()].some(
		(user) => user.id !== id && String(user.email).toLowerCase() === wanted,
	);
}

/** What Zoho says of an email address that another user has. */
export function emailTaken(): ZohoErrorData {
	return errorData(400, 'DUPLICATE_DATA', { details: { ...EMAIL, json_path: '$.users[0].email' } });
}

/** Why Zoho would refuse to hand over from a user, as far as the list of users tells. */
export function foreseeTransfer(
	kind: Transfer,
	{ targetUser, targetManager }: Handover,
	user: IDataObject | undefined,
	users: CrmUsers,
): ZohoErrorData | undefined {
	if (!user || isGone(user)) {
		const details = { resource_path_index: 1, owner_status: user?.status ?? 'not_crm_user' };
		return errorData(400, 'INVALID_DATA', { details });
	}
	for (const [field, id] of [
		['transfer', targetUser],
		['move_subordinate', targetManager],
	]) {
		const status = id === undefined ? 'active' : (users.get(id)?.status ?? 'no_crm_user');
		if (status === 'active') continue;
		const place = { api_name: 'id', json_path: `$.${kind}.${field}.id`, owner_status: status };
		return errorData(400, 'INVALID_DATA', { details: place });
	}
	return undefined;
}
