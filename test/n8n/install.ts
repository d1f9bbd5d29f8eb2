/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- runs on Node and does not ship */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

import { CommandError, run } from './command';

/** The full n8n in a version that this package is tested with, ready to be started. */
export interface Installation {
	series: Series;
	version: string;
	/** The Node.js that it runs on. */
	node: string;
	/** The script of its command line. */
	n8n: string;
	/** What it needs in its environment. */
	env: NodeJS.ProcessEnv;
}

export type Series = keyof typeof VERSIONS;

/** `ownNode`: n8n asks for a newer Node.js than this package, which comes with the installation. */
const VERSIONS = {
	'2.41': {
		size: '2.4 GB',
		ownNode: true,
		// It reads a list from the internet.
		env: { N8N_DISABLED_MODULES: 'mcp-registry' },
	},
	'1.123': {
		size: '1.8 GB',
		ownNode: false,
		// Without it n8n wants a native module that has no build for older versions of Node.js.
		env: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
};

export const ALL_SERIES = Object.keys(VERSIONS) as Series[];

/** Outside the repository: it is large, and survives a fresh clone. */
export const CACHE = path.join(
	process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
	'n8n-nodes-zoho-crm-portals',
);

const FILES = ['package.json', 'package-lock.json', '.npmrc'];

const ATTEMPTS = 3;

const NETWORK_FAULT =
	/\b(?:ETIMEDOUT|ECONNRESET|EAI_AGAIN|ENETUNREACH|EPIPE|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|E50[0234])\b/;

/**
 * Installs n8n unless it is there. What is in its folder is complete: everything happens beside it,
 * and the folder is named only once n8n has answered.
 */
export async function install(series: Series, signal?: AbortSignal): Promise<Installation> {
	const source = path.join(__dirname, 'versions', series);
	const contents = FILES.map((file) => readFileSync(path.join(source, file)));
	const { dependencies } = JSON.parse(contents[0].toString()) as {
		dependencies: { n8n: string };
	};
	const hash = createHash('sha256').update(Buffer.concat(contents)).digest('hex').slice(0, 8);
	const folder = path.join(CACHE, `n8n-${dependencies.n8n}-${hash}`);
	if (!existsSync(folder)) {
		await removeAbandoned(folder);
		const unfinished = `${folder}.${process.pid}`;
		const { size } = VERSIONS[series];
		console.log(`Installing n8n ${dependencies.n8n} (${size}, about four minutes, once)`);
		const started = Date.now();
		try {
			mkdirSync(unfinished, { recursive: true });
			for (const file of FILES) copyFileSync(path.join(source, file), path.join(unfinished, file));
			// Not `npm ci`: it refuses a lock file without the optional packages of every other platform.
			await npm(['install', '--no-audit', '--no-fund'], unfinished, signal);
			// The one native module that n8n cannot start without and that brings no binary.
			await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], unfinished, signal);
			await answers(installation(series, dependencies.n8n, unfinished), signal);
			await moveTo(unfinished, folder);
		} finally {
			await rm(unfinished, { recursive: true, force: true });
		}
		console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s: ${folder}`);
	}
	return installation(series, dependencies.n8n, folder);
}

function installation(series: Series, version: string, folder: string): Installation {
	const modules = path.join(folder, 'node_modules');
	const { ownNode, env } = VERSIONS[series];
	return {
		series,
		version,
		node: ownNode ? nodeOf(modules) : process.execPath,
		n8n: path.join(modules, 'n8n/bin/n8n'),
		env,
	};
}

/** The Node.js that npm chose for this platform among the optional dependencies. */
function nodeOf(modules: string): string {
	const name = readdirSync(modules).find((one) =>
		/^node-(?:bin-)?(?:linux|darwin|win)-\w+$/.test(one),
	);
	if (name === undefined) {
		throw new Error(`No Node.js 24 for ${process.platform} ${process.arch} in the npm registry`);
	}
	return path.join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

async function answers(
	{ node, n8n, env, version }: Installation,
	signal?: AbortSignal,
): Promise<void> {
	const options = { env: { ...process.env, ...env }, signal };
	const output = await run(node, [n8n, '--version'], options);
	if (!output.includes(version)) throw new Error(`n8n does not tell its version: ${output}`);
}

async function npm(args: string[], cwd: string, signal?: AbortSignal): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await run('npm', args, { cwd, signal });
			return;
		} catch (error) {
			const repeat =
				error instanceof CommandError && NETWORK_FAULT.test(error.output) && attempt < ATTEMPTS;
			if (!repeat) throw error;
			console.log(`The network failed; once more (${attempt + 1} of ${ATTEMPTS})`);
		}
	}
}

/** Another process may have been faster; then its installation is as good. */
async function moveTo(unfinished: string, folder: string): Promise<void> {
	try {
		await rename(unfinished, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	}
}

/** Removes what processes left that were killed while they installed. */
async function removeAbandoned(folder: string): Promise<void> {
	const { dir, base } = path.parse(folder);
	if (!existsSync(dir)) return;
	for (const name of readdirSync(dir).filter((one) => one.startsWith(`${base}.`))) {
		const pid = Number(name.slice(base.length + 1));
		if (!isAlive(pid)) await rm(path.join(dir, name), { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function main(): Promise<void> {
	const interrupted = new AbortController();
	process.once('SIGINT', () => interrupted.abort());
	for (const series of ALL_SERIES) await install(series, interrupted.signal);
}

if (require.main === module) {
	void main().catch((error: Error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
