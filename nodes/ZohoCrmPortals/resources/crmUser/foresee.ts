import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { isGone } from '../../zoho/crmUsers';
import { foreseeFields } from './foreseeFields';
import { unknownCrmUser } from './onCrmUsers';
import type { CrmUsers } from './onCrmUsers';
import type { Handover, Transfer } from './handover';

/** The reason why Zoho would refuse to change fields of a user, if it can be known in advance. */
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
	// Spelled with one L in Zoho's newest OpenAPI file.
	if (user.confirm === true) return errorData(400, 'EMAIL_UPDATE_NOT_ALOWED', { details: EMAIL });
	return isTaken(email, users, id) ? emailTaken() : undefined;
}

/** Codes that mean that a user already has a status. */
const ALREADY: Record<string, string> = {
	ID_ALREADY_ACTIVE: 'active',
	ID_ALREADY_DEACTIVATED: 'inactive',
};

/** Whether only the status was to be changed, and the user already has it. */
export function isAsAsked({ code }: ZohoErrorData, asked: IDataObject): boolean {
	const fields = Object.keys(asked).filter((name) => name !== 'id');
	return fields.join() === 'status' && ALREADY[code] === asked.status;
}

const EMAIL = { api_name: 'email' };

/** Whether a user other than the one with this ID has an email address. */
function isTaken(email: unknown, users: CrmUsers, id: unknown): boolean {
	const wanted = String(email).toLowerCase();
	return [...users.values()].some(
		(user) => user.id !== id && String(user.email).toLowerCase() === wanted,
	);
}

/** Zoho's error for an email address that another user has. */
export function emailTaken(): ZohoErrorData {
	return errorData(400, 'DUPLICATE_DATA', { details: { ...EMAIL, json_path: '$.users[0].email' } });
}

/**
 * The reason why Zoho would refuse to transfer the data of a user, if the list of users shows one.
 */
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
