import type { FastifyInstance } from 'fastify';

/** Names of this machine that no website can have, regardless of its DNS server. */
const OWN_NAMES = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Refuses requests that a foreign website could send from a browser on this machine: requests for
 * another host (403), requests from a page of another origin (403), and bodies that are not JSON
 * (415), which a page may send without a preflight request. Programs send no `Origin`.
 */
export function refuseOtherPages(app: FastifyInstance): void {
	app.addHook('onRequest', async ({ headers }, reply) => {
		const { host = '', origin, 'content-type': type = '' } = headers;
		const name = host.replace(/:\d+$/, '');
		if (!OWN_NAMES.has(name) || (origin !== undefined && origin !== `http://${host}`)) {
			const message = 'Only programs and pages of this machine may see and change the emulator.';
			return await reply.code(403).send({ message });
		}
		const hasBody =
			headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
		if (hasBody && !/^application\/json\b/i.test(type)) {
			return await reply.code(415).send({ message: 'The body has to be application/json.' });
		}
		return undefined;
	});
}
