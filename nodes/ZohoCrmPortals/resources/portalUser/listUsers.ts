import type { ZohoRequest } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';

/** A look at the first user of the user type that a request is about. */
export function listUsers({ path }: ZohoRequest): ZohoRequest {
	return {
		method: 'GET',
		scope: CLIENT_PORTAL.read,
		path: path.replace(/\/users\/.*$/, '/users'),
		query: { type: 'AllUsers', page: 1, per_page: 1 },
	};
}
