import type { ZohoRequest } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';

/** A request for the first user of the user type in the path of another request. */
export function listUsers({ path }: ZohoRequest): ZohoRequest {
	return {
		method: 'GET',
		scope: CLIENT_PORTAL.read,
		path: path.replace(/\/users\/.*$/, '/users'),
		query: { type: 'AllUsers', page: 1, per_page: 1 },
	};
}
