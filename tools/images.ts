/* eslint-disable no-console, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { PICTURES } from '../harness/browser/editor';

const FOLDER = path.resolve(__dirname, '../docs/images');

const MOST_BYTES = 150_000;

/** Images of the documentation, and the pictures of the tests that they are. */
const images = {
	credential: 'credential-connected',
	'first-form': 'first-form',
	'first-result': 'first-result',
	trigger: 'trigger',
	workflow: 'deal-won-invite-contact-json',
};

mkdirSync(FOLDER, { recursive: true });
for (const [image, picture] of Object.entries(images)) {
	const source = path.join(PICTURES, `${picture}.png`);
	const { size } = statSync(source);
	if (size > MOST_BYTES) throw new Error(`${source} is larger than ${MOST_BYTES} bytes`);
	copyFileSync(source, path.join(FOLDER, `${image}.png`));
	console.log(`docs/images/${image}.png: ${size} bytes`);
}
