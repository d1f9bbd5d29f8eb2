/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { run } from '../command';
import { freePort, HOST } from './ports';

/** A server that keeps no data when it stops. */
export interface Server {
	port: number;
	stop: () => Promise<void>;
}

/** The user and group `nobody`. */
const NOBODY = 65_534;

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** The server for n8n's queue. */
export async function startRedis(): Promise<Server> {
	const port = await freePort();
	const memoryOnly = ['--save', '', '--appendonly', 'no'];
	const args = ['--bind', HOST, '--port', String(port), ...memoryOnly];
	const ready = 'Ready to accept connections';
	const missing = 'Queue mode needs Redis. On Debian: apt-get install redis-server';
	return { port, stop: await start('redis-server', args, ready, missing) };
}

/** A database for several n8n processes. Its user and its database are both named `postgres`. */
export async function startPostgres(): Promise<Server> {
	const port = await freePort();
	const folder = await mkdtemp(path.join(tmpdir(), 'postgres-'));
	const missing = 'Queue mode needs PostgreSQL. On Debian: apt-get install postgresql';
	// PostgreSQL refuses to run as root.
	const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
	if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
	const init = ['-D', folder, '-U', 'postgres', '-A', 'trust', '--no-sync'];
	await explained(missing, async () => await run(postgres('initdb'), init, user));
	const settings = { listen_addresses: HOST, unix_socket_directories: '', fsync: 'off' };
	const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const stop = await start(
		postgres('postgres'),
		['-D', folder, '-p', String(port), ...args],
		'ready to accept connections',
		missing,
		user,
	);
	return {
		port,
		stop: async () => {
			await stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Debian stores PostgreSQL's programs in separate folders, by version. */
function postgres(program: string): string {
	if (!existsSync(DEBIAN_POSTGRES)) return program;
	const [newest = ''] = readdirSync(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a));
	return path.join(DEBIAN_POSTGRES, newest, 'bin', program);
}

/** Starts a server and waits until it prints `ready`; returns a function that stops it. */
async function start(
	command: string,
	args: string[],
	ready: string,
	missing: string,
	user: { uid?: number; gid?: number } = {},
): Promise<() => Promise<void>> {
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...user });
	let output = '';
	await explained(
		missing,
		async () =>
			await new Promise<void>((resolve, reject) => {
				child.once('error', reject);
				child.once('exit', () => reject(new Error(`${command} did not start:\n${output}`)));
				for (const stream of [child.stdout, child.stderr]) {
					stream.setEncoding('utf8').on('data', (text: string) => {
						output += text;
						if (output.includes(ready)) resolve();
					});
				}
			}),
	);
	return async () => {
		const ended = once(child, 'exit');
		// On SIGTERM, PostgreSQL waits for its clients.
		child.kill('SIGINT');
		await ended;
	};
}

/** Names the package to install if a program is missing. */
async function explained<T>(missing: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Error(missing) : error;
	}
}
