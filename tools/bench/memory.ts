/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- a development tool that does not ship */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import type { RemoteEmulator } from '../../emulator/remote';
import { median, table } from '../table';

const ROUNDS = 3;

/**
 * Peak memory of a process that runs one node with 20,000 items, minus the memory with one item.
 */
export async function measureMemory(emulator: RemoteEmulator): Promise<string> {
	const peak = async (type: string, amount: number): Promise<number> => {
		const peaks: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			await emulator.reset();
			const child = path.join(__dirname, 'child.ts');
			const args = ['--import', 'tsx', child, emulator.origin, type, String(amount)];
			peaks.push(parseFloat(execFileSync(process.execPath, args, { encoding: 'utf8' })));
		}
		return median(peaks) / 1024;
	};
	const rows: string[][] = [];
	for (const [name, type] of [
		['minimal programmatic node, no request', 'programmatic'],
		['minimal declarative node with expressions, no request', 'declarative'],
		['this node, delete', 'this'],
	]) {
		const [one, many] = [await peak(type, 1), await peak(type, 20_000)];
		rows.push(
			[name, one, many, many - one].map((value) =>
				typeof value === 'number' ? `${value.toFixed(0)} MB` : value,
			),
		);
	}
	return table(['', '1 item', '20,000 items', 'difference'], rows);
}
