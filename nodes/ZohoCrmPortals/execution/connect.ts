import { NodeOperationError } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INode,
} from 'n8n-workflow';

import { DEFAULT_CONCURRENCY } from '../transport/connection';
import type { Connection } from '../transport/connection';

/** n8n's "Request Options", which it adds to every declarative node. */
export interface RequestOptions {
	allowUnauthorizedCerts?: boolean;
	batching?: { batch?: { batchSize?: number; batchInterval?: number } };
	proxy?: string;
	timeout?: number;
}

/** How long n8n lets a declarative node wait for an answer, in ms. */
const TIMEOUT = 300_000;

/** Calls in flight that Zoho's largest edition (Ultimate) takes. */
const MOST_CONCURRENCY = 25;

/** The way to Zoho for one run of the node. */
export function createConnection(
	context: IExecuteFunctions | IExecutePaginationFunctions,
	{ concurrency }: { concurrency?: number },
	{ allowUnauthorizedCerts, proxy, timeout }: RequestOptions,
): Connection {
	const node = context.getNode();
	return {
		context,
		node,
		concurrency: Math.min(MOST_CONCURRENCY, Math.max(1, concurrency ?? DEFAULT_CONCURRENCY)),
		http: {
			timeout: timeout ?? TIMEOUT,
			...(proxy && { proxy: readProxy(node, proxy) }),
			...(allowUnauthorizedCerts && { skipSslCertificateValidation: true }),
		},
		signal: context.getExecutionCancelSignal(),
	};
}

/** A proxy as n8n's HTTP client takes it. */
function readProxy(node: INode, address: string): IHttpRequestOptions['proxy'] {
	if (!URL.canParse(address)) {
		throw new NodeOperationError(node, `'Proxy' is "${address}", which is not an address`, {
			description: 'Enter it with protocol and port, like http://localhost:3128.',
		});
	}
	const { protocol, hostname, port, username, password } = new URL(address);
	return {
		host: hostname,
		port: Number(port),
		protocol: protocol.replace(':', ''),
		...(username && {
			auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
		}),
	};
}
