/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const copy = mkdtempSync(path.join(tmpdir(), 'release-'));
afterAll(() => rmSync(copy, { recursive: true }));

const IDENTITY = ['package.json', 'LICENSE.md', 'credentials', 'nodes'];

beforeAll(() => {
	for (const name of [...IDENTITY, 'tools/release', '.npmrc', 'tsconfig.json']) {
		cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
	}
	symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
});

/** As the workflow of a release publishes. */
const publish = () =>
	spawnSync('npm', ['publish', '--dry-run', '--offline'], {
		cwd: copy,
		encoding: 'utf8',
		env: { ...process.env, NPM_CONFIG_IGNORE_SCRIPTS: 'false', RELEASE_MODE: 'true' },
	});

test('npm publishes nothing while author or repository are placeholders', () => {
	const { status, stderr } = publish();
	expect(status).not.toBe(0);
	for (const placeholder of ['contributors"', '.example"', 'github.com/n8n-nodes-zoho']) {
		expect(stderr).toMatch(new RegExp(`Not published: package.json has .*${placeholder}`));
	}
	expect(stderr).toContain('Not published: LICENSE.md has');
	expect(stderr).toMatch(/Not published: nodes\/.*\.node\.json has/);
});

test('npm publishes once they are set everywhere', () => {
	const replaced = (name: string) => {
		const file = path.join(copy, name);
		const text = readFileSync(file, 'utf8')
			.replaceAll('n8n-nodes-zoho-crm-portals contributors', 'Ada Lovelace')
			.replace(/[\w.-]+@[\w.-]+\.example\b/g, 'ada@example.com')
			.replaceAll('github.com/n8n-nodes-zoho-crm-portals/', 'github.com/ada/');
		writeFileSync(file, text);
	};
	const named = publish().stderr.matchAll(/Not published: (\S+) has/g);
	for (const [, name] of named) replaced(name);
	const { status, stderr } = publish();
	expect(stderr).not.toContain('Not published');
	expect(status).toBe(0);
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

test('the workflow of a release lets the guard run', () => {
	const workflow = readFileSync(path.join(root, '.github/workflows/release.yml'), 'utf8');
	expect(workflow).toMatch(
		/run: npx n8n-node release\n\s+env:\n\s+NPM_CONFIG_IGNORE_SCRIPTS: 'false'/,
	);
});
