import { errorAnswer, objectIn, objectsIn, Refusal, refuse } from './answers';
import type { Json } from './answers';
import type { ApiRequest } from './handler';
import type { Portal, UserType } from './world';

const PORTAL_PERMISSION = 'Crm_Implied_Manage_ClientPortal';
const PORTAL_USERS_PERMISSION = 'Crm_Implied_Manage_ClientPortal_Users';

/** The checks of every call about portals. */
export function guardPortals(id: string, { switches }: ApiRequest): void {
	if (switches.environment === 'sandbox') throw refuse(id, 'API_NOT_SUPPORTED', 'sandbox org');
	if (switches.lacking.includes(PORTAL_PERMISSION)) throw refuse(id, 'NO_PERMISSION');
}

/** The checks of every call about user types; returns the portal. */
export function guardUserTypes(id: string, request: ApiRequest): Portal {
	const { switches, world, params } = request;
	if (switches.portalUserToken) throw refuse(id, 'API_NOT_SUPPORTED', 'portal user');
	if (switches.unsupportedDomain) throw refuse(id, 'API_NOT_SUPPORTED', 'data center');
	guardPortals(id, request);
	const portal = world.portals.get(params.portal);
	if (!portal) throw refuse(id, 'INVALID_DATA', '{portal} unknown');
	return portal;
}

/** The checks of every call about portal users; returns the user type. */
export function guardPortalUsers(id: string, request: ApiRequest): UserType {
	const { switches, world, params } = request;
	if (switches.environment === 'sandbox') throw refuse(id, 'API_NOT_SUPPORTED', 'sandbox org');
	if (switches.lacking.includes(PORTAL_USERS_PERMISSION)) throw refuse(id, 'NO_PERMISSION');
	if (!world.portals.has(params.portal)) {
		throw refuse('getPortalUserTypes', 'INVALID_DATA', '{portal} unknown');
	}
	return userTypeOf(request);
}

/** The checks of every write to CRM users. In sandboxes, each operation has its own code. */
export function guardUsers(id: string, { switches }: ApiRequest, sandboxCode: string): void {
	if (switches.lacking.includes('Crm_Implied_Manage_Users')) throw refuse(id, 'NO_PERMISSION');
	if (switches.environment === 'sandbox') throw refuse(id, sandboxCode, 'sandbox');
}

/** The user type in the path. Its refusal is documented for reading a user type only. */
export function userTypeOf({ world, params }: ApiRequest): UserType {
	const userType = world.userTypes.get(params.user_type_id);
	if (!userType || userType.portal !== params.portal) {
		throw refuse('getPortalUserType', 'INVALID_DATA', 'user type id unknown');
	}
	return userType;
}

/** An error that no source documents, but that Zoho can be expected to return. */
export function inferred(
	code: string,
	details: Json,
	message = code,
	wrapper: string | null = null,
): Refusal {
	return new Refusal(
		errorAnswer({
			http: 400,
			code,
			wrapper,
			details,
			message,
			when: 'not documented',
			basis: 'inferred',
		}),
	);
}

/** Fills in the placeholders of a documented template for a key of the body. */
export function missing(id: string, json_path: string): Refusal {
	return refuse(id, 'MANDATORY_NOT_FOUND', '', placeOf(json_path));
}

/** The single object of a body that accepts exactly one. */
export function oneOf(id: string, body: Json, key: string): Json {
	const [given, ...others] = listIn(body, key);
	if (others.length > 0) {
		const at = { maximum_length: 1, api_name: key, json_path: `$.${key}` };
		throw refuse(id, 'INVALID_DATA', 'more than one', at);
	}
	return given;
}

/** The most objects in a list of a bulk call. */
const MOST = 100;

/**
 * The objects in a list of a bulk call, at least one. Any other value in the list counts as an
 * object without keys.
 *
 * @param wrong the refusal of a value
 */
export function bulkOf(
	id: string,
	list: unknown,
	json_path: string,
	wrong: (json_path: string) => Refusal,
): Json[] {
	if (!Array.isArray(list) || list.length === 0) throw missing(id, json_path);
	if (list.length > MOST) throw wrong(json_path);
	return list.map(objectIn);
}

/** The details of an error in a body. */
export function placeOf(json_path: string): { api_name: string; json_path: string } {
	return { api_name: json_path.replace(/^.*\./, ''), json_path };
}

/** The objects under a key of a body, at least one. */
export function listIn(body: Json, key: string): [Json, ...Json[]] {
	const [first, ...others] = objectsIn(body[key]);
	if (first) return [first, ...others];
	// Documented for some calls, and assumed to be the same for all.
	const details = { api_name: key, json_path: `$.${key}` };
	throw inferred('MANDATORY_NOT_FOUND', details, 'required field not found', key);
}
