import { NodeOperationError } from 'n8n-workflow';
import type { IHttpRequestOptions, INode } from 'n8n-workflow';

/** Network settings from n8n's "Request Options". */
export interface TravelOptions {
	allowUnauthorizedCerts?: boolean;
	/** An address, as the user typed it. */
	proxy?: string;
	/** In ms. */
	timeout?: number;
}

/** How long n8n lets a declarative node wait for an answer, in ms. */
const TIMEOUT = 300_000;

/**
 * Network settings in the form that n8n's HTTP client accepts.
 *
 * @throws NodeOperationError for a proxy that the client does not understand, because it would
 *   silently connect without it
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

/** Decodes text; text that is not encoded is returned unchanged. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** A proxy in the form that n8n's HTTP client accepts. An address without a protocol means HTTP. */
function readProxy(node: INode, address: string): IHttpRequestOptions['proxy'] {
	const url = address.includes('://') ? address : `http://${address}`;
	const { protocol, hostname, port, username, password } = URL.canParse(url)
		? new URL(url)
		: { protocol: '', hostname: '', port: '', username: '', password: '' };
	const defaultPort = DEFAULT_PORTS[protocol];
	if (defaultPort === undefined || hostname === '') {
		// The text leaves out the address, which may contain a password.
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
