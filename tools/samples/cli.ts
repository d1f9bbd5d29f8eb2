/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { loadBuilt } from '../../harness/built';
import { collectSamples } from './collect';
import { PREVIEWS, previewsOf } from './previews';

const root = path.resolve(__dirname, '../..');

/** Writes the output previews of all operations. */
async function write(): Promise<void> {
	const previews = previewsOf(await collectSamples(loadBuilt()));
	rmSync(path.join(root, PREVIEWS), { recursive: true, force: true });
	for (const preview of previews) {
		const file = path.join(root, preview.path);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, preview.text);
	}
}

void write();
