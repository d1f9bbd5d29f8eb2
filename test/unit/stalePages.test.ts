/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { problemsOf, withPart } from '../../tools/docs/parts';
import { staleOf } from '../../tools/docs/stale';

const root = mkdtempSync(path.join(tmpdir(), 'pages-'));
afterAll(() => rmSync(root, { recursive: true }));

test('a page that is not on disk as it has to be is stale', () => {
	writeFileSync(path.join(root, 'fresh.md'), '# Fresh\n');
	writeFileSync(path.join(root, 'changed.md'), '# Changed\nby hand\n');
	expect(
		staleOf(root, [
			{ path: 'fresh.md', text: '# Fresh\n' },
			{ path: 'changed.md', text: '# Changed\n' },
			{ path: 'missing.md', text: '# Missing\n' },
		]),
	).toEqual(['changed.md', 'missing.md']);
});

test('a page is stale where a part was changed by hand, and not for the words around it', () => {
	const page = withPart('# Page\n', 'part', 'made');
	for (const [name, text] of Object.entries({
		'around.md': page.replace('# Page', '# A page\n\nby hand'),
		'inside.md': page.replace('made', 'by hand'),
	})) {
		writeFileSync(path.join(root, name), text);
		const made = { path: name, text: withPart(text, 'part', 'made') };
		expect(staleOf(root, [made])).toEqual(name === 'inside.md' ? [name] : []);
	}
});

test('an operation without words of its own is a problem, and a part that nothing makes', () => {
	const parts = ['delete', 'delete: reference'];
	const bare = parts.reduce((page, part) => withPart(page, part, 'made'), '# Page\n');
	expect(problemsOf(bare, parts)).toEqual([expect.stringContaining('does not explain "delete"')]);
	const told = bare.replace('<!-- delete: ', 'It deletes.\n\n$&');
	expect(problemsOf(told, parts)).toEqual([]);
	expect(problemsOf(told, ['delete'])).toEqual([
		expect.stringContaining('part "delete: reference" that is not made'),
	]);
});
