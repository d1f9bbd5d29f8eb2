/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server for a test, on a free port of this machine. */
export interface Served {
	/** `127.0.0.1:4000` */
	host: string;
	stop: () => Promise<void>;
}

/** Starts an HTTP server with custom answers, if those of the emulator are not suitable. */
export async function serve(listener: RequestListener): Promise<Served> {
	const server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		host: `127.0.0.1:${port}`,
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
