import { eventually } from '../../harness/until';
import { useEditor } from '../../harness/browser/setup';

const running = useEditor();

describe.each([
	['light', 'portal.svg'],
	['dark', 'portal.dark.svg'],
] as const)('in %s theme', (theme, file) => {
	test('the node is found, with the icon for the theme', async () => {
		const { editor } = running;
		await editor.page.emulateMedia({ colorScheme: theme });
		await editor.newWorkflow();
		await editor.searchNodes('zoho portal');
		const entry = editor.entry('Zoho CRM Portals');
		await entry.waitFor();
		const icon = entry.getByRole('img').first();
		expect(await icon.getAttribute('src')).toMatch(new RegExp(`/${file}$`));
		expect(await icon.evaluate(widthOfLoaded)).toBeGreaterThan(0);
	});
});

test('its actions are listed by what they act on, those of portal users first', async () => {
	const { editor } = running;
	await editor.showActions();
	await editor.entry('Activate or deactivate portal users').waitFor();
	const headings = async () => (await editor.entries()).filter((text) => text.endsWith(' Actions'));
	await eventually(headings, [
		'Portal User Actions',
		'User Type Actions',
		'Portal Actions',
		'CRM User Actions',
	]);
});

test('the node is found by what people call the matter', async () => {
	const { editor } = running;
	const entry = editor.entry('Zoho CRM Portals');
	await editor.newWorkflow();
	await editor.openNodesPanel();
	for (const text of ['invitation', 'deactivate', 'vendor', 'customer portal', 'crm user']) {
		await editor.search('nothing that there is');
		await entry.waitFor({ state: 'hidden' });
		await editor.search(text);
		await entry.waitFor();
	}
});

/** Runs in the browser: the width of an image once it is there; fails if it cannot be loaded. */
async function widthOfLoaded(image: { decode: () => Promise<void>; naturalWidth: number }) {
	await image.decode();
	return image.naturalWidth;
}
