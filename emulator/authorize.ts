import type { FastifyRequest } from 'fastify';

import { errorAnswer, Refusal } from './answers';
import { commonError } from './contract';
import type { Accounts } from './oauth';
import { covers } from './scopes';

/**
 * Lets a request pass whose token is good for one of these scopes, or for anything where there are
 * none.
 *
 * @throws Refusal as Zoho refuses it otherwise
 */
export function authorize(accounts: Accounts, { headers }: FastifyRequest, scopes: string[]): void {
	const [, token = ''] =
		/^(?:Bearer|Zoho-oauthtoken) (.+)$/.exec(headers.authorization ?? '') ?? [];
	if (token === '') throw new Refusal(errorAnswer(commonError('AUTHENTICATION_FAILURE')));
	const granted = accounts.scopesOf(token);
	if (!granted) throw new Refusal(errorAnswer(commonError('INVALID_TOKEN')));
	const allowed = scopes.some((scope) => granted.some((one) => covers(one, scope)));
	if (scopes.length > 0 && !allowed) {
		throw new Refusal(errorAnswer(commonError('OAUTH_SCOPE_MISMATCH')));
	}
}
