import { snapshot } from '../../emulator/control';
import { readExample } from '../../harness/examples';
import { eventually } from '../../harness/until';
import { useEditor } from '../../harness/browser/setup';

/** A portal is made to follow a list: what it would take, then for real, then once more. */

const running = useEditor();

interface Listed {
	recordId: string;
	userType: string;
}

const example = readExample('nightly-list-to-portal.json');

function listed(): Listed[] {
	const step = example.nodes.find(({ name }) => name === 'The list');
	return (JSON.parse(String(step?.parameters.jsonOutput)) as { people: Listed[] }).people;
}

/** How the people on the list are in the portal, in the words of the list. */
function inPortal(): Array<Listed & { active?: boolean }> {
	const { userTypes, portalUsers } = running.emulator.world;
	return listed().map(({ recordId }) => {
		const { userTypeId = '', active } = portalUsers.get(recordId) ?? {};
		return { recordId, userType: userTypes.get(userTypeId)?.name ?? '', active };
	});
}

test('the portal comes to be as the list says, after a dry run', async () => {
	const { editor, client, emulator } = running;
	const wanted = listed().map(({ recordId, userType }) => ({ recordId, userType, active: true }));
	const before = structuredClone(snapshot(emulator.world));
	await editor.openWorkflow(await client.importWorkflow(example));

	const node = await editor.openNode('Sync');
	await node.addTo('Option', 'Dry Run');
	await node.execute();
	const planned = await node.column('action');
	expect(new Set(planned)).toEqual(
		new Set(['invited', 'transferred', 'activated', 'deactivated', 'unchanged']),
	);
	await editor.picture('sync-dry-run');
	expect(snapshot(emulator.world)).toEqual(before);

	await node.switchOff('Dry Run');
	await node.execute();
	await eventually(() => Promise.resolve(inPortal()), wanted);
	await eventually(async () => await node.column('planned'), []);
	await eventually(async () => await node.column('action'), planned);
	await editor.picture('sync');
	expect(emulator.world.mails).toHaveLength(planned.filter((one) => one === 'invited').length);

	const after = structuredClone(snapshot(emulator.world));
	await node.execute();
	// Who has not accepted cannot be deactivated, and is reported every time.
	await eventually(async () => await node.column('action'), ['unchanged']);
	expect(snapshot(emulator.world)).toEqual(after);
});
