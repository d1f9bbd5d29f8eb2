/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, LaunchOptions } from 'playwright-core';

/** The path in Debian's package. */
const PATH = '/usr/bin/chromium';

type ProfileOptions = Parameters<typeof chromium.launchPersistentContext>[1];

/** Options for running without a window and without requests to Google. */
function options(): LaunchOptions {
	if (!existsSync(PATH)) {
		throw new Error(`These tests need Chromium as ${PATH}. On Debian: apt-get install chromium`);
	}
	return {
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
	};
}

/** Starts Chromium with a new profile. */
export async function launchChromium(): Promise<Browser> {
	return await chromium.launch(options());
}

/** Starts Chromium with the profile in a folder, which keeps its cache and its sessions. */
export async function openProfile(folder: string, how: ProfileOptions): Promise<BrowserContext> {
	return await chromium.launchPersistentContext(folder, { ...options(), ...how });
}
