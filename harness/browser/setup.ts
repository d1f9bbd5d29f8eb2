import { selectors } from 'playwright-core';
import type { Browser, BrowserContext } from 'playwright-core';

import { populate } from '../../emulator/lifelike';
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
 * Starts an emulator with a lifelike organization and a browser in which the owner of n8n is logged
 * in; n8n knows one credential, which is connected to the emulator.
 */
export function useEditor(): InBrowser {
	const running = useN8n('2.41') as InBrowser;
	let browser: Browser | undefined;
	let context: BrowserContext;
	const openTab = async () => {
		running.editor = new Editor(await context.newPage(), running.instance.origin);
	};
	beforeAll(async () => {
		// Those of other test files, of which n8n would choose one for a new node.
		await running.client.deleteOtherCredentials();
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
