import type { FastifyRequest } from 'fastify';

import { errorAnswer, Refusal } from './answers';
import { commonError } from './contract';
import type { Accounts } from './oauth';
import { covers, namedIn } from './scopes';
import type { World } from './world';

/**
 * Accepts a request if its token has one of the scopes (or any token if there are none), and one of
 * the additional scopes if the operation has any.
 *
 * @throws Refusal otherwise, with Zoho's error
 */
export function authorize(
	accounts: Accounts,
	world: World,
	{ headers, params }: FastifyRequest,
	scopes: string[],
	alsoScopes: string[] = [],
): void {
	const [, token = ''] =
		/^(?:Bearer|Zoho-oauthtoken) (.+)$/.exec(headers.authorization ?? '') ?? [];
	if (token === '') throw new Refusal(errorAnswer(commonError('AUTHENTICATION_FAILURE')));
	const granted = accounts.scopesOf(token);
	if (!granted) throw new Refusal(errorAnswer(commonError('INVALID_TOKEN')));
	// An address that cannot be decoded has no parameters.
	const { module = '' } = (params ?? {}) as Record<string, string>;
	const holds = (any: string[]) => {
		const wanted = any.flatMap((scope) => namedIn(world, scope, module));
		return wanted.length === 0 || wanted.some((scope) => granted.some((one) => covers(one, scope)));
	};
	if (!holds(scopes) || !holds(alsoScopes)) {
		throw new Refusal(errorAnswer(commonError('OAUTH_SCOPE_MISMATCH')));
	}
}
