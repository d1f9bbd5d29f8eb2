import { snapshot } from '../../emulator/control';
import { NORDWIND } from '../../emulator/lifelike';
import { DEALERS } from '../../emulator/seed';
import { eventually } from '../../harness/until';
import type { NodePanel } from '../../harness/browser/nodePanel';
import { useEditor } from '../../harness/browser/setup';
import { START, startingWith } from './startingWith';

/** A person looks at a dry run, carries it out, and puts people back. */

const running = useEditor();

const CHANGE_STATUS = 'Activate or deactivate portal users';

/** Puts an action behind the trigger of a new workflow, and opens it. */
async function begin(action: string): Promise<NodePanel> {
	const { editor, client } = running;
	await editor.openWorkflow(await client.importWorkflow(startingWith({})));
	return await editor.addActionAfter(START, action);
}

/** The user type of everyone in the portal, and whether they can log in. */
const portal = () =>
	Object.fromEntries(
		[...running.emulator.world.portalUsers].map(([id, { userTypeId, active }]) => [
			id,
			{ userTypeId, active },
		]),
	);

/** The values in these columns of an output, row by row. */
async function rows(node: NodePanel, ...headings: string[]): Promise<string[][]> {
	const columns: string[][] = [];
	for (const heading of headings) columns.push(await node.column(heading));
	return columns[0].map((_, row) => columns.map((column) => column[row]));
}

test('after a look at a dry run, exactly its changes are carried out', async () => {
	const { editor, emulator } = running;
	const { world } = emulator;
	const before = snapshot(world);
	const sync = await begin('Sync portal users with a list');
	await sync.pick('User Type', 'Dealers');
	await sync.nameBy('Records', 'By View');
	await sync.type('Records', 'Partners with a contract');
	await sync.choose('Everyone Else', 'Deactivate');
	await sync.addTo('Option', 'Dry Run');
	await sync.execute();
	await eventually(
		async () => await sync.hint(),
		'Nothing was written. This would invite 5, activate 1 and deactivate 4 users.',
	);
	const planned = await rows(sync, 'personality_id', 'action', 'name', 'email');
	await editor.picture('plan');
	expect(planned).toHaveLength(10);
	for (const [id, , name, email] of planned) {
		expect(world.records.get(id)).toMatchObject({ name, email });
	}
	expect(snapshot(world)).toEqual(before);

	// Another dry run would deactivate this person, too.
	world.addPortalUsers(DEALERS, 1, { name: 'Came Later' });
	const wanted = portal();
	for (const [id, action] of planned) {
		wanted[id] = { userTypeId: DEALERS, active: action !== 'deactivated' };
	}
	await editor.closeNode();
	const apply = await editor.addActionAfter(
		'Sync portal users with a list',
		'Carry out a plan for portal users',
	);
	await apply.execute();
	await eventually(
		async () => await apply.hint(),
		'Invited 5, activated 1 and deactivated 4 users.',
	);
	expect(await rows(apply, 'personality_id', 'action', 'name', 'email')).toEqual(planned);
	expect(portal()).toEqual(wanted);
	const invited = planned.filter(([, action]) => action === 'invited').map(([id]) => id);
	expect(world.mails.map(({ record_id }) => record_id).sort()).toEqual(invited.sort());
});

test('a run is undone, and people whom it did not change stay as they are', async () => {
	const { editor, emulator } = running;
	const people = emulator.world.portalUsers;
	const mina = [...people.values()].find(({ name }) => name === 'Mina Shah');
	Object.assign(mina ?? {}, { active: false });
	const before = snapshot(emulator.world);
	const run = await begin(CHANGE_STATUS);
	await run.nameBy('Users', 'By Account');
	await run.type('Users', NORDWIND);
	await run.choose('Change To', 'Deactivate');
	await run.addTo('Option', 'Include Previous State');
	await run.execute();
	await eventually(async () => await run.hint(), 'Deactivated 3 users. 1 stayed unchanged.');
	const changed = await run.column('personality_id');
	expect(changed.map((id) => people.get(id)?.active)).toEqual([false, false, false, false]);

	await editor.closeNode();
	const undo = await editor.addActionAfter(CHANGE_STATUS, 'Put portal users back as they were');
	await undo.execute();
	await eventually(async () => await undo.hint(), 'Activated 3 users. 1 stayed unchanged.');
	await editor.picture('put-back');
	expect(await undo.column('personality_id')).toEqual(changed);
	expect(snapshot(emulator.world)).toEqual(before);
});

test('the canvas shows which node only makes a dry run', async () => {
	const { editor } = running;
	const node = await begin(CHANGE_STATUS);
	await node.choose('Change To', 'Deactivate');
	await editor.closeNode();
	const labels = async () => await editor.labels(CHANGE_STATUS);
	await eventually(labels, [CHANGE_STATUS, 'Deactivate: Portal User']);
	await (await editor.openNode(CHANGE_STATUS)).addTo('Option', 'Dry Run');
	await editor.closeNode();
	await eventually(labels, [CHANGE_STATUS, 'Deactivate (dry run): Portal User']);
	await editor.picture('dry-run-on-canvas');
});
