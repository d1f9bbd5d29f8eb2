/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, which does not ship */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';
import ts from 'typescript';

import { loadBuilt } from '../../harness/built';
import { run } from '../../harness/command';
import { exampleFiles, readExample } from '../../harness/examples';
import { install } from '../../harness/n8n/install';

// n8n's workflow builder writes workflows as code, against types that it generates from a node. What
// these types refuse, its model cannot write.

const PACKAGE = 'n8n-nodes-zoho-crm-portals';

/** What n8n's generated files take for granted; by `dist/types/base.d.ts` of @n8n/workflow-sdk. */
const GIVEN = `
type IDataObject = Record<string, unknown>;
interface Expression<T> { expression: T }
interface CredentialReference { name: string; id: string }
interface NodeConfig<P> { parameters?: P }
type Items<T> = Array<{ json: T }>;
`;

let folder: string;

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'builder-types-'));
	const loader = new PackageDirectoryLoader(path.resolve(__dirname, '../..'));
	await loader.loadAll();
	const nodesJsonPath = path.join(folder, 'nodes.json');
	writeFileSync(nodesJsonPath, JSON.stringify(loader.types.nodes));
	const { n8n, node: executable } = await install('2.41');
	const sdk = path.join(n8n, '../../../@n8n/workflow-sdk/dist/generate-types');
	const options = { nodesJsonPath, outputDir: path.join(folder, 'types'), packageName: PACKAGE };
	const script = `require(${JSON.stringify(path.join(sdk, 'generate-node-defs-cli.js'))})
		.generateNodeDefinitions(${JSON.stringify(options)})`;
	await run(executable, ['-e', script]);
	writeFileSync(path.join(folder, 'given.d.ts'), GIVEN);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Parameters as code: an expression may stand for a value of any type. */
function asCode(value: unknown): string {
	if (typeof value === 'string' && value.startsWith('=')) return 'expression';
	if (Array.isArray(value)) return `[${value.map(asCode).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const entries = Object.entries(value).map(
		([key, one]) => `${JSON.stringify(key)}: ${asCode(one)}`,
	);
	return `{ ${entries.join(', ')} }`;
}

const ADDED_TO_TOOLS = ['descriptionType', 'toolDescription'];

/** A node as code; a tool as the node that it is made of, without what n8n adds. */
function nodeAsCode(type: string, parameters: INodeParameters): string {
	const own = Object.fromEntries(
		Object.entries(parameters).filter(([name]) => !ADDED_TO_TOOLS.includes(name)),
	);
	const kind = type.replace(/Tool$/, '');
	const mark = kind.endsWith('Trigger') ? 'isTrigger: true, ' : '';
	return `({ type: '${kind}', version: 1, ${mark}config: { parameters: ${asCode(own)} } }) satisfies AllNodeTypes;`;
}

/** What the compiler says of nodes as code, by their names. */
function refused(nodes: Record<string, string>): Record<string, string> {
	const file = path.join(folder, 'workflow.ts');
	const head = "import type { AllNodeTypes } from './types'; declare const expression: any;";
	writeFileSync(file, [head, ...Object.values(nodes)].join('\n'));
	const options = { strict: true, noEmit: true, types: [], lib: ['lib.es2022.d.ts'] };
	const program = ts.createProgram([path.join(folder, 'given.d.ts'), file], options);
	return Object.fromEntries(
		ts.getPreEmitDiagnostics(program).map(({ file: source, start = 0, messageText }) => {
			const line = source?.fileName.endsWith('workflow.ts')
				? source.getLineAndCharacterOfPosition(start).line
				: 0;
			const name = Object.keys(nodes)[line - 1] ?? String(source?.fileName);
			return [name, ts.flattenDiagnosticMessageText(messageText, '\n')];
		}),
	);
}

const isOurs = (type: string) => type.startsWith(`${PACKAGE}.`);

test('every operation has types of its own', () => {
	const { node } = loadBuilt();
	const written = readdirSync(path.join(folder, 'types/nodes', PACKAGE), { recursive: true })
		.map(String)
		.filter((file) => /operation_\w+\.ts$/.test(file));
	const offered = node.description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) => options);
	expect(written).toHaveLength(offered.length);
});

test('every node of the examples can be written as code', () => {
	const nodes = exampleFiles.flatMap((file) =>
		readExample(file)
			.nodes.filter(({ type }) => isOurs(type))
			.map(({ name, type, parameters }): [string, string] => [
				`${file}: ${name}`,
				nodeAsCode(type, parameters),
			]),
	);
	expect(nodes.length).toBeGreaterThan(exampleFiles.length);
	expect(refused(Object.fromEntries(nodes))).toEqual({});
});

test('what the node does not know cannot be written', () => {
	const deletion = { resource: 'portalUser', operation: 'delete' };
	const sync = { resource: 'portalUser', operation: 'sync' };
	const nodes: Record<string, INodeParameters> = {
		'all right': { ...sync, others: 'delete', options: { maxRemovals: 3 } },
		'an option of another operation': { ...deletion, options: { maxRemovals: 3 } },
		'a field of another operation': { ...deletion, others: 'delete' },
		'a word that no list offers': { ...sync, others: 'remove' },
		'a number as text': { ...sync, options: { maxRemovals: '3' } },
	};
	const code = Object.entries(nodes).map(([name, parameters]): [string, string] => [
		name,
		nodeAsCode(`${PACKAGE}.zohoCrmPortals`, parameters),
	]);
	const [, ...wrong] = Object.keys(nodes);
	expect(Object.keys(refused(Object.fromEntries(code)))).toEqual(wrong);
});
