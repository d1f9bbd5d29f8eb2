import type { IDataObject } from 'n8n-workflow';

import { NORDWIND } from '../../emulator/lifelike';
import { CLIENT_PORTAL } from '../../emulator/seed';
import type { PortalUser } from '../../emulator/world';
import { eventually } from '../../harness/until';
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
	expect(await node.items()).toMatchObject([{ name: 'Mina Shah', active: false }]);
	await editor.picture('first-result');
	expect(mina?.active).toBe(false);
	expect(people().filter(({ active }: PortalUser) => !active)).toContain(mina);
});

/** Names of the people who can no longer log in, in alphabetical order. */
const lockedOut = () =>
	people()
		.flatMap(({ name, active }) => (active ? [] : [name]))
		.sort();

test('locking out everybody at a company: one node, seven clicks', async () => {
	const before = lockedOut();
	const editor = await begin({ accountId: NORDWIND });
	const node = await editor.addActionAfter(START, 'Activate or deactivate portal users');
	await node.choose('Change To', 'Deactivate');
	await node.nameBy('Users', 'By Account');
	await node.type('Users', '={{ $json.accountId }}');
	expect(await editor.clicks()).toBe(7);
	await node.execute();
	await eventually(async () => await node.hint(), 'Deactivated 4 users.');
	const done = ['Ingrid Lindqvist', 'Kwame Mensah', 'Mina Shah', 'Tomás Dvorak'];
	expect((await node.column('name')).sort()).toEqual(done);
	expect(lockedOut()).toEqual([...before, ...done].sort());
});

test('locking out the dealers of a view: one node, nine clicks', async () => {
	const before = lockedOut();
	const editor = await begin({});
	const node = await editor.addActionAfter(START, 'Activate or deactivate portal users');
	await node.pick('User Type', 'Dealers');
	await node.nameBy('Users', 'By View');
	await node.type('Users', 'Contract ended');
	await node.choose('Change To', 'Deactivate');
	expect(await editor.clicks()).toBe(9);
	await node.execute();
	await eventually(
		async () => (await node.hint()).split(/\s*\n\s*/),
		[
			'28 of 32 people in the accounts and views are not portal users there.',
			'Deactivated 4 users.',
		],
	);
	const done = ['Anton Sokolov', 'Freya Virtanen', 'Mateo Moreno', 'Zoe Jensen'];
	expect((await node.column('name')).sort()).toEqual(done);
	expect(lockedOut()).toEqual([...before, ...done].sort());
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
