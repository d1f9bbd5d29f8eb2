/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

const pages = ['.', 'docs', 'emulator', 'examples', 'test'].flatMap((folder) =>
	readdirSync(path.join(root, folder), { recursive: folder === 'docs' })
		.map((name) => path.join(folder, String(name)))
		.filter((name) => name.endsWith('.md')),
);

test.each(pages)('%s links only to what is there', (page) => {
	const text = readFileSync(path.join(root, page), 'utf8');
	const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
	const missing = targets
		.filter((target) => !/^\w+:/.test(target))
		.filter((target) => !existsSync(path.join(root, path.dirname(page), target)));
	expect(missing).toEqual([]);
});
