/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The import rule is .dependency-cruiser.cjs; here, imports are planted for it to find. */
const root = path.resolve(__dirname, '../..');
const config = path.join(root, '.dependency-cruiser.cjs');
const NODE = 'nodes/ZohoCrmPortals';
const MISSING = 'tools/missing.ts';

/** Imports that break a rule: the rule, the file that imports, what it imports. */
const forbidden = [
	['layer-node', `${NODE}/One.node.ts`, `${NODE}/Other.node.ts`],
	['layer-node', `${NODE}/Two.node.ts`, 'emulator/thing.ts'],
	['layer-resources', `${NODE}/resources/portal/get.ts`, `${NODE}/methods/thing.ts`],
	['layer-resources', `${NODE}/resources/portal/getAll.ts`, 'test/thing.ts'],
	['layer-routing', `${NODE}/routing.ts`, `${NODE}/resources/thing.ts`],
	['layer-run', `${NODE}/run/batch.ts`, `${NODE}/routing.ts`],
	['layer-run', `${NODE}/run/list.ts`, `${NODE}/resources/thing.ts`],
	['layer-form', `${NODE}/form/field.ts`, `${NODE}/errors/thing.ts`],
	['layer-form', `${NODE}/form/item.ts`, `${NODE}/run/thing.ts`],
	['layer-errors', `${NODE}/errors/messages.ts`, `${NODE}/form/thing.ts`],
	['layer-methods', `${NODE}/methods/picker.ts`, `${NODE}/run/thing.ts`],
	['layer-trigger', `${NODE}/trigger/compare.ts`, `${NODE}/run/thing.ts`],
	['layer-errors', `${NODE}/errors/words.ts`, `${NODE}/run/thing.ts`],
	['layer-http', `${NODE}/http/retry.ts`, `${NODE}/errors/thing.ts`],
	['layer-http', `${NODE}/http/once.ts`, 'tools/thing.ts'],
	['layer-http', `${NODE}/http/pause.ts`, `${NODE}/zoho/thing.ts`],
	['layer-zoho', `${NODE}/zoho/people.ts`, `${NODE}/errors/thing.ts`],
	['layer-credentials', 'credentials/One.credentials.ts', `${NODE}/errors/thing.ts`],
	['layer-unknown', `${NODE}/helpers/help.ts`, `${NODE}/http/thing.ts`],
	['resources-apart', `${NODE}/resources/crmUser/get.ts`, `${NODE}/resources/portal/thing.ts`],
	[
		'resources-apart',
		`${NODE}/resources/crmUser/count.ts`,
		`${NODE}/resources/connection/thing.ts`,
	],
	['resources-shared', `${NODE}/resources/output.ts`, `${NODE}/resources/crmUser/thing.ts`],
	['resources-shared', `${NODE}/resources/pick.ts`, `${NODE}/resources/index.ts`],
	['two-entries', `${NODE}/resources/crmUser/delete.ts`, `${NODE}/run/execute.ts`],
	['shipped-packages', `${NODE}/http/request.ts`, 'fastify'],
	['shipped-packages', `${NODE}/http/paths.ts`, 'n8n-core'],
	['shipped-packages', 'credentials/Two.credentials.ts', 'node:fs'],
	['emulator-alone', 'emulator/server.ts', 'test/thing.ts'],
	['emulator-alone', 'emulator/world.ts', `${NODE}/http/thing.ts`],
	['emulator-alone', 'emulator/users.ts', 'n8n-workflow'],
	['emulator-alone', 'emulator/portals.ts', '@n8n/di'],
	['harness-apart', 'harness/engine.ts', 'test/thing.ts'],
	['harness-apart', 'harness/n8n/client.ts', 'tools/thing.ts'],
	['tools-without-tests', 'tools/editor.ts', 'test/thing.ts'],
	['no-circle', `${NODE}/run/operation.ts`, `${NODE}/run/run.ts`],
	['resolvable', 'tools/bench.ts', MISSING],
] as const;

/** Closes a circle; each circle is reported once. */
const wayBack = [`${NODE}/run/run.ts`, `${NODE}/run/operation.ts`] as const;

/** Imports that keep all rules. */
const allowed = [
	[`${NODE}/Three.node.ts`, `${NODE}/resources/index.ts`],
	[`${NODE}/Four.node.ts`, `${NODE}/trigger/thing.ts`],
	[`${NODE}/resources/index.ts`, `${NODE}/resources/crmUser/thing.ts`],
	[`${NODE}/resources/connection/check.ts`, `${NODE}/resources/crmUser/thing.ts`],
	[`${NODE}/resources/userType/get.ts`, `${NODE}/resources/fields.ts`],
	[`${NODE}/resources/userType/getAll.ts`, `${NODE}/resources/userType/thing.ts`],
	[`${NODE}/resources/fields.ts`, `${NODE}/run/thing.ts`],
	[`${NODE}/form/locator.ts`, `${NODE}/form/thing.ts`],
	[`${NODE}/form/collection.ts`, `${NODE}/http/thing.ts`],
	[`${NODE}/methods/search.ts`, `${NODE}/http/thing.ts`],
	[`${NODE}/errors/nodeError.ts`, 'n8n-workflow'],
	['emulator/oauth.ts', 'node:crypto'],
	['emulator/faults.ts', 'fastify'],
	['tools/demo.ts', 'harness/thing.ts'],
	['test/chaos/chaos.ts', 'tools/thing.ts'],
] as const;

describe('The import rule', () => {
	let directory: string;
	let found: Map<string, string[]>;

	beforeAll(() => {
		directory = mkdtempSync(path.join(tmpdir(), 'import-rule-'));
		symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
		symlinkSync(path.join(root, 'tsconfig.json'), path.join(directory, 'tsconfig.json'));
		const imports = [...forbidden.map(([, from, to]) => [from, to] as const), ...allowed, wayBack];
		for (const [, to] of imports) if (to.endsWith('.ts') && to !== MISSING) plant(directory, to);
		for (const [from, to] of imports) plant(directory, from, to);
		found = check(directory);
	});

	afterAll(() => rmSync(directory, { recursive: true, force: true }));

	it.each(forbidden)('%s: %s must not import %s', (rule, from) => {
		expect(found.get(from)).toEqual([rule]);
	});

	it.each(allowed)('%s may import %s', (from) => {
		expect(found.get(from)).toBeUndefined();
	});

	it('has no part that was not tried', () => {
		const { forbidden: rules } = createRequire(__filename)(config) as {
			forbidden: Array<{ name: string }>;
		};
		expect(new Set(forbidden.map(([rule]) => rule))).toEqual(
			new Set(rules.map(({ name }) => name)),
		);
	});
});

/** Writes a file that imports nothing, or the types of one other. */
function plant(directory: string, file: string, to?: string): void {
	const target = path.join(directory, file);
	mkdirSync(path.dirname(target), { recursive: true });
	writeFileSync(target, to === undefined ? 'export {};\n' : importOf(file, to));
}

function importOf(file: string, to: string): string {
	const relative = path.relative(path.dirname(file), to.replace(/\.ts$/, ''));
	const local = relative.startsWith('.') ? relative : `./${relative}`;
	const specifier = to.endsWith('.ts') ? local : to;
	return `import type * as all from '${specifier}';\nexport type All = typeof all;\n`;
}

/** The rules that each file breaks. */
function check(directory: string): Map<string, string[]> {
	const { stdout, stderr, status } = spawnSync(
		process.execPath,
		[
			path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
			...['--config', config, '--output-type', 'json'],
			...['nodes', 'credentials', 'emulator', 'harness', 'test', 'tools'],
		],
		{ cwd: directory, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
	);
	if (stdout === '') throw new Error(`dependency-cruiser ended with ${status}: ${stderr}`);
	const { summary } = JSON.parse(stdout) as {
		summary: { violations: Array<{ from: string; rule: { name: string } }> };
	};
	const found = new Map<string, string[]>();
	for (const { from, rule } of summary.violations) {
		found.set(from, [...(found.get(from) ?? []), rule.name]);
	}
	return found;
}
