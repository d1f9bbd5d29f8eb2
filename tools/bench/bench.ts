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

/** Measures one section with an emulator of its own, so that none inherits the garbage of another. */
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
		'Overhead for an item',
		'What an item costs inside n8n (n8n-core 2.41.1, default expression engine, one parameter by expression), with an emulator in another process that answers at once. The ratios are to the first row.',
		await measure(
			async ({ emulator, engine, token }) => await measureOverhead(emulator, engine, token),
		),
	);
	section(
		'Memory',
		'Peak of the whole process (resident set), n8n-core included.',
		await measure(async ({ emulator }) => await measureMemory(emulator)),
	);
	section(
		'Reading',
		'200 users a page or, by ID, a call; 150 ms an answer, 10 calls in flight; 20,000 users in one of four user types. The lower bound is a script without n8n. Without the user type it looks in three of them.',
		await measure(async ({ emulator, engine, token }) => {
			return await measureLists(emulator, engine, token);
		}),
	);
	section(
		'In a large portal',
		'One run in a process of its own, with an emulator that answers at once; memory is the peak of the whole process, n8n-core included.',
		await measure(async ({ emulator }) => await measureLarge(emulator)),
	);
	section(
		'Planning a Sync',
		'Working out what a list changes in a portal of as many people in three user types, without any call.',
		measurePlans(),
	);
	section('Size', 'Beside n8n-workflow, which n8n has loaded already.', measureLoad());
	section(
		'Calls and time',
		'1,000 items with one user each; every answer takes 150 ms, and the organization may have 10 calls in flight. The lower bound is a script without n8n: perfect chunks, always 10 calls in flight, nothing else; then the same script inside n8n, which evaluates one parameter for every item.',
		await measure(async ({ emulator, engine, token }) => {
			return await measureBatches(emulator, engine, token);
		}),
	);
	// The reader's first question first.
	sections.unshift(sections.pop() ?? '');

	writePart(
		'npm run bench',
		`Made by \`npm run bench\` in one run, on ${availableParallelism()} processor cores with Node.js ${process.version.slice(1)}. Medians of several rounds
after one to warm up; all ways of a table take turns. What counts are the ratios.

${sections.join('\n\n')}

¹ For orientation, measured before on another machine, in n8n 2.41 with the same latency and limit:
the HTTP Request node as it comes, and with 10 items every 200 ms. "In the running n8n" has both
beside this node, in one run.`,
	);
	console.log('\nWritten to docs/performance.md');
}

void main();
