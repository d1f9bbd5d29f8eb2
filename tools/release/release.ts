/* eslint-disable no-console, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { release, unreleasedIn } from './changelog';
import { obstaclesIn, refuse } from './check';

const root = process.cwd();
const CHANGELOG = path.join(root, 'CHANGELOG.md');
const VERSION = /^\d+\.\d+\.\d+$/;

/** Why this version cannot be released from this folder now. Nothing is changed. */
function obstacles(version: string): string[] {
	return [
		...(VERSION.test(version) ? [] : ['name the version: "npm run release -- 1.0.0"']),
		...obstaclesIn(root),
		...(git('branch', '--show-current') === 'main' ? [] : ['this is not the branch "main"']),
		...(git('status', '--porcelain') === '' ? [] : ['there are changes that are not committed']),
		...(git('tag', '--list', version) === '' ? [] : [`there is a tag ${version} already`]),
		...(unreleasedIn(readFileSync(CHANGELOG, 'utf8')) === ''
			? ['CHANGELOG.md has nothing under "Unreleased"']
			: []),
	];
}

/** Commits version and changelog, and tags them. */
function tag(version: string): void {
	const [today] = new Date().toISOString().split('T');
	writeFileSync(CHANGELOG, release(readFileSync(CHANGELOG, 'utf8'), version, today));
	run('npm', 'version', version, '--no-git-tag-version', '--allow-same-version');
	run('git', 'commit', '--all', '--message', `Version ${version}`);
	run('git', 'tag', '--annotate', version, '--message', `Version ${version}`);
}

/** Whether the version is tagged here and not on the server, as after a push that failed. */
function isUnpushed(version: string): boolean {
	if (!VERSION.test(version) || git('tag', '--list', version) === '') return false;
	const isHead = git('rev-parse', `${version}^{commit}`) === git('rev-parse', 'main');
	return isHead && git('ls-remote', 'origin', `refs/tags/${version}`) === '';
}

/** Pushes branch and tag, both or neither; the workflow publishes the tag. */
function push(version: string): void {
	try {
		run('git', 'push', '--atomic', 'origin', 'main', version);
		console.log(`Version ${version} is tagged: its workflow tests and publishes it`);
	} catch {
		console.error(
			`Version ${version} is committed and tagged here, and could not be pushed. Once the cause is gone, run the same command again. To take it back: git tag --delete ${version} && git reset --hard HEAD~`,
		);
		process.exitCode = 1;
	}
}

function git(...args: string[]): string {
	return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

function run(command: string, ...args: string[]): void {
	execFileSync(command, args, { cwd: root, stdio: 'inherit' });
}

const [version = ''] = process.argv.slice(2);
if (isUnpushed(version)) {
	push(version);
} else if (refuse(obstacles(version))) {
	tag(version);
	push(version);
}
