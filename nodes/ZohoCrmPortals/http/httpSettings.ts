import { NodeOperationError } from 'n8n-workflow';
import type { IHttpRequestOptions, INode } from 'n8n-workflow';

/** How calls travel, as the user set it in n8n's "Request Options". */
export interface TravelOptions {
	allowUnauthorizedCerts?: boolean;
	/** An address, as it was typed in. */
	proxy?: string;
	/** In ms. */
	timeout?: number;
}

/** How long n8n lets a declarative node wait for an answer, in ms. */
const TIMEOUT = 300_000;

/**
 * How calls travel, as n8n's HTTP client takes it.
 *
 * @throws NodeOperationError for a proxy that it would not understand: it would go its own way
 */
export function httpSettings(
	node: INode,
	{ allowUnauthorizedCerts, proxy, timeout = TIMEOUT }: TravelOptions,
): Partial<IHttpRequestOptions> {
	return {
		timeout,
		...(proxy !== undefined && { proxy: readProxy(node, proxy) }),
		...(allowUnauthorizedCerts && { skipSslCertificateValidation: true }),
	};
}

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

/** What is not encoded is what it is. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** A proxy as n8n's HTTP client takes it. An address without a protocol is one of HTTP. */
function readProxy(node: INode, address: string): IHttpRequestOptions['proxy'] {
	const url = address.includes('://') ? address : `http://${address}`;
	const { protocol, hostname, port, username, password } = URL.canParse(url)
		? new URL(url)
		: { protocol: '', hostname: '', port: '', username: '', password: '' };
	const defaultPort = DEFAULT_PORTS[protocol];
	if (defaultPort === undefined || hostname === '') {
		// Not the address itself, which may hold a password.
		throw new NodeOperationError(node, "'Proxy' is not an address", {
			description: 'Enter it with protocol and port, like http://localhost:3128.',
		});
	}
	return {
		host: hostname,
		port: port === '' ? defaultPort : Number(port),
		protocol: protocol.replace(':', ''),
		...(username && {
			auth: { username: decoded(username), password: decoded(password) },
		}),
	};
}
