import { PORTAL } from '../../emulator/seed';
import { useEditor } from '../../harness/browser/setup';

const running = useEditor();

test('a user type is built with lists that follow the chosen module', async () => {
	const { editor, emulator } = running;
	const node = await editor.addAction('Create user type');
	await node.pick('Portal', PORTAL);
	await node.type('Name', 'Field Engineers');
	await node.pick('Personality Module', 'Contacts');

	// It is there from the start, and follows what was picked.
	const contacts = node.firstGroup();
	expect(await contacts.chosen('Module Name or ID')).toBe('Contacts');
	expect(await contacts.options('Module Name or ID')).toEqual([
		'Contacts',
		'Deals',
		'Notes',
		'Products',
	]);
	await contacts.choose('Permissions', 'Edit');
	await contacts.choose('View Name or ID', 'All Contacts');
	await contacts.choose('Field Names or IDs', 'Email', 'Phone');

	const deals = await node.add('Module');
	await deals.choose('Module Name or ID', 'Deals');
	await deals.choose('Permissions', 'Create', 'Edit');
	await deals.choose('Layout Names or IDs', 'Standard');
	expect(await deals.options('View Name or ID')).toContain('All Deals');
	await deals.choose('View Name or ID', 'All Deals');
	await deals.choose('Filter Name or ID', 'Contact Name');
	expect(await deals.options('Field Names or IDs')).toEqual([
		'Amount',
		'Contact Name',
		'Deal Name',
		'Stage',
	]);
	await deals.choose('Field Names or IDs', 'Deal Name', 'Stage');
	await deals.choose('Read-Only Field Names or IDs', 'Amount');

	expect(await editor.page.getByTestId('parameter-issues').count()).toBe(0);
	await node.execute();
	const [item] = await node.items();
	await deals.scrollTo();
	await editor.picture('user-type-form');
	expect(item).toMatchObject({
		code: 'SUCCESS',
		added: ['Contacts layout Standard', 'Contacts.Last_Name', 'Notes'],
	});
	expect(emulator.world.userTypes.get(String(item.id))).toMatchObject({
		name: 'Field Engineers',
		active: true,
		modules: [
			{
				api_name: 'Contacts',
				fields: [{ api_name: 'Email' }, { api_name: 'Phone' }, { api_name: 'Last_Name' }],
			},
			{
				api_name: 'Deals',
				fields: [
					{ api_name: 'Deal_Name', read_only: false },
					{ api_name: 'Stage', read_only: false },
					{ api_name: 'Amount', read_only: true },
				],
			},
			{ api_name: 'Notes' },
		],
	});
});
