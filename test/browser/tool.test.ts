import type { WorkflowFile } from '../../harness/n8n/client';
import { useEditor } from '../../harness/browser/setup';
import { START, startingWith } from './startingWith';

/** The node as the tool of an AI agent. */

const running = useEditor();

const AGENT = 'AI Agent';

const start = startingWith({});

const withAgent: WorkflowFile = {
	...start,
	nodes: [
		...start.nodes,
		{
			id: AGENT,
			name: AGENT,
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3,
			position: [220, 0],
			parameters: { promptType: 'define', text: 'Lock Mina out' },
		},
	],
	connections: { [START]: { main: [[{ node: AGENT, type: 'main', index: 0 }]] } },
};

// The field starts with the list. n8n's button keeps the mode that was chosen before.
test.each(['From list', 'By ID'])('with %s, the model may name a user by email', async (way) => {
	const { editor, client, emulator } = running;
	const active = [...emulator.world.portalUsers.values()].filter((one) => one.active);
	const mina = active.find(({ name }) => name === 'Mina Shah');
	await editor.openWorkflow(await client.importWorkflow(withAgent));
	const tool = await editor.addTool(AGENT);
	await tool.choose('Operation', 'Change Status');
	await tool.choose('Change To', 'Deactivate');
	await tool.nameBy('Users', way);
	await tool.letModelDefine('Users');
	await editor.picture('defined-by-model');
	await tool.executeTool({ Users: mina?.email ?? '' });
	expect(await tool.items()).toMatchObject([
		{ response: [{ personality_id: mina?.personality_id, active: false }] },
	]);
	expect(active.filter((one) => !one.active)).toEqual([mina]);
});
