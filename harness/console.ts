/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { until } from './until';

const root = path.join(__dirname, '..');

/** A command of this package in a terminal, with its output and its input. */
export class Console {
	private readonly child: ChildProcess;

	private readonly closed: Promise<void>;

	/** Whether it has ended and all of its output has been received. */
	private hasEnded = false;

	private printed = '';

	/** How much of the output has been read. */
	private read = 0;

	/** @param command as a user types it: `npm run editor` */
	constructor(command: string, env: NodeJS.ProcessEnv = {}) {
		const [program, ...args] = command.split(' ');
		this.child = spawn(program, args, {
			cwd: root,
			env: { ...process.env, ...env },
			// A separate process group, so that Ctrl-C stops all of it.
			detached: true,
		});
		this.closed = once(this.child, 'close').then(() => {
			this.hasEnded = true;
		});
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
		}
	}

	/** Reads until the output matches; returns the match with its groups. */
	async expect(what: RegExp, seconds = 170): Promise<RegExpExecArray> {
		const found = await until(`${String(what)} in what it printed`, seconds, () => {
			const found = what.exec(this.printed.slice(this.read));
			if (!found && this.hasEnded) throw new Error(`It ended:\n${this.printed}`);
			return Promise.resolve(found ?? undefined);
		});
		this.read += found.index + found[0].length;
		return found;
	}

	type(line: string): void {
		this.child.stdin?.write(`${line}\n`);
	}

	/** Presses Ctrl-C unless it has ended. */
	interrupt(): void {
		const { pid } = this.child;
		if (pid !== undefined && !this.hasEnded) process.kill(-pid, 'SIGINT');
	}

	/** Waits until it ends; returns its exit code, or null if Ctrl-C ended it. */
	async end(): Promise<number | null> {
		await this.closed;
		return this.child.exitCode;
	}
}
