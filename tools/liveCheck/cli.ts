/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import { Stopped } from './answers';
import { liveCheck } from './run';

async function ask(question: string, secret = false): Promise<string> {
	if (secret) process.stdout.write(`${question} `);
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const output = secret ? silent : process.stdout;
	const reader = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
	const answer = await reader.question(secret ? '' : `${question} `);
	reader.close();
	if (secret) process.stdout.write('\n');
	return answer.trim();
}

const args = process.argv.slice(2);
if (args.includes('--help')) console.log('The options are in docs/live-check.md.');
else {
	liveCheck(args, process.env, { say: console.log, ask }).catch((error: unknown) => {
		console.error(error instanceof Stopped ? error.message : error);
		process.exitCode = 1;
	});
}
