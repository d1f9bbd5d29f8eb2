import type {
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
	IPollFunctions,
} from 'n8n-workflow';

import { CREDENTIAL } from './credential';
import type { ZohoCredential } from './credential';
import { otherDataCenter } from './dataCenter';
import type { Home } from './dataCenter';
import { errorData, ZohoApiError } from './error';
import { httpSettings } from './httpSettings';
import type { TravelOptions } from './httpSettings';
import { Outage } from './outage';

/** Zoho's Free edition accepts 5 calls at once, the smallest number of all editions. */
export const DEFAULT_CONCURRENCY = 5;

/** Access to one Zoho organization, for one run of a node or picker. */
export interface Connection {
	context: IExecuteFunctions | IExecuteSingleFunctions | ILoadOptionsFunctions | IPollFunctions;
	node: INode;
	/** Calls in flight at once, across everything in this process that uses the same credential. */
	concurrency: number;
	/** Proxy, timeout and certificate settings from n8n's request options. */
	http: Partial<IHttpRequestOptions>;
	signal?: AbortSignal;
	outage: Outage;
	/** Read by the first call; see `credentialOf`. */
	credential?: Promise<ZohoCredential>;
	/** The access token that n8n sends, known once the credential has been read. */
	token: AccessToken;
}

/**
 * Creates a connection to Zoho.
 *
 * @param requestOptions n8n's "Request Options" of the node
 * @throws NodeOperationError for settings that cannot be used
 */
export function createConnection(
	context: Connection['context'],
	requestOptions: TravelOptions,
	concurrency = DEFAULT_CONCURRENCY,
	signal?: AbortSignal,
): Connection {
	const node = context.getNode();
	const http = httpSettings(node, requestOptions);
	return { context, node, concurrency, http, signal, outage: new Outage(), token: {} };
}

/** An access token. n8n sends it; this package only distinguishes it from its successor. */
export interface AccessToken {
	value?: string;
	/**
	 * Set while Zoho has accepted no call with it. If it is refused as well, another token does not
	 * help.
	 */
	unproven?: boolean;
}

/** The credential of a connection, read once, because n8n decrypts and evaluates it each time. */
export async function credentialOf(connection: Connection): Promise<ZohoCredential> {
	connection.credential ??= readCredential(connection);
	return await connection.credential;
}

async function readCredential(connection: Connection): Promise<ZohoCredential> {
	const credential = await connection.context
		.getCredentials<ZohoCredential>(CREDENTIAL)
		.catch((error: unknown) => {
			const cause = error instanceof Error ? error.message : String(error);
			throw new ZohoApiError(errorData(0, 'NO_CREDENTIAL', { details: { cause } }));
		});
	connection.token = { value: credential.oauthTokenData?.access_token };
	return credential;
}

/** The organization that the calls of a connection go to, for texts. */
export interface Account {
	environment: string;
	dataCenter: string;
	/** The data center of the account, if Zoho named another one than the chosen one. */
	home?: Home;
}

/** The account of a connection; undefined if the credential has not been read. */
export async function accountOf({ credential }: Connection): Promise<Account | undefined> {
	// The call that needed the credential has already reported that it cannot be read.
	const known = await credential?.catch(() => undefined);
	if (!known) return undefined;
	const { environment, dataCenter, oauthTokenData } = known;
	const home = otherDataCenter(dataCenter, oauthTokenData?.callbackQueryString?.location);
	return { environment, dataCenter, home };
}
