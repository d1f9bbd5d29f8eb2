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

/** Zoho's Free edition takes 5 calls at once, the smallest number of all editions. */
export const DEFAULT_CONCURRENCY = 5;

/** The way to one Zoho organization, for one run of a node or picker. */
export interface Connection {
	context: IExecuteFunctions | IExecuteSingleFunctions | ILoadOptionsFunctions | IPollFunctions;
	node: INode;
	/** Calls in flight at once over everything that uses the same credential in this process. */
	concurrency: number;
	/** Proxy, timeout and certificate settings the user made in n8n's request options. */
	http: Partial<IHttpRequestOptions>;
	signal?: AbortSignal;
	outage: Outage;
	/** Read with the first call, see `credentialOf`. */
	credential?: Promise<ZohoCredential>;
	/** What is known of the access token that n8n sends along; known with the credential. */
	token: AccessToken;
}

/**
 * Opens the way to Zoho.
 *
 * @param requestOptions n8n's "Request Options" of the node
 * @throws NodeOperationError for settings that cannot be followed
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

/** An access token. n8n sends it; here it is only told from the one that comes after it. */
export interface AccessToken {
	value?: string;
	/** Set while Zoho has taken no call with it: if it is refused as well, no other one helps. */
	unproven?: boolean;
}

/** The credential of a connection: n8n decrypts and evaluates it anew each time it is asked. */
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

/** Where the calls of a connection go, for texts. */
export interface Account {
	environment: string;
	dataCenter: string;
	/** The data center where the account lives, if Zoho named another one than was chosen. */
	home?: Home;
}

/** Undefined as long as the credential was not read. */
export async function accountOf({ credential }: Connection): Promise<Account | undefined> {
	// A credential that cannot be read was told where a call needed it.
	const known = await credential?.catch(() => undefined);
	if (!known) return undefined;
	const { environment, dataCenter, oauthTokenData } = known;
	const home = otherDataCenter(dataCenter, oauthTokenData?.callbackQueryString?.location);
	return { environment, dataCenter, home };
}
