import { isObject, noContent, objectIn, objectsIn, ok, refuse, without } from './answers';
import type { Answer, Json } from './answers';
import { guardPortals, inferred, missing } from './guards';
import type { ApiRequest } from './handler';
import type { Portal } from './world';

export function getPortals(request: ApiRequest): Answer {
	guardPortals('getPortals', request);
	const portals = [...request.world.portals.values()].map((portal) =>
		without(portal, 'saml_configuration'),
	);
	return portals.length > 0 ? ok({ portals }) : noContent;
}

export function getPortal(request: ApiRequest): Answer {
	guardPortals('getPortal', request);
	const portal = request.world.portals.get(request.params.portal);
	if (request.world.portals.size === 0) return noContent;
	if (!portal) throw refuse('getPortal', 'INVALID_DATA', 'unknown portal');
	const { saml_configuration = null } = portal;
	const provider = saml_configuration !== null && serviceProvider(portal);
	return ok({ portals: [{ ...portal, saml_configuration, ...provider }] });
}

/** The data of a portal with SAML for the identity provider. */
function serviceProvider({ name, saml_configuration }: Portal): Json {
	const host = `${name.toLowerCase()}.portal.example.test`;
	return {
		acs_url: `https://${host}/acs`,
		admin_zuid: 70000001,
		default_relay_state_url: `https://${host}/start`,
		issuer: host,
		single_logout_url: objectIn(saml_configuration).logout_url,
	};
}

export function createPortal(request: ApiRequest): Answer {
	guardPortals('createPortal', request);
	const [portal = {}] = objectsIn(request.body.portals);
	const name = checkName('createPortal', request, portal);
	const { world, switches } = request;
	if (!switches.secondPortal && world.portals.size > 0) {
		throw inferred('NOT_ALLOWED', {}, 'portal already exists', 'portals');
	}
	world.addPortal(name);
	return ok(done(request, name, 'Portal created successfully', ' with given name.'));
}

export function updatePortal(request: ApiRequest): Answer {
	guardPortals('updatePortal', request);
	const { world, params, body } = request;
	const portal = world.portals.get(params.portal);
	if (!portal) throw refuse('updatePortal', 'INVALID_DATA', 'resource_path_index');
	const [change = {}] = objectsIn(body.portals);
	const saml = samlIn(change);
	// A change of SAML alone needs no name, and the current name does not belong to another portal.
	const kept = change.name === params.portal || (saml && change.name === undefined);
	const name = kept ? params.portal : checkName('updatePortal', request, change);
	const { created_by, modified_by } = portal;
	const saml_configuration = saml && { active: true, ...saml, created_by, modified_by };
	world.portals.delete(params.portal);
	world.portals.set(name, { ...portal, ...(saml && { saml_configuration }), name });
	for (const userType of world.userTypes.values()) {
		if (userType.portal === params.portal) userType.portal = name;
	}
	return ok(done(request, name, 'Portal updated successfully', ''));
}

/** The SAML keys in the order in which they are checked, with their maximum lengths. */
const SAML: Array<[key: string, longest: number]> = [
	['login_url', 2048],
	['logout_url', 2048],
	['public_key', 5000],
];

/** The SAML configuration in a change: all of its keys, or none. */
function samlIn({ saml_configuration: given }: Json): Json | undefined {
	const id = 'updatePortal';
	if (given === undefined) return undefined;
	const at = (api_name: string) => ({
		api_name,
		json_path: `$.portals[0].saml_configuration.${api_name}`,
	});
	const wrong = (api_name: string, expected_data_type: string) =>
		refuse(id, 'INVALID_DATA', 'wrong type', { ...at(api_name), expected_data_type });
	if (!isObject(given)) {
		const json_path = '$.portals[0].saml_configuration';
		const details = { api_name: 'saml_configuration', json_path, expected_data_type: 'jsonobject' };
		throw refuse(id, 'INVALID_DATA', 'wrong type', details);
	}
	for (const [key, longest] of SAML) {
		const value = given[key];
		if (value === null) throw refuse(id, 'NOT_ALLOWED', '', at(key));
		if (value === undefined || value === '') {
			// No source has a text for the logout URL.
			const cause = key === 'logout_url' ? 'name missing' : `without ${key}`;
			throw refuse(id, 'MANDATORY_NOT_FOUND', cause, at(key));
		}
		if (typeof value !== 'string') throw wrong(key, 'text');
		if (value.length > longest) {
			const details = { ...at(key), maximum_length: longest };
			throw refuse(id, 'INVALID_DATA', 'longer than 30', details);
		}
	}
	if (given.active !== undefined && given.active !== true) throw wrong('active', 'boolean');
	return given;
}

function checkName(id: string, { world }: ApiRequest, { name }: Json): string {
	if (name === undefined) throw missing(id, '$.portals[0].name');
	if (typeof name !== 'string') throw refuse(id, 'INVALID_DATA', 'wrong type');
	if (name.length < 6) throw refuse(id, 'INVALID_DATA', 'shorter than 6');
	if (name.length > 30) throw refuse(id, 'INVALID_DATA', 'longer than 30');
	if (!/^[A-Za-z0-9]+$/.test(name)) throw refuse(id, 'PATTERN_NOT_MATCHED');
	if (world.portals.has(name) || name === 'TakenElsewhere') throw refuse(id, 'ALREADY_USED');
	return name;
}

function done({ switches }: ApiRequest, name: string, message: string, docsMore: string): Json {
	return {
		portals: [
			{
				code: 'SUCCESS',
				details: { name },
				message: switches.sources === 'docs' ? message + docsMore : message,
				status: 'success',
			},
		],
	};
}
