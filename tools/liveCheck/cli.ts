/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import { Stopped } from './client';
import { USAGE, UsageError } from './options';
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

async function main(args: string[]): Promise<void> {
	if (args.includes('--help')) return console.log(USAGE);
	try {
		await liveCheck(args, process.env, { say: console.log, ask });
	} catch (error) {
		if (!(error instanceof UsageError) && !(error instanceof Stopped)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
}

void main(process.argv.slice(2));
