/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CACHE } from '../../harness/npmInstallation';

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => ({
	name,
	text: readFileSync(path.join(folder, name), 'utf8'),
}));

/** Whatever stands behind a key, in all workflows. */
function valuesOf(key: string): string[] {
	const pattern = new RegExp(`^\\s*(?:- )?${key}: (.*)$`, 'gm');
	return workflows.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, value]) => value));
}

test('every action is pinned by its commit, with the version that it is', () => {
	const actions = valuesOf('uses');
	expect(actions.length).toBeGreaterThan(0);
	for (const action of actions)
		expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	expect(new Set(actions).size).toBe(new Set(actions.map((one) => one.split('@')[0])).size);
});

test('every container is pinned by its digest', () => {
	const containers = valuesOf('container');
	expect(containers.length).toBeGreaterThan(0);
	for (const container of containers) expect(container).toMatch(/^[\w:.-]+@sha256:[0-9a-f]{64}$/);
});

test('all parts of .ci/run are run, and no others', () => {
	const asked = valuesOf('run').flatMap((command) => {
		const [, parts = ''] = /^\.ci\/run (.*)$/.exec(command) ?? [];
		return parts.split(' ').filter(Boolean);
	});
	const script = readFileSync(path.join(root, '.ci/run'), 'utf8');
	const parts = /^[ \t]*([a-z0-9 |]+)\) ;;$/m.exec(script)?.[1].split(' | ');
	expect([...new Set(asked)].sort()).toEqual(parts?.sort());
});

/** The text of every job, by its name. */
const jobs = workflows.flatMap(({ name, text }) => {
	const [, ...parts] = text.slice(text.indexOf('\njobs:\n')).split(/^ {2}(?=[\w-]+:$)/m);
	return parts.map((job) => ({ workflow: name, name: job.split(':')[0], job }));
});

test('no matrix repeats the static checks', () => {
	const checking = jobs.filter(({ job }) => /run: \.ci\/run (?:.* )?fast\b/.test(job));
	expect(checking.map(({ workflow, name }) => `${workflow} ${name}`)).toEqual([
		'ci.yml fast',
		'publish.yml test',
	]);
	for (const { job } of checking) expect(job).not.toContain('matrix:');
});

test('a label starts only the jobs that name it, and cancels no others', () => {
	const labeled = workflows.filter(({ text }) => /^ *types: .*\blabeled\b/m.test(text));
	expect(labeled.map(({ name }) => name)).toEqual(['n8n.yml']);
	const [{ text }] = labeled;
	expect(text).toMatch(/^ {2}group: .*\$\{\{ github\.event\.label\.name \|\| 'full n8n' \}\}$/m);
	const conditions = jobs
		.filter(({ workflow }) => workflow === 'n8n.yml')
		.map(({ job }) => /^ {4}if: (?:>-\n)?([^]*?)\n {4}\w/m.exec(job)?.[1] ?? '');
	expect(conditions).toHaveLength(2);
	for (const condition of conditions) {
		const byLabel = condition.includes("(github.event.label.name || 'full n8n') == 'full n8n'");
		const neverByLabel = condition === "github.event_name != 'pull_request'";
		expect(byLabel || neverByLabel).toBe(true);
	}
});

test('the job that tests in n8n keeps the installation, which .ci/run looks for there', () => {
	const [{ job }, ...others] = jobs.filter((one) => one.job.includes('run: .ci/run n8n'));
	expect(others).toEqual([]);
	expect(job).toContain(`path: ~/.cache/${path.basename(CACHE)}\n`);
	const [, files = ''] = /key: .*hashFiles\((.*)\)/.exec(job) ?? [];
	expect(files).toContain("'harness/n8n/versions/**'");
	expect(job.indexOf('uses: actions/cache@')).toBeLessThan(job.indexOf('run: .ci/run n8n'));
});

test('every night the newest of each kind is tried', () => {
	const [{ job }, ...others] = jobs.filter((one) => one.job.includes('run: .ci/newest '));
	expect(others).toEqual([]);
	const [, asked] = /package: \[(.*)\]/.exec(job) ?? [];
	const known = readFileSync(path.join(root, '.ci/newest'), 'utf8').matchAll(/^\t([\w-]+)\)$/gm);
	expect(asked.split(', ')).toEqual([...known].map(([, one]) => one));
	expect(workflows.find(({ name }) => name === 'n8n.yml')?.text).toContain('\n  schedule:\n');
});

test('every folder with a lock file is looked after', () => {
	const text = readFileSync(path.join(root, '.github/dependabot.yml'), 'utf8');
	const watched = [...text.matchAll(/^ +(?:directory:|-) (\/.*)$/gm)].map(([, one]) => one);
	const pinned = readdirSync(path.join(root, 'harness'), { recursive: true, encoding: 'utf8' })
		.filter((file) => /^\w+\/versions\/[^/]+\/package-lock\.json$/.test(file))
		.map((file) => `/harness/${path.dirname(path.dirname(file))}/*`);
	expect(new Set(watched)).toEqual(new Set(['/', ...pinned]));
});

test('only the job that publishes may sign, and it has an environment', () => {
	const signing = jobs.filter(({ job }) => job.includes('id-token: write'));
	expect(signing.map(({ workflow, name }) => `${workflow} ${name}`)).toEqual([
		'publish.yml publish',
	]);
	for (const { job } of signing) expect(job).toContain('environment: npm\n');
});

describe('a release', () => {
	const { text } = workflows.find(({ name }) => name === 'publish.yml') ?? { text: '' };
	let folder: string;

	beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'publish-'))));
	afterAll(() => rmSync(folder, { recursive: true }));

	/** What one step of the workflow does in a folder. */
	function step(name: string, variables: Record<string, string>) {
		const [, command] = new RegExp(`- name: ${name}\\n +run: (.*)\\n`).exec(text) ?? [];
		const env = { ...process.env, ...variables };
		return spawnSync('bash', ['-ec', command], { cwd: folder, env, encoding: 'utf8' });
	}

	const git = (...args: string[]) => {
		const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
		const { status, stdout } = spawnSync('git', [...identity, ...args], {
			cwd: folder,
			encoding: 'utf8',
		});
		expect([args, status]).toEqual([args, 0]);
		return stdout.trim();
	};

	test('is one of main', () => {
		git('init', '-q', '-b', 'main');
		git('commit', '-q', '--allow-empty', '-m', 'One');
		const old = git('rev-parse', 'HEAD');
		git('commit', '-q', '--allow-empty', '-m', 'Two');
		git('update-ref', 'refs/remotes/origin/main', 'HEAD');
		git('switch', '-q', '-c', 'other');
		git('commit', '-q', '--allow-empty', '-m', 'Three');
		const statuses = [old, 'main', 'other'].map(
			(commit) => step('The tag is on main', { GITHUB_SHA: git('rev-parse', commit) }).status,
		);
		expect(statuses).toEqual([0, 0, 1]);
	});

	test('has the version of the package', () => {
		writeFileSync(path.join(folder, 'package.json'), '{ "version": "1.2.3" }');
		const statuses = ['1.2.3', '1.2.4'].map(
			(tag) => step('The tag is the version', { GITHUB_REF_NAME: tag }).status,
		);
		expect(statuses).toEqual([0, 1]);
	});

	test('is told on GitHub as the changelog has it', () => {
		const changelog =
			'# Changelog\n\n## [1.2.3]\n\n- New\n\n### Fixed\n\n- Old\n\n## [1.2.2]\n\n- Older\n';
		writeFileSync(path.join(folder, 'CHANGELOG.md'), changelog);
		const statuses = ['1.2.3', '1.2', '1.2.4'].map(
			(tag) => step('The changelog has the version', { GITHUB_REF_NAME: tag }).status,
		);
		expect(statuses).toEqual([0, 1, 1]);
		step('The section of the changelog', { GITHUB_REF_NAME: '1.2.3' });
		const notes = readFileSync(path.join(folder, 'notes.md'), 'utf8');
		expect(notes.trim()).toBe('- New\n\n### Fixed\n\n- Old');
	});
});
