import type { IDataObject } from 'n8n-workflow';

import { oncePerRun } from './once';
import { readPages } from './paginate';
import type { ZohoRequest } from './request';
import { USERS } from './scopes';

/** The call that lists the users of the organization, whatever state they are in. */
export const ALL_USERS: ZohoRequest = {
	method: 'GET',
	path: '/users',
	query: { type: 'AllUsers' },
	scope: USERS.read,
};

/** All CRM users of the organization: 200 a call, since Zoho cannot be asked for an e-mail. */
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
