/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { parseArgs } from 'node:util';

import { loadBuilt } from '../../harness/built';
import { TriggerChaos } from './triggerChaos';

const USAGE = `Usage: npm run chaos:trigger [-- --seed 1 --seeds 1000]

Polls the portal of an emulator that changes all the time and breaks calls, and keeps books of the
events that are told. A seed that fails is printed; run it again with --seed N --seeds 1.`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			seed: { type: 'string', default: '1' },
			seeds: { type: 'string', default: '1000' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const [first, amount] = [values.seed, values.seeds].map(Number);
	const total = { polls: 0, failed: 0, calls: 0, cheap: 0, wrong: 0 };
	const told: Record<string, number> = {};
	const started = Date.now();
	const { trigger, credential } = loadBuilt();
	const chaos = await TriggerChaos.start(trigger, credential);
	try {
		for (let seed = first; seed < first + amount; seed++) {
			const report = await chaos.run(seed);
			total.polls += report.polls;
			total.failed += report.failed;
			total.calls += report.calls;
			total.cheap += report.cheap;
			total.wrong += report.violations.length;
			for (const [event, count] of Object.entries(report.told)) {
				told[event] = (told[event] ?? 0) + count;
			}
			for (const violation of report.violations.slice(0, 5))
				console.log(`seed ${seed}: ${violation}`);
		}
	} finally {
		await chaos.stop();
	}
	const seconds = Math.round((Date.now() - started) / 1000);
	console.log(
		`${amount} seeds from ${first}: ${total.polls} polls, ${total.cheap} of them cheap, ${total.failed} with an error, ${total.calls} calls, ${seconds} s`,
	);
	console.log(`told ${JSON.stringify(told)}`);
	console.log(`${total.wrong} violations`);
	process.exitCode = total.wrong > 0 ? 1 : 0;
}

void main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
