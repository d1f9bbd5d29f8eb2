/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const copy = mkdtempSync(path.join(tmpdir(), 'release-'));
afterAll(() => rmSync(copy, { recursive: true }));

const IDENTITY = ['package.json', 'LICENSE.md', 'README.md', 'credentials', 'nodes'];

beforeAll(() => {
	for (const name of [...IDENTITY, 'tools/release', '.npmrc', 'tsconfig.json']) {
		cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
	}
	symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
});

/** Publishes as somebody does who just types it, or (with RELEASE_MODE) as n8n's tool does. */
const publish = (env: Record<string, string> = {}) =>
	spawnSync('npm', ['publish', '--dry-run', '--offline'], {
		cwd: copy,
		encoding: 'utf8',
		// As in a terminal: "npm test" puts what .npmrc says into the environment.
		env: { ...environment, ...env },
	});

const environment = Object.fromEntries(
	Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)),
);

test('npm publishes nothing while author or repository are placeholders', () => {
	const { status, stderr } = publish();
	expect(status).not.toBe(0);
	for (const placeholder of ['contributors"', '.example"', 'github.com/n8n-nodes-zoho']) {
		expect(stderr).toMatch(new RegExp(`Not published: package.json has .*${placeholder}`));
	}
	expect(stderr).toContain('Not published: LICENSE.md has');
	expect(stderr).toMatch(/Not published: nodes\/.*\.node\.json has/);
	expect(stderr).toContain('Not published: README.md has the placeholder "not on npm yet"');
});

test('npm publishes once they are set everywhere', () => {
	const replaced = (name: string) => {
		const file = path.join(copy, name);
		const text = readFileSync(file, 'utf8')
			.replaceAll('n8n-nodes-zoho-crm-portals contributors', 'Ada Lovelace')
			.replace(/[\w.-]+@[\w.-]+\.example\b/g, 'ada@example.com')
			.replaceAll('github.com/n8n-nodes-zoho-crm-portals/', 'github.com/ada/')
			.replace(/^This package is not on npm yet[^]*?\n\n/m, '');
		writeFileSync(file, text);
	};
	const named = publish().stderr.matchAll(/Not published: (\S+) has/g);
	for (const [, name] of named) replaced(name);
	const byHand = publish();
	expect(byHand.status).not.toBe(0);
	expect(byHand.stdout).toContain('Run `npm run release` to publish the package');
	const { status, stderr } = publish({ RELEASE_MODE: 'true' });
	expect(stderr).not.toContain('Not published');
	expect(status).toBe(0);
});

test('npm pack needs no identity', () => {
	const args = ['pack', '--dry-run', '--offline'];
	expect(spawnSync('npm', args, { cwd: root, env: environment }).status).toBe(0);
});

test('the handwritten changelog outlives a release', () => {
	const command = 'auto-changelog -p';
	const cli = path.join(root, 'node_modules/@n8n/node-cli/dist/commands/release.js');
	expect(readFileSync(cli, 'utf8')).toContain(`--hooks.after:bump="npx ${command}"`);
	const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
	writeFileSync(path.join(copy, 'CHANGELOG.md'), changelog);
	const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
	for (const args of [['init'], [...author, 'commit', '--allow-empty', '-m', 'A first commit']]) {
		expect(spawnSync('git', args, { cwd: copy }).status).toBe(0);
	}
	const made = spawnSync(`npx --no-install ${command}`, {
		cwd: copy,
		encoding: 'utf8',
		shell: true,
	});
	expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('written to')]);
	expect(readFileSync(path.join(copy, 'CHANGELOG.md'), 'utf8')).toBe(changelog);
});
