import { useEditor } from './setup';

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

test('its actions are listed by what they act on', async () => {
	const { editor } = running;
	await editor.newWorkflow();
	await editor.searchNodes('zoho portal');
	await editor.entry('Zoho CRM Portals').click();
	await editor.entry('Invite portal users').waitFor();
	const headings = ['CRM User', 'Portal', 'Portal User', 'User Type'];
	for (const heading of headings) await editor.entry(`${heading} Actions`).waitFor();
});

/** Runs in the browser: the width of an image once it is there; fails if it cannot be loaded. */
async function widthOfLoaded(image: { decode: () => Promise<void>; naturalWidth: number }) {
	await image.decode();
	return image.naturalWidth;
}
