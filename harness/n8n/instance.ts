/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error -- runs on Node and does not ship */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { run } from '../command';
import { Client } from './client';
import type { Installation } from './install';
import { freePort, HOST } from './ports';
import { until } from '../until';

const ROOT = path.resolve(__dirname, '../..');

/** Long enough for a busy machine. */
const START_SECONDS = 300;

/** n8n itself waits 30 s for running executions. */
const STOP_SECONDS = 40;

/** Turns off everything that contacts a server on the internet or that interrupts the user. */
const QUIET: NodeJS.ProcessEnv = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	NO_COLOR: '1',
};

export interface InstanceOptions {
	/** The data folder of the instance. It can be started again. */
	folder: string;
	/** A free port by default. */
	port?: number;
	/** `start`, or `worker` for queue mode. */
	command?: 'start' | 'worker';
	env?: NodeJS.ProcessEnv;
	/** Stops the start, and then the instance. */
	signal?: AbortSignal;
}

/** A running n8n with this package, installed from its tarball. */
export class Instance {
	readonly client: Client;

	private stopping?: Promise<void>;

	private constructor(
		readonly origin: string,
		private readonly process: ChildProcess,
		/** The file with n8n's output, for processes that did not start it. */
		readonly logFile: string,
	) {
		this.client = new Client(origin);
	}

	/** The output of n8n. */
	get log(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	/** Starts n8n and waits until it responds. */
	static async start(
		installation: Installation,
		{ folder, port, command = 'start', env = {}, signal }: InstanceOptions,
	): Promise<Instance> {
		const listensOn = port ?? (await freePort());
		const logFile = path.join(folder, `${command}-${listensOn}.log`);
		const log = await open(logFile, 'w');
		const child = spawn(installation.node, [installation.n8n, command], {
			cwd: folder,
			env: {
				...ownEnvironment(),
				...QUIET,
				// n8n starts its code runners with `node`.
				PATH: path.dirname(installation.node) + path.delimiter + (process.env.PATH ?? ''),
				N8N_USER_FOLDER: folder,
				N8N_LISTEN_ADDRESS: HOST,
				N8N_PORT: String(listensOn),
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				// The code runners may take as long to start; n8n's default is 30 s.
				N8N_RUNNERS_GRANT_TOKEN_TTL: String(START_SECONDS),
				N8N_SECURE_COOKIE: 'false',
				...installation.env,
				...env,
			},
			stdio: ['ignore', log.fd, log.fd],
		});
		await log.close();
		const instance = new Instance(`http://${HOST}:${listensOn}`, child, logFile);
		try {
			await until('n8n to answer', START_SECONDS, async () => {
				signal?.throwIfAborted();
				if (child.exitCode !== null) throw new Error('n8n ended while it started');
				return (await instance.isReady(command)) || undefined;
			});
			return instance;
		} catch (error) {
			await instance.stop();
			signal?.throwIfAborted();
			throw new Error(`${String(error)}\n${instance.log}`);
		}
	}

	/** Resolves when n8n has ended, for any reason. */
	async ended(): Promise<void> {
		const { process: child } = this;
		if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
	}

	/** Lets n8n finish its work, and waits until it has ended. */
	async stop(): Promise<void> {
		this.stopping ??= this.terminate();
		await this.stopping;
	}

	private async terminate(): Promise<void> {
		// Not SIGINT: a terminal has already sent it, and a second one kills n8n.
		this.process.kill('SIGTERM');
		const deadline = AbortSignal.timeout(STOP_SECONDS * 1000);
		deadline.addEventListener('abort', () => this.process.kill('SIGKILL'));
		await this.ended();
	}

	private async isReady(command: 'start' | 'worker'): Promise<boolean> {
		return command === 'worker'
			? this.log.includes('n8n worker is now ready')
			: await this.client.isReady();
	}
}

/** Packs the built package, and installs it in n8n's folder for community packages. */
export async function installPackage(folder: string, signal?: AbortSignal): Promise<void> {
	const nodes = path.join(folder, '.n8n/nodes');
	await mkdir(nodes, { recursive: true });
	// The same content as n8n writes. Without this file, npm would use a package in a parent
	// folder.
	await writeFile(
		path.join(nodes, 'package.json'),
		'{ "name": "installed-nodes", "private": true }',
	);
	const packed = await run(
		'npm',
		['pack', '--silent', '--ignore-scripts', '--pack-destination', nodes],
		{ cwd: ROOT, signal },
	);
	const tarball = packed.trim().split('\n').at(-1) ?? '';
	// The same arguments as n8n uses, without the dependencies that n8n itself provides.
	const args = ['install', `./${tarball}`, '--legacy-peer-deps', '--ignore-scripts'];
	await run('npm', [...args, '--no-audit', '--no-fund'], { cwd: nodes, signal });
}

/**
 * The environment of this process, without the settings of another n8n, of npm and of Jest
 * (`NODE_ENV`).
 */
function ownEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) =>
				!/^(?:N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|NODE_OPTIONS$|NODE_ENV$|npm_)/.test(name),
		),
	);
}
