/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a development tool that does not ship */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { RemoteEmulator } from '../../emulator/remote';
import { count, table } from '../table';
import { writePart } from './document';
import type { PollCost } from './pollChild';

const SIZES = [1_000, 10_000, 50_000];

/** Measures the cost of a poll of the trigger, and writes its part of docs/performance.md. */
async function main(): Promise<void> {
	const polls = await measurePolls(SIZES);
	console.log(polls);
	writePart(
		'npm run bench:trigger',
		`## A poll of the trigger

\`npm run bench:trigger\` made this table on ${availableParallelism()} processor cores with Node.js ${process.version.slice(1)} and n8n-core 2.41.1. It polls a
portal of 4 user types in which nothing changes. The portal has 300 unconfirmed and 200 inactive users in addition
to those in the table. The emulator runs in another process and answers at once. CPU time is for a whole poll,
including its calls, and is the best of seven. Memory is the peak of the process, minus that of a process that polls
an empty portal.

${polls}

[Decision 4](decisions/4-how-the-trigger-keeps-users.md) explains how users are stored, and which encodings were tried.`,
	);
	console.log('\nWritten to docs/performance.md');
}

/** CPU time, calls, memory and static data of a poll, by the number of users in the portal. */
async function measurePolls(sizes: number[]): Promise<string> {
	const idle = await cost(0, 0);
	const rows: string[][] = [];
	for (const size of sizes) {
		for (const kind of ['cheap', 'full']) {
			const { cpu, calls, peak, stored } = await cost(size, kind === 'cheap' ? 600 : 0);
			rows.push([
				count(size),
				kind,
				count(calls),
				`${cpu.toFixed(0)} ms`,
				`${((peak - idle.peak) / 1024).toFixed(0)} MB`,
				`${(stored / 1000).toFixed(1)} kB`,
				`${(stored / (size + 500)).toFixed(1)}`,
			]);
		}
	}
	const head = ['users', 'poll', 'calls', 'CPU', 'memory', 'stored', 'characters per user'];
	return table(head, rows);
}

async function cost(users: number, fullReading: number): Promise<PollCost & { calls: number }> {
	const emulator = await RemoteEmulator.start();
	try {
		const child = path.join(__dirname, 'pollChild.ts');
		const args = ['--import', 'tsx', child, emulator.origin, String(users), String(fullReading)];
		const text = execFileSync(process.execPath, args, { encoding: 'utf8' });
		const begins = (await emulator.requests()).map(({ url }) => /\/user_type(\?|$)/.test(url));
		// The calls of the last poll, which starts with the list of user types.
		return { ...(JSON.parse(text) as PollCost), calls: begins.length - begins.lastIndexOf(true) };
	} finally {
		await emulator.stop();
	}
}

void main();
