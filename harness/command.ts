/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	uid?: number;
	gid?: number;
	/** Ends the command and everything it started. */
	signal?: AbortSignal;
}

const WINDOWS = process.platform === 'win32';

/** A command that ended with another exit code than 0. `output` is what it printed, both streams. */
export class CommandError extends Error {
	constructor(
		command: string,
		readonly code: number | null,
		readonly output: string,
	) {
		super(`${command} ended with ${code ?? 'a signal'}:\n${output.slice(-4000)}`);
	}
}

/** Runs a command to its end and returns what it printed, both streams. */
export async function run(
	command: string,
	args: string[],
	{ signal, ...options }: CommandOptions = {},
): Promise<string> {
	signal?.throwIfAborted();
	const child = spawn(command, args, {
		...options,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A process group of its own, so that compilers that npm starts end with it.
		detached: !WINDOWS,
		// npm is a command file on Windows.
		shell: WINDOWS,
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	const stop = () => {
		if (child.pid !== undefined) process.kill(WINDOWS ? child.pid : -child.pid, 'SIGKILL');
	};
	signal?.addEventListener('abort', stop, { once: true });
	try {
		const [code] = (await once(child, 'close')) as [number | null];
		signal?.throwIfAborted();
		if (code !== 0) throw new CommandError(`${command} ${args.join(' ')}`, code, output);
		return output;
	} finally {
		signal?.removeEventListener('abort', stop);
	}
}
