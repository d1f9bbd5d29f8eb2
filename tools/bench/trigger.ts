/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a development tool that does not ship */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { RemoteEmulator } from '../../emulator/remote';
import { count, table } from '../table';
import { writePart } from './document';
import type { PollCost } from './pollChild';

const SIZES = [1_000, 10_000, 50_000];

/** Measures what a poll of the trigger costs, and writes its part of docs/performance.md. */
async function main(): Promise<void> {
	const polls = await measurePolls(SIZES);
	console.log(polls);
	writePart(
		'npm run bench:trigger',
		`## A poll of the trigger

Made by \`npm run bench:trigger\` on ${availableParallelism()} processor cores with Node.js ${process.version.slice(1)}: polls of a portal
in which nothing has changed, on n8n-core 2.41.1, with an emulator in another process that answers
at once. CPU time is the best of five; memory is the peak of the process above that of one that
polls an empty portal.

${polls}

How users are stored, and the encodings that were tried: [decision 4](decisions/4-how-the-trigger-keeps-users.md).`,
	);
	console.log('\nWritten to docs/performance.md');
}

/** CPU time, memory and static data of a poll, by the number of users of the portal. */
async function measurePolls(sizes: number[]): Promise<string> {
	const idle = await cost(0);
	const rows: string[][] = [];
	for (const size of sizes) {
		const { whole, beside, peak, stored } = await cost(size);
		rows.push([
			count(size),
			count(Math.ceil(size / 200) + 4),
			`${whole.toFixed(0)} ms`,
			`${beside.toFixed(0)} ms`,
			`${((peak - idle.peak) / 1024).toFixed(0)} MB`,
			`${(stored / 1000).toFixed(1)} kB`,
			`${(stored / size).toFixed(1)}`,
		]);
	}
	const head = ['users', 'calls', 'CPU', 'beside calls', 'memory', 'stored', 'characters a user'];
	return table(head, rows);
}

async function cost(users: number): Promise<PollCost> {
	const emulator = await RemoteEmulator.start();
	try {
		const child = path.join(__dirname, 'pollChild.ts');
		const args = ['--import', 'tsx', child, emulator.origin, String(users)];
		return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as PollCost;
	} finally {
		await emulator.stop();
	}
}

void main();
