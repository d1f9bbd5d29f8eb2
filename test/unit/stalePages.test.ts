/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

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
