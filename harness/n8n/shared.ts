/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Instance, installPackage } from './instance';
import { install } from './install';
import type { Series } from './install';

/** An n8n that runs for all files of a test run, as a test file knows it. */
export interface SharedN8n {
	origin: string;
	version: string;
	/** Where it writes what it prints. */
	logFile: string;
	/** What it keeps, and what tests keep from file to file; ends with it. */
	folder: string;
}

type AllShared = Partial<Record<Series, SharedN8n>>;

/** Environment variable that tells test files what the test run has started. */
const VARIABLE = 'SHARED_N8N';

/** What removes the folder of an n8n, and what ends it. */
const ends: Array<() => Promise<void>> = [];

/**
 * Starts an n8n with the package for all files of a test run, in each of these versions: for jest's
 * `globalSetup`.
 * @param env what these n8n are told beside the usual
 */
export async function startShared(versions: Series[], env: NodeJS.ProcessEnv = {}): Promise<void> {
	const started: AllShared = {};
	const starts = versions.map(async (series) => {
		started[series] = await startOne(series, env);
	});
	// All of them, so that what has started is ended where another fails.
	const failed = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected');
	if (failed) await stopShared();
	await Promise.all(starts);
	process.env[VARIABLE] = JSON.stringify(started);
}

/** Ends what `startShared` has started: for jest's `globalTeardown`. */
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
