import { CREDENTIAL } from './credential';
import type { ZohoCredential } from './credential';
import type { AccessToken, Connection } from './connection';
import { errorData } from './error';
import type { ZohoErrorData } from './error';

/** Why no new access token can be obtained. */
interface TokenFailure {
	error: ZohoErrorData;
	/**
	 * Set if the accounts server did not refuse but returned nothing usable, which may be
	 * temporary.
	 */
	passing?: true;
}

/** The properties that an error of n8n's OAuth client may have. */
interface OAuthError {
	code?: string;
	message?: string;
	status?: number;
	body?: { error?: string };
	response?: { status?: number };
}

/** The result of a renewal: the token to continue with, or why there is none. */
export type Renewal = { token: AccessToken } | { failure: TokenFailure };

type TokenData = NonNullable<ZohoCredential['oauthTokenData']>;

/** Renewals in progress by credential, across all executions in this process. */
const renewals = new Map<string, Promise<Renewal>>();

/**
 * Makes n8n renew the access token that Zoho did not accept, unless it has been renewed since.
 *
 * n8n itself renews the token if a call throws a 401. The calls of this package return every status
 * instead of throwing, because n8n-workflow before 2.34 loses the body of a thrown response. Zoho
 * also answers 401 if a scope is missing, which a new token does not fix.
 *
 * @param refused the access token of the call that got the 401
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
	// Zoho refuses with HTTP 200 and {"error": …}, which n8n stores with the old token.
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
	// Without either, the error is n8n's own: there is no refresh token, or the grant has ended.
	if (code === undefined || code === 'ERR_ASSERTION') return refusedWith(message);
	return { error: errorData(0, 'NO_ANSWER', { details: { cause: code } }), passing: true };
}

/** Error codes for faults of the accounts server itself. The next request may succeed. */
const OWN_FAULTS = new Set(['', 'general_error']);

function refusedWith(error: string): TokenFailure {
	if (OWN_FAULTS.has(error)) return noToken({ error });
	return { error: errorData(401, 'INVALID_TOKEN', { details: { error } }) };
}

/** The accounts server answered, but with neither a token nor a reason. */
function noToken(details: { status: number } | { error: string }): TokenFailure {
	return { error: errorData(0, 'NO_TOKEN', { details }) };
}
