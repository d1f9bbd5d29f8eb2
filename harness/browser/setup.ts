/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import path from 'node:path';

import { selectors } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';

import { populate } from '../../emulator/lifelike';
import { useN8n } from '../n8n/setup';
import type { Running } from '../n8n/setup';
import { openProfile } from './chromium';
import { Editor } from './editor';

/** Also the size of screenshots. */
const WINDOW = { width: 1280, height: 800 };

/** Long enough for a busy machine, in ms. */
const PATIENCE = 60_000;

/** The time for loading the editor, the first time without a cache, in ms. */
const LOADING = 150_000;

/** n8n's editor in a browser. */
export interface InBrowser extends Running {
	editor: Editor;
}

/**
 * Starts an emulator with a lifelike organization, and a browser in which the owner of n8n is
 * logged in. n8n has one credential, which is connected to the emulator. Every test gets its own
 * tab.
 * @param oneTab whether the tests share a tab, so that the editor is loaded only once
 */
export function useEditor({ oneTab = false } = {}): InBrowser {
	const running = useN8n('2.41') as InBrowser;
	let context: BrowserContext | undefined;
	const openTab = async () => {
		if (!context) throw new Error('The browser has not started');
		running.editor = new Editor(await context.newPage(), running.instance.origin);
	};
	beforeAll(async () => {
		// Credentials of other test files, one of which n8n would otherwise choose for a new node.
		await running.client.deleteOtherCredentials();
		selectors.setTestIdAttribute('data-test-id');
		// All files share a profile, so that the editor is loaded from its cache.
		context = await openProfile(path.join(running.instance.folder, 'chromium'), {
			viewport: WINDOW,
			locale: 'en-US',
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(PATIENCE);
		context.setDefaultNavigationTimeout(LOADING);
		await openTab();
		await running.editor.logIn();
		if (!oneTab) await running.editor.page.close();
	}, 300_000);
	beforeEach(async () => {
		populate(running.emulator.world);
		if (!oneTab) await openTab();
	});
	afterEach(async () => {
		await running.editor.picture(String(expect.getState().currentTestName));
		if (!oneTab) await running.editor.page.close();
	});
	afterAll(async () => await context?.close());
	return running;
}
