import { DEALERS, PORTAL } from '../../emulator/seed';
import { useEditor } from '../../harness/browser/setup';

const running = useEditor();

test('the trigger is found by "portal", its form is filled from lists, and it shows real people', async () => {
	const { editor, emulator } = running;
	const dealers = emulator.world.usersOf(DEALERS);
	await editor.newWorkflow();
	await editor.searchNodes('portal');
	await editor.entry('Zoho CRM Portals').click();
	await editor.entry('On user confirmed').click();
	const node = await editor.opened();
	await node.pick('Portal', PORTAL);
	expect(await node.options('User Type Names or IDs')).toEqual([
		'Client Portal',
		'Dealers',
		'Premium',
		'Suppliers',
	]);
	await node.choose('User Type Names or IDs', 'Dealers');
	await node.execute('Fetch Test Event');
	await editor.picture('trigger');
	const items = await node.items();
	expect(items.length).toBeGreaterThan(0);
	for (const item of items) {
		expect(item).toMatchObject({
			event: 'userConfirmed',
			test: true,
			portal: PORTAL,
			user_type_id: DEALERS,
			user_type_name: 'Dealers',
		});
	}
	const shown = items.map(({ user }) => (user as { personality_id: string }).personality_id);
	const confirmed = dealers.filter(({ confirm }) => confirm);
	expect(confirmed.map(({ personality_id }) => personality_id)).toEqual(
		expect.arrayContaining(shown),
	);
});
