import { CUSTOM, isTrusted, siteOf } from '../../nodes/ZohoCrmPortals/transport/dataCenter';
import { Stopped } from './stopped';

/** The accounts server of a data center. */
export function accountsOriginOf(dataCenter: string): string {
	return `https://accounts.${siteOf(dataCenter)}`;
}

/** The API of a data center, where the token does not name it. */
export function usualApiOrigin(dataCenter: string): string {
	return `https://www.zohoapis.${dataCenter}`;
}

/**
 * The API's origin as a token's answer names it.
 *
 * @param apiDomain `api_domain` of that answer
 * @param usual the one to call where the answer names none
 * @throws Stopped where the token would leave the data center
 */
export function apiOriginOf(apiDomain: unknown, dataCenter: string, usual: string): string {
	if (typeof apiDomain !== 'string' || apiDomain === usual) return usual;
	const inside = dataCenter !== CUSTOM && apiDomain.endsWith(`.zohoapis.${dataCenter}`);
	if (inside && isTrusted(apiDomain, dataCenter)) return apiDomain;
	throw new Stopped('The token is for another API than that of the data center; nothing was sent.');
}
