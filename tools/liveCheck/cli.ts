/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { liveCheck } from './liveCheck';
import { USAGE, UsageError } from './options';
import { Stopped } from './stopped';
import { terminal } from './terminal';

const args = process.argv.slice(2);

async function main(): Promise<void> {
	if (args.includes('--help')) return console.log(USAGE);
	try {
		await liveCheck(args, process.env, terminal);
	} catch (error) {
		if (!(error instanceof UsageError) && !(error instanceof Stopped)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
}

void main();
