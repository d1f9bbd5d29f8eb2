/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import path from 'node:path';

import { EXAMPLES, exampleFiles, NOTE_TYPE, readExample } from '../support/examples';
import { NODE_TYPE } from '../support/types';
import type { WorkflowFile } from '../n8n/client';
import { eventually } from '../support/until';
import { useEditor } from './setup';

const running = useEditor();

test.each(exampleFiles)('%s', async (name) => {
	const { editor } = running;
	const { nodes } = readExample(name);
	const notes = nodes.filter(({ type }) => type === NOTE_TYPE);
	const steps = nodes.filter((node) => !notes.includes(node));
	const ours = nodes.filter(({ type }) => type.startsWith(NODE_TYPE));

	await editor.importFile(path.join(EXAMPLES, name));
	await editor.showWhole();
	await eventually(async () => await editor.nodeNames(), steps.map((step) => step.name).sort());
	await eventually(async () => await editor.noteHeadings(), notes.map(headingOf).sort());
	const icons = editor.nodes.locator('img[src$="/portal.svg"]');
	await eventually(async () => await icons.count(), ours.length);
	// In the words of the form, not in the values that n8n stores.
	const words = /^[A-Z][A-Za-z ]+: (Portal|User Type|Portal User|CRM User)$/;
	for (const node of ours.filter(({ type }) => type === NODE_TYPE)) {
		await editor.nodes.filter({ hasText: node.name }).getByText(words).first().waitFor();
	}
});

/** The first line of a note. */
function headingOf({ parameters }: WorkflowFile['nodes'][number]): string {
	return String(parameters.content).split('\n')[0].replace(/^#+ /, '');
}
