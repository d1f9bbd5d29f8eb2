/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { howToUse } from '../emulator/howToUse';
import { populate } from '../emulator/lifelike';
import type { Accounts } from '../emulator/oauth';
import { Emulator } from '../emulator/server';
import { OWNER } from '../harness/n8n/client';
import { connect } from '../harness/n8n/connect';
import { install } from '../harness/n8n/install';
import { Instance, installPackage } from '../harness/n8n/instance';
import { probePort } from '../harness/n8n/ports';
import { exampleFiles, readExample } from '../harness/examples';
import { CACHE } from '../harness/npmInstallation';

const USAGE = `Usage: npm run editor [-- --reset]

Starts n8n with this package, the example workflows, and an emulated Zoho CRM to try them on.
What you make there is kept for the next time; --reset starts over.`;

const N8N_PORT = 5678;
const EMULATOR_PORT = 4000;

/** The data of n8n: workflows, credentials, executions. */
const FOLDER = path.join(CACHE, 'editor');

/** A file that marks the folder as completely set up. */
const FURNISHED = path.join(FOLDER, 'furnished');

/** The grants of n8n's credentials, which the emulator would otherwise forget. */
const GRANTS = path.join(FOLDER, 'grants.json');

/** Runs until it is interrupted, and leaves no process behind. */
async function runEditor(reset: boolean, signal: AbortSignal): Promise<void> {
	await needPort(N8N_PORT, 'n8n');
	await needPort(EMULATOR_PORT, 'the Zoho emulator');
	const installation = await install('2.41', signal);
	if (reset || !existsSync(FURNISHED)) await rm(FOLDER, { recursive: true, force: true });
	await mkdir(FOLDER, { recursive: true });
	console.log('Starting n8n');
	await installPackage(FOLDER, signal);
	const emulator = await Emulator.start({ port: EMULATOR_PORT });
	try {
		populate(emulator.world);
		if (existsSync(GRANTS)) {
			emulator.accounts.restore(JSON.parse(readFileSync(GRANTS, 'utf8')) as Accounts['grants']);
		}
		const instance = await Instance.start(installation, {
			folder: FOLDER,
			port: N8N_PORT,
			env: { N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true' },
			signal,
		});
		const stop = () => void instance.stop();
		signal.addEventListener('abort', stop);
		try {
			if (!existsSync(FURNISHED)) await furnish(instance, emulator);
			signal.throwIfAborted();
			console.log(`
n8n is at   http://localhost:${N8N_PORT}
Email      ${OWNER.email}
Password    ${OWNER.password}

The example workflows are at
http://localhost:${N8N_PORT}/home/workflows
They are connected with an emulated Zoho CRM at
${emulator.origin}

${howToUse(emulator.origin)}

Ctrl-C stops both.`);
			await instance.ended();
			if (!signal.aborted) throw new Error(`n8n ended by itself:\n${instance.log.slice(-4000)}`);
		} finally {
			await instance.stop();
			keepGrants(emulator);
		}
	} finally {
		await emulator.stop();
	}
}

/** Sets up the first start: an account, a connected credential, the examples. */
async function furnish({ client }: Instance, emulator: Emulator): Promise<void> {
	await client.logIn();
	await connect(client, emulator);
	keepGrants(emulator);
	for (const file of exampleFiles) await client.importWorkflow(readExample(file));
	writeFileSync(FURNISHED, '');
}

function keepGrants({ accounts }: Emulator): void {
	writeFileSync(GRANTS, JSON.stringify(accounts.grants));
}

async function needPort(port: number, who: string): Promise<void> {
	try {
		await probePort(port);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		throw new Error(
			`Port ${port} is in use, and ${who} needs it. End the program that listens there, then try again.`,
		);
	}
}

async function main(args: string[]): Promise<void> {
	if (args.includes('--help')) {
		console.log(USAGE);
		return;
	}
	const interrupted = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM'] as const) {
		process.on(name, () => interrupted.abort());
	}
	try {
		await runEditor(args.includes('--reset'), interrupted.signal);
	} catch (error) {
		if (interrupted.signal.aborted) return;
		console.error((error as Error).message);
		process.exitCode = 1;
	}
}

void main(process.argv.slice(2));
