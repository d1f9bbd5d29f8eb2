/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { pages } from './pages';
import { problemsOf, withPart } from './parts';
import { staleOf } from './stale';

const root = path.resolve(__dirname, '../..');

/**
 * Fills in the generated parts of all pages, or (with --check) lists the pages that are out of
 * date.
 */
async function main(isCheck: boolean): Promise<void> {
	const options = await resolveConfig(__filename);
	const made = await Promise.all(
		Object.entries(await pages()).map(async ([name, parts]) => {
			const page = Object.entries(parts).reduce(
				(text, [part, content]) => withPart(text, part, content),
				readFileSync(path.join(root, name), 'utf8'),
			);
			// Prettier determines the final format.
			return { path: name, text: await format(page, { ...options, parser: 'markdown' }), parts };
		}),
	);
	const stale = staleOf(root, made);
	if (!isCheck) {
		for (const { path: name, text } of made) writeFileSync(path.join(root, name), text);
		console.log(stale.join('\n'));
	}
	const problems = [
		...(isCheck ? stale : []).map(
			(page) => `${page} is not what the code says: run "npm run docs"`,
		),
		...made.flatMap(({ path: name, text, parts }) =>
			problemsOf(text, Object.keys(parts)).map((problem) => `${name} ${problem}`),
		),
	];
	for (const problem of problems) console.error(problem);
	process.exitCode = problems.length === 0 ? 0 : 1;
}

void main(process.argv.includes('--check'));
