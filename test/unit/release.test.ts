/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { placeholdersIn } from '../../tools/release/identity';

const root = path.resolve(__dirname, '../..');
const tsx = createRequire(__filename).resolve('tsx/cli');
const PAGE = 'https://github.com/ada/portals';

const real = {
	name: 'n8n-nodes-example',
	version: '0.1.0',
	homepage: `${PAGE}#readme`,
	author: { name: 'Ada Example', email: 'ada@example.com' },
	repository: { type: 'git', url: `git+${PAGE}.git` },
};

/** What nobody may publish, as long as it stands in package.json. */
const OWNER = 'n8n-nodes-zoho-crm-portals';
const author = { name: `${OWNER} contributors`, email: `contributors@${OWNER}.example` };
const homepage = `https://github.com/${OWNER}/${OWNER}#readme`;
const repository = { url: `git+https://github.com/${OWNER}/${OWNER}.git` };

test.each([
	['author', { author: { ...real.author, name: author.name } }, author.name],
	['email', { author: { ...real.author, email: author.email } }, author.email],
	['repository', { repository }, repository.url],
	['homepage', { homepage }, homepage],
])('a placeholder of %s is told, with the place to set it', (_, changed, placeholder) => {
	expect(placeholdersIn({ ...real, ...changed })).toEqual([
		expect.stringContaining(`"${placeholder}": set it in package.json`),
	]);
});

test('a real author and repository are no placeholders', () => {
	expect(placeholdersIn(real)).toEqual([]);
});

describe('a package', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'release-'));
	const [clone, remote] = [path.join(folder, 'clone'), path.join(folder, 'remote')];
	afterAll(() => rmSync(folder, { recursive: true }));

	const git = (...args: string[]) =>
		execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trim();
	const commit = () => git('commit', '--all', '--quiet', '--message', 'Change');
	const read = (name: string) => readFileSync(path.join(clone, name), 'utf8');
	const write = (name: string, text: string) => writeFileSync(path.join(clone, name), text);
	const run = (tool: string, ...args: string[]) =>
		spawnSync(process.execPath, [tsx, path.join(root, 'tools/release', tool), ...args], {
			cwd: clone,
			encoding: 'utf8',
		});

	beforeAll(() => {
		for (const name of ['credentials', 'nodes'])
			mkdirSync(path.join(clone, name), { recursive: true });
		write('package.json', JSON.stringify(real, null, '\t'));
		write('LICENSE.md', 'MIT License\n\nCopyright (c) 2026 Somebody Else\n');
		write('nodes/One.node.json', '{ "url": "https://github.com/nobody/else/blob/main/a.md#b" }\n');
		write('CHANGELOG.md', '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A node.\n');
		git('init', '--quiet', '--initial-branch', 'main');
		git('config', 'user.name', 'Ada');
		git('config', 'user.email', 'ada@example.com');
		git('init', '--quiet', '--bare', remote);
		git('remote', 'add', 'origin', remote);
		git('add', '--all');
		commit();
	});

	test('is not published while files name another author or repository', () => {
		const { status, stderr } = run('prepublish.ts');
		expect(status).toBe(1);
		expect(stderr).toContain('LICENSE.md is not as package.json says: run "npm run identity"');
		expect(stderr).toContain('One.node.json is not as');
	});

	test('gets author and repository of package.json everywhere', () => {
		expect(run('identityCli.ts').status).toBe(0);
		expect(read('LICENSE.md')).toBe('MIT License\n\nCopyright (c) 2026 Ada Example\n');
		expect(read('nodes/One.node.json')).toBe(`{ "url": "${PAGE}/blob/main/a.md#b" }\n`);
		expect(run('prepublish.ts')).toMatchObject({ status: 0, stderr: '' });
	});

	test('is not released with changes, without a version, or with placeholders', () => {
		commit();
		write('package.json', JSON.stringify({ ...real, author }));
		const { status, stderr } = run('release.ts');
		expect(status).toBe(1);
		for (const obstacle of ['not committed', 'name the version', 'placeholder']) {
			expect(stderr).toContain(obstacle);
		}
		git('checkout', '--quiet', 'package.json');
		expect(git('tag')).toBe('');
		expect(git('status', '--porcelain')).toBe('');
	});

	test('is released by one command: version, changelog, tag; again where the push failed', () => {
		git('remote', 'set-url', 'origin', path.join(folder, 'nowhere'));
		expect(run('release.ts', '1.0.0')).toMatchObject({
			status: 1,
			stderr: expect.stringMatching(
				/could not be pushed\. Once the cause is gone, run the same command again/,
			),
		});
		git('remote', 'set-url', 'origin', remote);
		expect(run('release.ts', '1.0.0').status).toBe(0);
		expect(JSON.parse(read('package.json'))).toMatchObject({ version: '1.0.0' });
		expect(read('CHANGELOG.md')).toMatch(
			/^# Changelog\n\n## \[Unreleased\]\n\n## \[1\.0\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- A node\.\n$/,
		);
		expect(git('status', '--porcelain')).toBe('');
		expect(git('ls-remote', 'origin', 'refs/tags/1.0.0')).not.toBe('');
		expect(git('rev-parse', 'main')).toBe(git('rev-parse', '1.0.0^{commit}'));
		expect(git('rev-list', '--count', 'HEAD')).toBe('3');
		expect(run('release.ts', '1.0.0').stderr).toMatch(/a tag 1\.0\.0 already[^]*nothing under/);
	});
});
