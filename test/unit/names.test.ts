/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- a test, which does not ship */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a file declares at its top level. */
interface Declared {
	name: string;
	file: string;
	isType: boolean;
	isExported: boolean;
}

const DECLARATION = /^(export )?(?:async )?(function\*?|class|interface|type) (\w+)/gm;

function declaredIn(file: string, text: string): Declared[] {
	return [...text.matchAll(DECLARATION)].map(([, exported, kind, name]) => ({
		name,
		file,
		isType: !kind.startsWith('function'),
		isExported: exported !== undefined,
	}));
}

/** Types of one name, and functions of one name of which somebody else may import one. */
function twice(all: Declared[]): string[] {
	const byName = new Map<string, Declared[]>();
	for (const one of all) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
	return [...byName]
		.filter(([, same]) => {
			const functions = same.filter(({ isType }) => !isType);
			const types = same.length - functions.length;
			return types > 1 || (same.length > 1 && functions.some(({ isExported }) => isExported));
		})
		.map(([name, same]) => `${name}: ${same.map(({ file }) => file).join(', ')}`);
}

test('a type and an exported function has a name of its own', () => {
	const files = execFileSync('git', ['ls-files', 'nodes', 'credentials'], { encoding: 'utf8' })
		.split('\n')
		.filter((file) => file.endsWith('.ts'));
	expect(files.length).toBeGreaterThan(100);
	expect(twice(files.flatMap((file) => declaredIn(file, readFileSync(file, 'utf8'))))).toEqual([]);
});

test('a name with two meanings is found', () => {
	const texts = {
		'a.ts': 'export interface Found {}\nexport function find() {}\nfunction same() {}',
		'b.ts': 'type Found = string;\nasync function find() {}\nfunction same() {}',
	};
	expect(twice(Object.entries(texts).flatMap(([file, text]) => declaredIn(file, text)))).toEqual([
		'Found: a.ts, b.ts',
		'find: a.ts, b.ts',
	]);
});
