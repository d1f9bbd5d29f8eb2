/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	uid?: number;
	gid?: number;
	/** Stops the command and everything it started. */
	signal?: AbortSignal;
}

const WINDOWS = process.platform === 'win32';

/** The error for a command with an exit code other than 0. `output` has both of its streams. */
export class CommandError extends Error {
	constructor(
		command: string,
		readonly code: number | null,
		readonly output: string,
	) {
		super(`${command} ended with ${code ?? 'a signal'}:\n${output.slice(-4000)}`);
	}
}

/** Runs a command until it ends, and returns the output of both streams. */
export async function run(
	command: string,
	args: string[],
	{ signal, ...options }: CommandOptions = {},
): Promise<string> {
	signal?.throwIfAborted();
	const child = spawn(command, args, {
		...options,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A separate process group, so that compilers started by npm are stopped as well.
		detached: !WINDOWS,
		// On Windows, npm is a command file.
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
