/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Instance, installPackage } from './instance';
import { install } from './install';
import type { Series } from './install';

/** An n8n that runs for all files of a test run, as test files see it. */
export interface SharedN8n {
	origin: string;
	version: string;
	/** The file with its output. */
	logFile: string;
	/** Its data folder, which tests may also use for shared files. It is deleted when n8n ends. */
	folder: string;
}

type AllShared = Partial<Record<Series, SharedN8n>>;

/** The environment variable that tells test files which instances the test run has started. */
const VARIABLE = 'SHARED_N8N';

/** Functions that stop each n8n and delete its folder. */
const ends: Array<() => Promise<void>> = [];

/**
 * Starts an n8n with the package for all files of a test run, in each of these versions; for Jest's
 * `globalSetup`.
 * @param env additional environment variables
 */
export async function startShared(versions: Series[], env: NodeJS.ProcessEnv = {}): Promise<void> {
	const started: AllShared = {};
	const starts = versions.map(async (series) => {
		started[series] = await startOne(series, env);
	});
	// Waits for all of them, so that started instances are stopped if another one fails.
	const failed = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected');
	if (failed) await stopShared();
	await Promise.all(starts);
	process.env[VARIABLE] = JSON.stringify(started);
}

/** Stops the instances that `startShared` has started; for Jest's `globalTeardown`. */
export async function stopShared(): Promise<void> {
	for (const end of ends.splice(0).reverse()) await end();
}

/** The n8n of this version that runs for all test files. */
export function sharedN8n(series: Series): SharedN8n {
	const started = JSON.parse(process.env[VARIABLE] ?? '{}') as AllShared;
	const one = started[series];
	if (!one) throw new Error(`No n8n ${series} runs: globalSetup of jest starts it`);
	return one;
}

async function startOne(series: Series, env: NodeJS.ProcessEnv): Promise<SharedN8n> {
	const installation = await install(series);
	const folder = await mkdtemp(path.join(tmpdir(), `n8n-${series}-`));
	ends.push(async () => await rm(folder, { recursive: true, force: true }));
	await installPackage(folder);
	const instance = await Instance.start(installation, { folder, env });
	ends.push(async () => await instance.stop());
	const { origin, logFile } = instance;
	return { origin, version: installation.version, logFile, folder };
}
