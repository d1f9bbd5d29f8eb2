import type {
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
} from 'n8n-workflow';

import { CREDENTIAL } from './credential';
import type { ZohoCredential } from './credential';
import { otherDataCenter } from './dataCenter';

/** Zoho's Free edition takes 5 calls at once, the smallest number of all editions. */
export const DEFAULT_CONCURRENCY = 5;

/** The way to one Zoho organization, for one run of a node or picker. */
export interface Connection {
	context: IExecuteFunctions | IExecuteSingleFunctions | ILoadOptionsFunctions;
	node: INode;
	/** Calls in flight at once over everything that uses the same credential in this process. */
	concurrency: number;
	/** Proxy, timeout and certificate settings the user made in n8n's request options. */
	http?: Partial<IHttpRequestOptions>;
	signal?: AbortSignal;
	/** Read with the first call, see `credentialOf`. */
	credential?: Promise<ZohoCredential>;
}

/** The credential of a connection: n8n decrypts and evaluates it anew each time it is asked. */
export async function credentialOf(connection: Connection): Promise<ZohoCredential> {
	connection.credential ??= connection.context.getCredentials<ZohoCredential>(CREDENTIAL);
	return await connection.credential;
}

/** Where the calls of a connection go, for texts. */
export interface Account {
	environment: string;
	dataCenter: string;
	/** The data centre where the account lives, if Zoho named another one than was chosen. */
	home?: string;
}

/** Undefined as long as nothing was sent. */
export async function accountOf({ credential }: Connection): Promise<Account | undefined> {
	const known = await credential;
	if (!known) return undefined;
	const { environment, dataCenter, oauthTokenData } = known;
	const home = otherDataCenter(dataCenter, oauthTokenData?.callbackQueryString?.location);
	return { environment, dataCenter, home };
}
