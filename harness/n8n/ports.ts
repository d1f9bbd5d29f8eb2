/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export const HOST = '127.0.0.1';

/** Listens for a moment; fails with `EADDRINUSE` if the port is in use. Returns the port. */
export async function probePort(port: number): Promise<number> {
	const server = createServer().listen(port, HOST);
	await once(server, 'listening');
	const { port: taken } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return taken;
}

/** A free port. */
export const freePort = async (): Promise<number> => await probePort(0);
