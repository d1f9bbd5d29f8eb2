/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a development tool that does not ship */
import { availableParallelism } from 'node:os';

import { writePart } from './document';
import { measurePolls } from './polls';

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

void main();
