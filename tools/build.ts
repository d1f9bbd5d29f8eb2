/* eslint-disable no-console, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

/** Everything that affects the built package. */
const SOURCES = [
	'nodes',
	'credentials',
	'icons',
	'gulpfile.js',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
];

/** The file that records the last build and its sources; `npm ci` deletes it. */
const RECORD = path.join(root, 'node_modules/.cache/build.sha256');

/** A hash of the contents of files, and of all files in folders. */
function hashOf(names: string[]): string {
	const hash = createHash('sha256');
	for (const name of names) {
		const file = path.join(root, name);
		if (!statSync(file).isDirectory()) hash.update(name).update(readFileSync(file));
		else hash.update(hashOf(readdirSync(file).map((entry) => path.join(name, entry))));
	}
	return hash.digest('hex');
}

const state = () => hashOf([...SOURCES, 'dist']);

/** Builds the package, unless dist is up to date. */
function build(): void {
	const built = existsSync(path.join(root, 'dist')) && existsSync(RECORD);
	if (built && readFileSync(RECORD, 'utf8') === state()) return;
	rmSync(RECORD, { force: true });
	console.log('Building the package …');
	const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build:anew'], {
		cwd: root,
		encoding: 'utf8',
	});
	if (status !== 0) {
		console.error(stdout + stderr);
		process.exitCode = 1;
		return;
	}
	mkdirSync(path.dirname(RECORD), { recursive: true });
	writeFileSync(RECORD, state());
}

build();
