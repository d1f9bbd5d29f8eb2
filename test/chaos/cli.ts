/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { parseArgs } from 'node:util';

import { loadBuilt } from '../../harness/built';
import { Chaos } from './chaos';
import type { Told } from './verdict';

const USAGE = `Usage: npm run chaos [-- --seed 1 --seeds 500 --users 200]

Runs the node on n8n's engine against an emulator that breaks calls, and compares what people are
told with what is so. A seed that fails is printed; run it again with --seed N --seeds 1.`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			seed: { type: 'string', default: '1' },
			seeds: { type: 'string', default: '500' },
			users: { type: 'string', default: '200' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const [first, amount, users] = [values.seed, values.seeds, values.users].map(Number);
	const total: Record<Told, number> = { done: 0, failed: 0, uncertain: 0, scheduled: 0 };
	let calls = 0;
	let wrong = 0;
	const started = Date.now();
	const { node, credential } = loadBuilt();
	const chaos = await Chaos.start(node, credential);
	try {
		for (let seed = first; seed < first + amount; seed++) {
			const report = await chaos.run(seed, users);
			for (const one of Object.keys(total) as Told[]) total[one] += report.told[one];
			calls += report.calls;
			wrong += report.violations.length;
			for (const violation of report.violations.slice(0, 5))
				console.log(`seed ${seed}: ${violation}`);
		}
	} finally {
		await chaos.stop();
	}
	const seconds = Math.round((Date.now() - started) / 1000);
	console.log(
		`${amount} seeds from ${first}, ${calls} calls, ${seconds} s: told ${JSON.stringify(total)}`,
	);
	console.log(`${wrong} violations`);
	process.exitCode = wrong > 0 ? 1 : 0;
}

void main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
