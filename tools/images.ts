/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports -- a command line tool that does not ship */
import { copyFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { PICTURES } from '../harness/browser/editor';
import { IMAGES, images, RECORD, shownNow } from '../harness/images';

const MOST_BYTES = 150_000;

for (const [image, { picture }] of Object.entries(images)) {
	const source = path.join(PICTURES, `${picture}.png`);
	const { size } = statSync(source);
	if (size > MOST_BYTES) throw new Error(`${source} is larger than ${MOST_BYTES} bytes`);
	copyFileSync(source, path.join(IMAGES, `${image}.png`));
	console.log(`docs/images/${image}.png: ${size} bytes`);
}
writeFileSync(RECORD, `${JSON.stringify(shownNow(), null, '\t')}\n`);
