import { ok } from './answers';
import type { Answer } from './answers';
import type { ApiRequest } from './handler';
import { ORGANIZATION } from './organizationContract';

export function getOrganization({ world }: ApiRequest): Answer {
	return ok({ org: [{ ...ORGANIZATION, company_name: world.organization }] });
}
