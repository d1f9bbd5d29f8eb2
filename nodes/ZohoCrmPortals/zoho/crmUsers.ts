import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { errorData, ZohoApiError } from '../http/error';
import { oncePerRun } from '../http/once';
import { readPages } from '../http/paginate';
import { send } from '../http/request';
import type { ZohoRequest } from '../http/request';
import { USERS } from './scopes';

/** The call that lists the users of the organization in every state. */
export const ALL_USERS: ZohoRequest = {
	method: 'GET',
	path: '/users',
	query: { type: 'AllUsers' },
	scope: USERS.read,
};

/** The call that tells which user a credential is connected as. */
export const CONNECTED_USER: ZohoRequest = {
	method: 'GET',
	path: '/users',
	query: { type: 'CurrentUser' },
	scope: USERS.read,
};

/** ID of the user that the credential is connected as; undefined where that cannot be read. */
export const connectedUserId = oncePerRun(
	async (connection): Promise<unknown> =>
		await send(connection, CONNECTED_USER).then(
			({ rows: [user] }) => user?.id,
			() => undefined,
		),
);

/** All CRM users of the organization: 200 a call, since Zoho cannot search them by email. */
export const readCrmUsers = oncePerRun(
	async (connection): Promise<IDataObject[]> =>
		(await readPages(connection, ALL_USERS, Infinity)).filter(isCrmUser),
);

/**
 * Whether an entry of the list works in Zoho CRM. Going by the filter `type__s` of Zoho's OpenAPI
 * file, portal users may be in the list as well.
 */
export function isCrmUser({ type__s: type }: IDataObject): boolean {
	return type !== 'Client Portal User';
}

/** Whether a user has left for good. */
export function isGone({ status }: IDataObject): boolean {
	return status === 'deleted' || status === 'closed';
}

/** All CRM users, those who have left as well, by email address in lower case. */
export const crmUsersByEmail = oncePerRun(
	async (connection): Promise<Map<string, IDataObject[]>> => {
		const all = new Map<string, IDataObject[]>();
		for (const user of await readCrmUsers(connection)) {
			const key = String(user.email).toLowerCase();
			const sharing = all.get(key);
			if (sharing) sharing.push(user);
			else all.set(key, [user]);
		}
		return all;
	},
);

/**
 * The CRM user with an email address. Users who have left count only if nobody else has it.
 *
 * @param email in lower case
 * @throws ZohoApiError with NOT_FOUND or AMBIGUOUS, or if the users cannot be read
 */
export async function crmUserWith(connection: Connection, email: string): Promise<IDataObject> {
	const sharing = (await crmUsersByEmail(connection)).get(email) ?? [];
	const present = sharing.filter((user) => !isGone(user));
	const candidates = present.length > 0 ? present : sharing;
	const [user] = candidates;
	if (candidates.length === 1) return user;
	if (user) {
		const found = candidates.map(({ id, full_name, status }) => ({ id, full_name, status }));
		throw new ZohoApiError(errorData(0, 'AMBIGUOUS', { details: { crm_user: email, found } }));
	}
	const users = (await readCrmUsers(connection)).length;
	throw new ZohoApiError(errorData(0, 'NOT_FOUND', { details: { crm_user: email, users } }));
}
