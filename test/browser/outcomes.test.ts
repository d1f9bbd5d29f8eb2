import { resources } from '../../nodes/ZohoCrmPortals/resources';
import { DEALERS, PORTAL } from '../../emulator/seed';
import type { PortalUser } from '../../emulator/world';
import { DEACTIVATE, deactivateDealers } from './deactivateDealers';
import { eventually } from '../../harness/until';
import { useEditor } from '../../harness/browser/setup';

const running = useEditor();

const idOf = ({ personality_id }: PortalUser) => personality_id;

test('hints before a run', async () => {
	const [{ name: resource, operations }] = resources;
	const { editor } = running;
	const node = await editor.addAction('Check connection of credential');
	await node.choose('Resource', resource);
	for (const { name, warnings = [] } of operations) {
		const always = warnings.find(({ when }) => when === undefined);
		await node.choose('Operation', name);
		await eventually(async () => await node.hint(), always?.message ?? '');
	}
});

test('what Zoho refuses is told in plain words', async () => {
	const { editor, emulator } = running;
	const node = await editor.addAction('Delete user type');
	await node.pick('Portal', PORTAL);
	await node.pick('User Type', 'Dealers');
	const { message, description } = await node.executeInVain();
	await editor.picture('error');
	expect(message).toBe(`User type ${DEALERS} (Dealers) could not be deleted: it still has users`);
	expect(description).toMatch(
		/^Transfer its users to another user type first, or choose a "Target User Type"/,
	);
	expect(emulator.world.userTypes.has(DEALERS)).toBe(true);
});

test('a batch has an outcome for each user, good ones and refused ones apart', async () => {
	const { editor, emulator, client } = running;
	const dealers = emulator.world.usersOf(DEALERS);
	const done = dealers.filter(({ confirm }) => confirm);
	const refused = dealers.filter(({ confirm }) => !confirm);
	expect(refused).toHaveLength(2);
	await editor.openWorkflow(await client.importWorkflow(deactivateDealers));
	const node = await editor.openNode(DEACTIVATE);
	await node.execute();

	const ids = async () => await node.column('personality_id');
	await node.showBranch('Success', done.length);
	await eventually(ids, done.map(idOf));
	expect(new Set(await node.column('active'))).toEqual(new Set(['false']));
	await editor.picture('batch');
	await node.showBranch('Error', refused.length);
	await eventually(ids, refused.map(idOf));
	await editor.picture('batch-refused');
	expect(emulator.world.usersOf(DEALERS).filter(({ active }) => active)).toEqual(refused);
});
