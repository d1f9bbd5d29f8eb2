/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { parseArgs } from 'node:util';

import { loadBuilt } from '../../harness/built';
import { AskedChaos, casesOf } from './asked';
import type { Verdict } from './asked';
import { TriggerAsked, triggerCasesOf, triggerSlots } from './triggerAsked';

const USAGE = `Usage: npm run chaos:asked [-- --seed 1 --cases 5000]

Gives every parameter of every operation that writes any value by expression, in every error setting
and as a tool, and looks at what reaches an emulator and what comes out; then every parameter of the
trigger, in a tenth as many cases, and looks at what polls tell.`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			seed: { type: 'string', default: '1' },
			cases: { type: 'string', default: '5000' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(USAGE);
		return;
	}
	const [seed, amount] = [values.seed, values.cases].map(Number);
	const total = { certain: 0, writes: 0, wrong: 0 };
	const started = Date.now();
	const { node, trigger, credential } = loadBuilt();
	const chaos = await AskedChaos.start(node, credential);
	const polled = await TriggerAsked.start(trigger, credential);
	const count = ({ violations, certain, writes = 0 }: Verdict) => {
		if (certain) total.certain++;
		total.writes += writes;
		total.wrong += violations.length;
		for (const violation of violations) console.log(violation);
	};
	const polls = triggerCasesOf(triggerSlots(trigger), seed, Math.ceil(amount / 10));
	try {
		for (const one of casesOf(seed, amount)) count(await chaos.run(one));
		for (const one of polls) count(await polled.run(one));
	} finally {
		await chaos.stop();
		await polled.stop();
	}
	const seconds = Math.round((Date.now() - started) / 1000);
	console.log(
		`${amount} cases of the node and ${polls.length} of the trigger by seed ${seed}, ${total.certain} with a value that is certain, ${total.writes} writing calls, ${seconds} s`,
	);
	console.log(`${total.wrong} violations`);
	process.exitCode = total.wrong > 0 ? 1 : 0;
}

void main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
