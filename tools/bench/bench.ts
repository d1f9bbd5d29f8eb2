/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { availableParallelism } from 'node:os';

import { RemoteEmulator } from '../../emulator/remote';
import { loadBuilt } from '../../harness/built';
import { Engine } from '../../harness/engine';
import { ACCESS } from '../../nodes/ZohoCrmPortals/zoho/scopes';
import { measureBatches } from './batches';
import { writePart } from './document';
import { measureLarge } from './large';
import { measureLists } from './lists';
import { measureLoad } from './load';
import { measureMemory } from './memory';
import { measureOverhead } from './overhead';
import { measurePlans } from './plan';

interface Bench {
	emulator: RemoteEmulator;
	engine: Engine;
	token: string;
}

/** Measures one section with a new emulator, so that no section inherits the garbage of another. */
async function measure(section: (bench: Bench) => Promise<string>): Promise<string> {
	const emulator = await RemoteEmulator.start();
	const { node, credential } = loadBuilt();
	const tokens = await emulator.connect(ACCESS.everything.join(','));
	const engine = new Engine({ origin: emulator.origin, connect: () => tokens }, node, credential);
	try {
		return await section({ emulator, engine, token: tokens.access_token });
	} finally {
		await emulator.stop();
	}
}

/** Measures everything in one run and writes docs/performance.md. */
async function main(): Promise<void> {
	const sections: string[] = [];
	const section = (title: string, about: string, table: string) => {
		sections.push(`## ${title}\n\n${about}\n\n${table}`);
		console.log(`\n${title}\n\n${table}`);
	};
	section(
		'Overhead per item',
		'The table shows the time per item inside n8n (n8n-core 2.41.1, default expression engine, one parameter set by an expression). The emulator runs in another process and answers at once. Ratios are relative to the first row.',
		await measure(
			async ({ emulator, engine, token }) => await measureOverhead(emulator, engine, token),
		),
	);
	section(
		'Memory',
		'The table shows the peak memory of the whole process (resident set), including n8n-core.',
		await measure(async ({ emulator }) => await measureMemory(emulator)),
	);
	section(
		'Reading',
		'A call reads 200 users, by page or by ID. Every answer takes 150 ms, and 10 calls may be in flight. One of four user types has 20,000 users. The lower bound is a script without n8n. Without the user type, it searches three of them.',
		await measure(async ({ emulator, engine, token }) => {
			return await measureLists(emulator, engine, token);
		}),
	);
	section(
		'In a large portal',
		'Each run has its own process, and the emulator answers at once. Memory is the peak of the whole process, including n8n-core.',
		await measure(async ({ emulator }) => await measureLarge(emulator)),
	);
	section(
		'Planning a Sync',
		'The table shows the time to work out what a list changes in a portal with the same number of people and three user types, without any call.',
		measurePlans(),
	);
	section(
		'Size',
		'The figures do not include n8n-workflow, which n8n has already loaded.',
		measureLoad(),
	);
	section(
		'Calls and time',
		'Each run has 1,000 items with one user each. Every answer takes 150 ms, and the organization may have 10 calls in flight. The lower bound is a script without n8n that only sends perfect chunks, always with 10 calls in flight. "Lower bound, ids read by n8n" is the same script inside n8n, which evaluates one parameter for every item.',
		await measure(async ({ emulator, engine, token }) => {
			return await measureBatches(emulator, engine, token);
		}),
	);
	// The section that most readers look for comes first.
	sections.unshift(sections.pop() ?? '');

	writePart(
		'npm run bench',
		`\`npm run bench\` made these tables in one run, on ${availableParallelism()} processor cores with Node.js ${process.version.slice(1)}. The figures are medians of
several rounds after a warm-up round, and the rows of a table take turns. Compare the ratios rather than the times.

${sections.join('\n\n')}

¹ For orientation: the HTTP Request node with default settings, and with 10 items every 200 ms, was measured earlier
on another machine, in n8n 2.41 with the same latency and limit. "In the running n8n" compares both with this node in
one run.`,
	);
	console.log('\nWritten to docs/performance.md');
}

void main();
