import { selectors } from 'playwright-core';
import type { Browser, BrowserContext } from 'playwright-core';

import { populate } from '../../emulator/lifelike';
import { HOST } from '../n8n/ports';
import { useN8n } from '../n8n/setup';
import type { Running } from '../n8n/setup';
import { launchChromium } from './chromium';
import { Editor } from './editor';

/** Also the size of pictures. */
const WINDOW = { width: 1280, height: 800 };

/** Enough for a machine that has other work to do, too. */
const PATIENCE = 30_000;

/** n8n's editor in a browser; every test has a tab of its own. */
export interface InBrowser extends Running {
	editor: Editor;
}

/**
 * Starts n8n with the package and a connected credential, the emulator with a lifelike organization,
 * and a browser in which the owner of n8n is logged in.
 */
export function useEditor(): InBrowser {
	const running = useN8n('2.41', {
		// n8n takes the address that Zoho sends people back to from it.
		N8N_HOST: HOST,
		N8N_DISABLED_MODULES: 'instance-ai,mcp-registry',
	}) as InBrowser;
	let browser: Browser | undefined;
	let context: BrowserContext;
	const openTab = async () => {
		running.editor = new Editor(await context.newPage(), running.instance.origin);
	};
	beforeAll(async () => {
		selectors.setTestIdAttribute('data-test-id');
		browser = await launchChromium();
		context = await browser.newContext({
			viewport: WINDOW,
			locale: 'en-US',
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(PATIENCE);
		await openTab();
		await running.editor.logIn();
		await running.editor.page.close();
	}, 120_000);
	beforeEach(async () => {
		populate(running.emulator.world);
		await openTab();
	});
	afterEach(async () => {
		await running.editor.picture(String(expect.getState().currentTestName));
		await running.editor.page.close();
	});
	afterAll(async () => await browser?.close());
	return running;
}
