/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { withPart } from '../bench/document';
import { pages } from './pages';
import type { Page } from './pages';
import { staleOf } from './stale';
import type { MadePage } from './stale';

const root = path.resolve(__dirname, '../..');

/** Stands first in every page that is made. */
const NOTE = '<!-- Made from the code by `npm run docs`: changes go there. -->';

/** All pages, in the form that prettier gives them. */
async function make(): Promise<MadePage[]> {
	const options = await resolveConfig(__filename);
	return await Promise.all(
		pages.map(async (page) => ({
			path: page.path,
			text: await format(whole(page, await page.text()), { ...options, parser: 'markdown' }),
		})),
	);
}

function whole({ path: name, part }: Page, text: string): string {
	if (part === undefined) return `${NOTE}\n\n${text}`;
	return withPart(readFileSync(path.join(root, name), 'utf8'), part, text);
}

function write(made: MadePage[]): void {
	for (const page of made) {
		const file = path.join(root, page.path);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, page.text);
		console.log(page.path);
	}
}

/** Says which pages are not as the code has it; the command fails if there are any. */
function check(made: MadePage[]): void {
	const stale = staleOf(root, made);
	for (const page of stale) {
		console.error(`${page} is not what the code says any more: run "npm run docs"`);
	}
	process.exitCode = stale.length === 0 ? 0 : 1;
}

void make().then(process.argv.includes('--check') ? check : write);
