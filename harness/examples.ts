/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowFile } from './n8n/client';

/** The folder of the example workflows. */
export const EXAMPLES = path.resolve(__dirname, '../examples');

/** Names of the example workflow files, sorted. */
export const exampleFiles = readdirSync(EXAMPLES)
	.filter((name) => name.endsWith('.json'))
	.sort();

export function readExample(file: string): WorkflowFile {
	return JSON.parse(readFileSync(path.join(EXAMPLES, file), 'utf8')) as WorkflowFile;
}

/** n8n's type of the notes on the canvas. */
export const NOTE_TYPE = 'n8n-nodes-base.stickyNote';
