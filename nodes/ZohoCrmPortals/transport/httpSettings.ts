import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IHttpRequestOptions, INode } from 'n8n-workflow';

/** How long n8n lets a declarative node wait for an answer, in ms. */
const TIMEOUT = 300_000;

/**
 * Reads how calls travel, as the user set it in n8n's "Request Options".
 *
 * @throws NodeOperationError for what n8n's HTTP client would not understand: it would go its own way
 */
export function httpSettings(
	node: INode,
	{ allowUnauthorizedCerts, proxy = '', timeout = TIMEOUT }: IDataObject,
): Partial<IHttpRequestOptions> {
	const milliseconds = Number(timeout);
	if (!Number.isInteger(milliseconds) || milliseconds < 1) {
		throw new NodeOperationError(
			node,
			`'Timeout' is ${JSON.stringify(timeout)}, which is not a whole number of at least 1`,
			{ description: 'Enter how many milliseconds to wait for an answer.' },
		);
	}
	return {
		timeout: milliseconds,
		...(proxy !== '' && { proxy: readProxy(node, String(proxy).trim()) }),
		...(allowUnauthorizedCerts && { skipSslCertificateValidation: true }),
	};
}

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

/** A proxy as n8n's HTTP client takes it. An address without a protocol is one of HTTP. */
function readProxy(node: INode, address: string): IHttpRequestOptions['proxy'] {
	const url = address.includes('://') ? address : `http://${address}`;
	const { protocol, hostname, port, username, password } = URL.canParse(url)
		? new URL(url)
		: { protocol: '', hostname: '', port: '', username: '', password: '' };
	const defaultPort = DEFAULT_PORTS[protocol];
	if (defaultPort === undefined || hostname === '') {
		throw new NodeOperationError(node, `'Proxy' is "${address}", which is not an address`, {
			description: 'Enter it with protocol and port, like http://localhost:3128.',
		});
	}
	return {
		host: hostname,
		port: port === '' ? defaultPort : Number(port),
		protocol: protocol.replace(':', ''),
		...(username && {
			auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
		}),
	};
}
