/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { IMAGES, images, RECORD, shownNow } from '../../harness/images';

test('no picture is older than what it shows: npm run docs:images makes them anew', () => {
	expect(JSON.parse(readFileSync(RECORD, 'utf8'))).toEqual(shownNow());
});

test('every picture is used by a page, and there are no others', () => {
	const readme = readFileSync(path.join(IMAGES, '../../README.md'), 'utf8');
	const files = readdirSync(IMAGES).filter((name) => name.endsWith('.png'));
	expect(files.sort()).toEqual(
		Object.keys(images)
			.map((name) => `${name}.png`)
			.sort(),
	);
	for (const file of files) expect(readme).toContain(`(docs/images/${file})`);
});
