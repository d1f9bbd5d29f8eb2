import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { errorData, ZohoApiError } from '../http/error';
import { oncePerRun } from '../http/once';
import { readPages } from '../http/paginate';
import { send } from '../http/request';
import type { ZohoRequest } from '../http/request';
import { USERS } from './scopes';

/** The call that lists the users of the organization in all states. */
export const ALL_USERS: ZohoRequest = {
	method: 'GET',
	path: '/users',
	query: { type: 'AllUsers' },
	scope: USERS.read,
};

/** The call that returns the user that a credential is connected as. */
export const CONNECTED_USER: ZohoRequest = {
	method: 'GET',
	path: '/users',
	query: { type: 'CurrentUser' },
	scope: USERS.read,
};

/** The user in the answer to `CONNECTED_USER`; an answer with several users proves nothing. */
export function connectedUserIn([user, ...others]: IDataObject[]): IDataObject | undefined {
	return others.length === 0 ? user : undefined;
}

/** ID of the user that the credential is connected as; undefined if it cannot be read. */
export const connectedUserId = oncePerRun(
	async (connection): Promise<unknown> =>
		await send(connection, CONNECTED_USER).then(
			({ rows }) => connectedUserIn(rows)?.id,
			() => undefined,
		),
);

/** All CRM users of the organization, 200 per call, because Zoho cannot search them by email. */
export const readCrmUsers = oncePerRun(
	async (connection): Promise<IDataObject[]> =>
		(await readPages(connection, ALL_USERS, Infinity)).filter(isCrmUser),
);

/**
 * Whether an entry of the list works in Zoho CRM. According to the filter `type__s` in Zoho's
 * OpenAPI file, the list may also contain portal users.
 */
export function isCrmUser({ type__s: type }: IDataObject): boolean {
	return type !== 'Client Portal User';
}

/** Whether a user was deleted. */
export function isGone({ status }: IDataObject): boolean {
	return status === 'deleted' || status === 'closed';
}

/** All CRM users, including deleted ones, by email address in lower case. */
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
 * The CRM user with an email address. Deleted users count only if nobody else has the address.
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
