/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- runs on Node and does not ship */
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statfsSync,
} from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

import { CommandError, run } from './command';

/** A package that npm installs once per machine. */
export interface Recipe {
	/** A folder with `package.json`, `package-lock.json` and `.npmrc`. */
	source: string;
	/** The dependency that it is for. */
	dependency: string;
	/** Size in GB, and the usual duration, for users who wait for it. */
	size: number;
	time: string;
	/** Completes the installation in its folder, and throws if it does not work. */
	finish?: (folder: string) => Promise<void>;
}

/** Outside the repository, because installations are large and a new clone can reuse them. */
export const CACHE = path.join(
	process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
	'n8n-nodes-zoho-crm-portals',
);

const FILES = ['package.json', 'package-lock.json', '.npmrc'];

const ATTEMPTS = 3;

const NETWORK_FAULT =
	/\b(?:ETIMEDOUT|ECONNRESET|EAI_AGAIN|ENETUNREACH|EPIPE|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|E50[0234])\b/;

/** The version of the dependency of a recipe. */
export function versionOf({ source, dependency }: Recipe): string {
	const { dependencies, optionalDependencies } = JSON.parse(
		readFileSync(path.join(source, 'package.json'), 'utf8'),
	) as Record<'dependencies' | 'optionalDependencies', Record<string, string> | undefined>;
	return { ...dependencies, ...optionalDependencies }[dependency];
}

/**
 * The folder in which a recipe is installed. It depends on the content of the recipe.
 *
 * @public for the configuration of Jest
 */
export function folderOf(recipe: Recipe): string {
	const contents = FILES.map((file) => readFileSync(path.join(recipe.source, file)));
	const hash = createHash('sha256').update(Buffer.concat(contents)).digest('hex').slice(0, 8);
	return path.join(CACHE, `${recipe.dependency}-${versionOf(recipe)}-${hash}`);
}

/**
 * Installs a recipe if it is missing. An existing folder is always complete: the installation runs
 * in another folder, which is renamed only at the end.
 *
 * @returns the folder
 * @throws CommandError if npm fails, and any error of `finish`
 */
export async function install(recipe: Recipe, signal?: AbortSignal): Promise<string> {
	const folder = folderOf(recipe);
	if (existsSync(folder)) return folder;
	await removeAbandoned(folder);
	const unfinished = `${folder}.${process.pid}`;
	const what = `${recipe.dependency} ${versionOf(recipe)}`;
	console.log(`Installing ${what} (${recipe.size} GB, ${recipe.time}, once)`);
	const started = Date.now();
	mkdirSync(unfinished, { recursive: true });
	const progress = setInterval(tellProgress(unfinished, what, recipe.size), 30_000);
	try {
		for (const file of FILES) {
			copyFileSync(path.join(recipe.source, file), path.join(unfinished, file));
		}
		// Not `npm ci`, because it refuses a lock file without the optional packages of all other
		// platforms.
		await npm(['install', '--no-audit', '--no-fund'], unfinished, signal);
		await recipe.finish?.(unfinished);
		await moveTo(unfinished, folder);
	} finally {
		clearInterval(progress);
		await rm(unfinished, { recursive: true, force: true });
	}
	console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s: ${folder}`);
	return folder;
}

/**
 * Prints how much has been written, from the decrease of free disk space, because adding up hundreds
 * of thousands of files takes too long.
 */
function tellProgress(folder: string, what: string, size: number): () => void {
	const free = () => {
		const { bavail, bsize } = statfsSync(folder);
		return bavail * bsize;
	};
	const before = free();
	return () => {
		const written = Math.min(size, Math.max(0, before - free()) / 1e9);
		console.log(`${what}: ${written.toFixed(1)} of ${size} GB`);
	};
}

/** Runs npm, and repeats it if the network fails. */
export async function npm(args: string[], cwd: string, signal?: AbortSignal): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await run('npm', args, { cwd, signal });
			return;
		} catch (error) {
			const repeat =
				error instanceof CommandError && NETWORK_FAULT.test(error.output) && attempt < ATTEMPTS;
			if (!repeat) throw error;
			console.log(`The network failed; once more (${attempt + 1} of ${ATTEMPTS})`);
		}
	}
}

/** Runs the work of a script. Stopping the script aborts the signal, and an error is printed. */
export async function asScript(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
	const interrupted = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
	try {
		await work(interrupted.signal);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}

/** If another process was faster, its installation is used. */
async function moveTo(unfinished: string, folder: string): Promise<void> {
	try {
		await rename(unfinished, folder);
	} catch (error) {
		if (!existsSync(folder)) throw error;
	}
}

/** Deletes the folders of processes that were killed during an installation. */
async function removeAbandoned(folder: string): Promise<void> {
	const { dir, base } = path.parse(folder);
	if (!existsSync(dir)) return;
	for (const name of readdirSync(dir).filter((one) => one.startsWith(`${base}.`))) {
		const pid = Number(name.slice(base.length + 1));
		if (!isAlive(pid)) await rm(path.join(dir, name), { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
