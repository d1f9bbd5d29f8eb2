import { PORTAL } from '../../emulator/seed';
import { eventually } from '../../harness/until';
import { useEditor } from '../../harness/browser/setup';

const running = useEditor();

const USER_TYPES = ['Client Portal', 'Dealers', 'Premium', 'Suppliers'];

test('user types of the only portal, which need not be chosen', async () => {
	const { editor } = running;
	const node = await editor.addAction('Delete portal users');
	await node.openList('User Type');
	await eventually(async () => await node.entries('User Type'), USER_TYPES);
	await node.take('User Type', 'Dealers');
	await node.openList('Users');
	await eventually(async () => (await node.entries('Users')).length, 14);
	await node.searchList('Users', 'lukas');
	const lukas = 'Lukas Fischer (lukas.fischer@';
	await eventually(
		async () => (await node.entries('Users')).map((one) => one.startsWith(lukas)),
		[true],
	);
});

test('portals, user types and the user types to move to', async () => {
	const { editor, emulator } = running;
	emulator.world.addPortal('AcmePartners');
	const node = await editor.addAction('Transfer portal users');

	await node.openList('User Type');
	await editor.page.getByText('Choose the portal first').waitFor();
	await editor.page.keyboard.press('Escape');

	await node.openList('Portal');
	await eventually(async () => await node.entries('Portal'), [PORTAL, 'AcmePartners']);
	await node.take('Portal', PORTAL);

	await node.openList('User Type');
	await eventually(async () => await node.entries('User Type'), USER_TYPES);
	await node.searchList('User Type', 'DEAL');
	await eventually(async () => await node.entries('User Type'), ['Dealers']);
	await node.take('User Type', 'Dealers');

	await node.openList('Target User Type');
	// Those for the same module, without the one that they are in.
	const targets = ['Client Portal', 'Premium'];
	await eventually(async () => await node.entries('Target User Type'), targets);
});

test('modules that have a user type in the portal', async () => {
	const { editor } = running;
	const node = await editor.addAction('Invite portal users');
	await node.pick('Portal', PORTAL);
	await node.openList('Module');
	await eventually(async () => await node.entries('Module'), ['Contacts', 'Vendors']);
	await node.searchList('Module', 'vend');
	await eventually(async () => await node.entries('Module'), ['Vendors']);
});

test('CRM users, by name and by address', async () => {
	const { editor } = running;
	const node = await editor.addAction('Transfer data of CRM user');
	await node.openList('User');
	await node.searchList('User', 'chloe');
	const chloe = 'Chloe Meyer (chloe.meyer@acme.example)';
	await eventually(async () => await node.entries('User'), [chloe]);
	await node.searchList('User', 'mei.lin@');
	await eventually(async () => await node.entries('User'), ['Mei Lin (mei.lin@acme.example)']);
});
