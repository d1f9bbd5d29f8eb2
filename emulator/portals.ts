import { noContent, objectsIn, ok, refuse, without } from './answers';
import type { Answer, Json } from './answers';
import { guardPortals, inferred, missing } from './guards';
import type { ApiRequest } from './handler';

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
	return ok({ portals: [{ saml_configuration: null, ...portal }] });
}

export function createPortal(request: ApiRequest): Answer {
	guardPortals('createPortal', request);
	const [portal = {}] = objectsIn(request.body.portals);
	const name = checkName('createPortal', request, portal);
	const { world, behaviour } = request;
	if (!behaviour.secondPortal && world.portals.size > 0) {
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
	const saml = change.saml_configuration as Json | undefined;
	if (saml && !saml.login_url)
		throw refuse('updatePortal', 'MANDATORY_NOT_FOUND', 'without login_url');
	if (saml && !saml.public_key)
		throw refuse('updatePortal', 'MANDATORY_NOT_FOUND', 'without public_key');
	const name = checkName('updatePortal', request, change);
	world.portals.delete(params.portal);
	const { created_by, modified_by } = portal;
	const saml_configuration = saml && { active: true, ...saml, created_by, modified_by };
	world.portals.set(name, { ...portal, ...(saml && { saml_configuration }), name });
	for (const userType of world.userTypes.values()) {
		if (userType.portal === params.portal) userType.portal = name;
	}
	return ok(done(request, name, 'Portal updated successfully', ''));
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

function done({ behaviour }: ApiRequest, name: string, message: string, docsMore: string): Json {
	return {
		portals: [
			{
				code: 'SUCCESS',
				details: { name },
				message: behaviour.sources === 'docs' ? message + docsMore : message,
				status: 'success',
			},
		],
	};
}
