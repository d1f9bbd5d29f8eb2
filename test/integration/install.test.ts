/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { run } from '../../harness/command';
import { installNode24 } from '../../harness/node/install';
import packageJson from '../../package.json';

const root = path.resolve(__dirname, '../..');
const { name, version } = packageJson;

let folder: string;
let registry: Server;

/** A registry of npm that has this package, as it would be published, and no other. */
async function publish(): Promise<Server> {
	const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
	const packed = (await run('npm', args, { cwd: root })).trim().split('\n').at(-1) ?? '';
	const tarball = await readFile(path.join(folder, packed));
	const server = createServer((request, response) => {
		if (request.url === `/${name}`) {
			const dist = { tarball: `${addressOf(server)}/${packed}` };
			const versions = { [version]: { ...packageJson, dist } };
			response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
		} else if (request.url === `/${packed}`) response.end(tarball);
		else response.writeHead(404).end('{}');
	});
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	return server;
}

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'readme-'));
	registry = await publish();
});
afterAll(async () => {
	registry.close();
	await rm(folder, { recursive: true });
});

/** The command of the README that installs the package where n8n keeps community packages. */
const COMMAND = /`(npm install --prefix [^`]+)`/;

test.each([
	['this Node.js', async () => await Promise.resolve(process.execPath)],
	['Node.js 24', installNode24],
])('the command of the README installs this package and no other, on %s', async (_, nodeOf) => {
	const home = await mkdtemp(path.join(folder, 'home-'));
	const [, command] = COMMAND.exec(await readFile(path.join(root, 'README.md'), 'utf8')) ?? [];
	const node = await nodeOf();
	const env = {
		PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
		HOME: home,
		NPM_CONFIG_REGISTRY: addressOf(registry),
	};
	const output = await run('bash', ['-c', `node --version && ${command}`], { env });
	const [found] = output.split('\n');
	expect(found).toBe((await run(node, ['--version'])).trim());
	const installed = path.join(home, '.n8n/nodes/node_modules');
	const isVisible = (one: string) => !one.startsWith('.');
	expect((await readdir(installed)).filter(isVisible)).toEqual([name]);
	const { n8n } = packageJson;
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		await readFile(path.join(installed, name, file));
	}
});
