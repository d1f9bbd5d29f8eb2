/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { PREVIEWS } from '../../tools/samples/previews';
import { NODE_TYPE } from '../../harness/types';
import { eventually } from '../../harness/until';
import { useEditor } from '../../harness/browser/setup';
import { START, startingWith } from './startingWith';

/** Output previews: the fields of a node that has not run yet. */

const running = useEditor();

const all = Object.entries(operations).flatMap(([resource, ofResource]) =>
	ofResource.map(({ value }) => `${resource}/${value}`),
);

function previewOf(operation: string): { properties: object } {
	const file = path.join(__dirname, '../..', PREVIEWS, 'v1.0.0', `${operation}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as { properties: object };
}

test('the next node is offered the fields, before anything has run', async () => {
	const { editor, client } = running;
	await editor.openWorkflow(await client.importWorkflow(startingWith({})));
	await editor.addActionAfter(START, 'Get many portal users');
	await editor.closeNode();
	const node = await editor.addActionAfter('Get many portal users', 'Delete portal users');
	await eventually(
		async () => await node.offered(),
		Object.keys(previewOf('portalUser/getAll').properties),
	);
	expect(await node.offer()).toMatch(/^Usually outputs the following fields\./);
	await editor.picture('preview');
});

test('n8n serves the preview of every operation', async () => {
	const { editor, instance } = running;
	for (const operation of all) {
		const file = `${NODE_TYPE}/1.0.0/${operation}.json`;
		const response = await editor.page.request.get(`${instance.origin}/schemas/${file}`);
		expect({ operation, preview: await response.json() }).toEqual({
			operation,
			preview: previewOf(operation),
		});
	}
});
