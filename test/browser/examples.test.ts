/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import path from 'node:path';

import { EXAMPLES, exampleFiles, NOTE_TYPE, readExample } from '../../harness/examples';
import { NODE_TYPE } from '../../harness/types';
import type { WorkflowFile } from '../../harness/n8n/client';
import { eventually } from '../../harness/until';
import { useEditor } from '../../harness/browser/setup';

const running = useEditor({ oneTab: true });

/** What the node does, in the words of the form and not in the values that n8n stores. */
const SUBTITLE = /^[A-Z][A-Za-z ]+(?: \(dry run\))?: (Portal|User Type|Portal User|CRM User)$/;

test('an example is imported from its file', async () => {
	const { editor } = running;
	const name = 'nightly-list-to-portal.json';
	await editor.importFile(path.join(EXAMPLES, name));
	const steps = readExample(name).nodes.filter(({ type }) => type !== NOTE_TYPE);
	await eventually(async () => await editor.nodeNames(), steps.map((step) => step.name).sort());
});

test.each(exampleFiles)('%s', async (name) => {
	const { client, editor, emulator } = running;
	const { nodes } = readExample(name);
	const notes = nodes.filter(({ type }) => type === NOTE_TYPE);
	const steps = nodes.filter((node) => !notes.includes(node));
	const ours = nodes.filter(({ type }) => type.startsWith(NODE_TYPE));

	const id = await client.importWorkflow(readExample(name));
	await editor.goToWorkflow(id);
	await eventually(
		async () => {
			await editor.showWhole();
			return await editor.nodeNames();
		},
		steps.map((step) => step.name).sort(),
	);
	await eventually(async () => await editor.noteHeadings(), notes.map(headingOf).sort());
	const icons = editor.nodes.locator('img[src$="/portal.svg"]');
	await eventually(async () => await icons.count(), ours.length);
	// A model or another client calls the tools; the tests without a browser have one.
	if (ours.every(({ type }) => type === `${NODE_TYPE}Tool`)) return;
	const subtitles = editor.nodes.getByText(SUBTITLE);
	const actions = ours.filter(({ type }) => type === NODE_TYPE);
	await eventually(async () => await subtitles.count(), actions.length);

	await editor.executeWorkflow();
	// Where somebody gets days of grace, n8n waits.
	const [{ status }] = await client.executions(id, 1, 100, ['success', 'waiting', 'error']);
	expect(status).not.toBe('error');
	expect(emulator.requests.length).toBeGreaterThan(0);
});

/** The first line of a note. */
function headingOf({ parameters }: WorkflowFile['nodes'][number]): string {
	return String(parameters.content).split('\n')[0].replace(/^#+ /, '');
}
