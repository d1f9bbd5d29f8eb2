/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { NODE_TYPE } from '../support/types';
import type { WorkflowFile } from '../n8n/client';
import { eventually } from './eventually';
import { useEditor } from './setup';

const FOLDER = path.resolve(__dirname, '../../examples');

const NOTE = 'n8n-nodes-base.stickyNote';

const running = useEditor();

test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))('%s', async (name) => {
	const { editor } = running;
	const file = path.join(FOLDER, name);
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
	const notes = nodes.filter(({ type }) => type === NOTE);
	const steps = nodes.filter((node) => !notes.includes(node));
	const ours = nodes.filter(({ type }) => type.startsWith(NODE_TYPE));

	await editor.importFile(file);
	await editor.showWhole();
	await eventually(async () => await editor.nodeNames(), steps.map((step) => step.name).sort());
	await eventually(async () => await editor.noteHeadings(), notes.map(headingOf).sort());
	const icons = editor.nodes.locator('img[src$="/portal.svg"]');
	await eventually(async () => await icons.count(), ours.length);
});

/** The first line of a note. */
function headingOf({ parameters }: WorkflowFile['nodes'][number]): string {
	return String(parameters.content).split('\n')[0].replace(/^#+ /, '');
}
