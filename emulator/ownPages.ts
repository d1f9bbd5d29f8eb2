import type { FastifyInstance } from 'fastify';

/** Names of this machine that no web page can have, whatever its DNS server says. */
const OWN_NAMES = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Refuses what a web page of somebody else could send from a browser on this machine: a request for
 * another host (403), one from a page of another origin (403), and a body that is not JSON, which a
 * page may send without asking first (415). Programs send no `Origin`.
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
