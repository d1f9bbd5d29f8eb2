/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

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

test('all parts of .ci/run are run, and no others', () => {
	const asked = valuesOf('run').flatMap((command) => {
		const [, parts = ''] = /^\.ci\/run (.*)$/.exec(command) ?? [];
		return parts.split(' ').filter(Boolean);
	});
	const script = readFileSync(path.join(root, '.ci/run'), 'utf8');
	const parts = /^[ \t]*([a-z0-9 |]+)\) ;;$/m.exec(script)?.[1].split(' | ');
	expect([...new Set(asked)].sort()).toEqual(parts?.sort());
});

test('only the job that publishes may sign, and it has an environment', () => {
	for (const { name, text } of workflows) {
		const jobs = text.split(/^ {2}(?=\w+:$)/m).filter((job) => job.includes('id-token: write'));
		expect(jobs.map((job) => job.split(':')[0])).toEqual(name === 'release.yml' ? ['publish'] : []);
		for (const job of jobs) expect(job).toContain('environment: npm\n');
	}
});
