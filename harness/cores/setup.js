// Whatever goes wrong with the mapping, the tests must not run on the usual n8n-core and say so.
for (const name of ['n8n-core', 'n8n-workflow']) {
	const path = require.resolve(name);
	if (!path.startsWith(N8N_FOLDER)) throw new Error(`${name} is that of ${path}`);
}

/**
 * n8n-core 1 and early 2.x look after SSH clients every minute, and nothing that it exports ends
 * that: jest would wait for it for ever (SSHClientsManager).
 */
const { setInterval } = globalThis;
globalThis.setInterval = (...args) => setInterval(...args).unref();
