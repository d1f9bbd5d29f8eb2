import type { IDataObject } from 'n8n-workflow';

import { CLIENT_PORTAL } from '../../emulator/seed';
import type { PortalUser } from '../../emulator/world';
import { useEditor } from '../../harness/browser/setup';
import { START, startingWith } from './startingWith';

/** The tasks of somebody who is new to the node, and the nodes and clicks that they take. */

const running = useEditor();

async function begin(json: IDataObject) {
	const { editor, client } = running;
	await editor.openWorkflow(await client.importWorkflow(startingWith(json)));
	await editor.countClicks();
	return editor;
}

const people = () => [...running.emulator.world.portalUsers.values()];

test('deactivating the person whose email comes in: one node, seven clicks', async () => {
	const mina = people().find(({ name }) => name === 'Mina Shah');
	const editor = await begin({ email: mina?.email });
	const node = await editor.addActionAfter(START, 'Activate or deactivate portal users');
	await node.choose('Change To', 'Deactivate');
	await node.nameBy('Users', 'By Email');
	await node.type('Users', '={{ $json.email }}');
	expect(await editor.clicks()).toBe(7);
	await editor.picture('first-form');
	await node.execute();
	await editor.picture('first-result');
	expect(mina?.active).toBe(false);
	expect(people().filter(({ active }: PortalUser) => !active)).toContain(mina);
});

test('inviting the contact of a deal, by email: one node, seven clicks', async () => {
	const { world } = running.emulator;
	const editor = await begin({ email: 'emeka.kowalski@grantham-tools.example' });
	const node = await editor.addActionAfter(START, 'Invite portal users');
	await node.pick('User Type', 'Client Portal');
	await node.nameBy('Records', 'By Email');
	await node.type('Records', '={{ $json.email }}');
	expect(await editor.clicks()).toBe(7);
	await node.execute();
	expect(world.mails).toHaveLength(1);
	expect(world.portalUsers.get(world.mails[0].record_id)?.userTypeId).toBe(CLIENT_PORTAL);
});

test('removing who has not accepted for 30 days: two nodes, eleven clicks', async () => {
	const waiting = people().filter(({ confirm }) => !confirm);
	expect(waiting.length).toBeGreaterThan(20);
	const editor = await begin({});
	const list = await editor.addActionAfter(START, 'Get many portal users');
	// 30 days is what the filter begins with.
	await list.addTo('Filter', 'Not Accepted For (Days)');
	await editor.closeNode();
	const node = await editor.addActionAfter('Get many portal users', 'Delete portal users');
	await node.nameBy('Users', 'By ID');
	await node.type('Users', '={{ $json.personality_id }}');
	expect(await editor.clicks()).toBe(11);
	await editor.closeNode();
	await editor.executeWorkflow();
	await editor.page.getByText('Workflow executed successfully').waitFor();
	expect(people().filter(({ confirm }) => !confirm)).toEqual([]);
	expect(people().length).toBeGreaterThan(20);
});
