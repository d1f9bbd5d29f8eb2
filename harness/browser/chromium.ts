/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Where Debian's package has it. */
const PATH = '/usr/bin/chromium';

/** Starts Chromium without a window, with a new profile, and without what it asks Google for. */
export async function launchChromium(): Promise<Browser> {
	if (!existsSync(PATH)) {
		throw new Error(`These tests need Chromium as ${PATH}. On Debian: apt-get install chromium`);
	}
	return await chromium.launch({
		executablePath: PATH,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-quic',
			'--disable-sync',
			'--no-first-run',
		],
	});
}
