/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a development tool that does not ship */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { RemoteEmulator } from '../../emulator/remote';
import type { PollCost } from './pollChild';
import { count, table } from '../table';

/** CPU time, memory and static data of a poll, by the number of users of the portal. */
export async function measurePolls(sizes: number[]): Promise<string> {
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
