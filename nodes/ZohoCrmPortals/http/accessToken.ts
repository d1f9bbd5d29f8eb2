import { CREDENTIAL } from './credential';
import type { ZohoCredential } from './credential';
import type { AccessToken, Connection } from './connection';
import { errorData } from './error';
import type { ZohoErrorData } from './error';

/** What stands in the way of a new access token. */
interface TokenFailure {
	error: ZohoErrorData;
	/** Set when the accounts server did not say no, but nothing: that may pass. */
	passing?: true;
}

/** What the thrown error of n8n's OAuth client may hold. */
interface OAuthError {
	code?: string;
	message?: string;
	status?: number;
	body?: { error?: string };
	response?: { status?: number };
}

/** What came of a renewal: the token to go on with, or what stands in the way of one. */
export type Renewal = { token: AccessToken } | { failure: TokenFailure };

type TokenData = NonNullable<ZohoCredential['oauthTokenData']>;

/** One renewal at a time for a credential, over all executions of this process. */
const renewals = new Map<string, Promise<Renewal>>();

/**
 * Has n8n renew the access token that Zoho did not take, unless that has happened since.
 *
 * n8n renews by itself where a call throws a 401. The calls of this package have every status
 * returned, because n8n-workflow before 2.34 loses the body of what is thrown, and because Zoho
 * says 401 also for a scope that is missing, which no new token mends.
 *
 * @param refused the access token of the call that was answered 401
 */
export async function renewToken(
	{ context, node }: Connection,
	refused: string | undefined,
): Promise<Renewal> {
	const { id, name = '' } = node.credentials?.[CREDENTIAL] ?? {};
	const key = id ?? name;
	const renewal = renewals.get(key) ?? renew(context, refused);
	renewals.set(key, renewal);
	try {
		return await renewal;
	} finally {
		renewals.delete(key);
	}
}

async function renew(
	context: Connection['context'],
	refused: string | undefined,
): Promise<Renewal> {
	const current = await tokenDataOf(context);
	if (current.access_token !== refused) return { token: { value: current.access_token } };
	try {
		await context.helpers.refreshOAuth2Token.call(context, CREDENTIAL);
	} catch (error) {
		return { failure: readThrown(error as OAuthError) };
	}
	const { access_token, error = '' } = await tokenDataOf(context);
	// Zoho says no with HTTP 200 and {"error": …}; n8n stores that beside the old token.
	if (access_token === refused) return { failure: refusedWith(error) };
	return { token: { value: access_token, unproven: true } };
}

async function tokenDataOf(context: Connection['context']): Promise<TokenData> {
	const { oauthTokenData } = await context.getCredentials<ZohoCredential>(CREDENTIAL);
	return oauthTokenData ?? {};
}

function readThrown({ code, message = '', status, body, response }: OAuthError): TokenFailure {
	if (body?.error !== undefined) return refusedWith(body.error);
	const httpStatus = response?.status ?? status;
	if (httpStatus !== undefined) return { ...noToken({ status: httpStatus }), passing: true };
	// Without either it is n8n itself: no refresh token, or a grant that has ended.
	if (code === undefined || code === 'ERR_ASSERTION') return refusedWith(message);
	return { error: errorData(0, 'NO_ANSWER', { details: { cause: code } }), passing: true };
}

/** Errors of the accounts server that are its own fault: the next request may be answered well. */
const OWN_FAULTS = new Set(['', 'general_error']);

function refusedWith(error: string): TokenFailure {
	if (OWN_FAULTS.has(error)) return noToken({ error });
	return { error: errorData(401, 'INVALID_TOKEN', { details: { error } }) };
}

/** The accounts server answered, but neither with a token nor with a reason not to give one. */
function noToken(details: { status: number } | { error: string }): TokenFailure {
	return { error: errorData(0, 'NO_TOKEN', { details }) };
}
