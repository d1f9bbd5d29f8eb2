/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs on Node and does not ship */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** `npm run check:docs` follows the links of all pages; here, links are planted for it to find. */
const root = path.resolve(__dirname, '../..');
const remark = path.join(root, 'node_modules/remark-cli/cli.js');
const config = path.join(root, '.remarkrc.json');

const page = `# Here

[a page](there.md) [a heading](there.md#second-part) [of this page](#here) [elsewhere](https://n8n.io)

[no page](nowhere.md) [no heading](there.md#nothing) [none of this page](#nobody) ![no picture](none.png)
`;

const folder = mkdtempSync(path.join(tmpdir(), 'links-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a link to what is not there is found, and no other', () => {
	writeFileSync(path.join(folder, 'here.md'), page);
	writeFileSync(path.join(folder, 'there.md'), '# There\n\n## Second part\n');
	const { status, stderr } = spawnSync(
		process.execPath,
		[remark, '--rc-path', config, '--frail', '--no-color', '--quiet', '.'],
		{ cwd: folder, encoding: 'utf8' },
	);
	expect(status).toBe(1);
	const found = [...stderr.matchAll(/Cannot find (?:file|heading for) `([^`]*)`/g)];
	expect(found.map(([, target]) => target)).toEqual([
		'nowhere.md',
		'#nothing',
		'#nobody',
		'none.png',
	]);
});
