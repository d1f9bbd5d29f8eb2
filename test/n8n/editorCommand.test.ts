/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { Console } from '../../harness/console';
import { exampleFiles, readExample } from '../../harness/examples';
import { CACHE } from '../../harness/npmInstallation';
import { Client, OWNER } from '../../harness/n8n/client';
import { install } from '../../harness/n8n/install';

/** A cache with what is installed already, and nothing that somebody has made in an editor. */
function newCache(): string {
	const cache = mkdtempSync(path.join(tmpdir(), 'editor-'));
	const folder = path.join(cache, path.basename(CACHE));
	mkdirSync(folder);
	for (const name of readdirSync(CACHE).filter((one) => one.startsWith('n8n-'))) {
		symlinkSync(path.join(CACHE, name), path.join(folder, name));
	}
	return cache;
}

// It wants the ports 5678 and 4000, as it does for a person.
test('"npm run editor" has everything ready, and Ctrl-C ends all of it', async () => {
	await install('2.41');
	const cache = newCache();
	const terminal = new Console('npm run editor', { XDG_CACHE_HOME: cache });
	try {
		const [, origin] = await terminal.expect(/^n8n is at +(http\S+)$/m, 300);
		await terminal.expect(new RegExp(`^Email +${OWNER.email}$`, 'm'));
		await terminal.expect(new RegExp(`^Password +${OWNER.password}$`, 'm'));
		const [, play] = await terminal.expect(/^ +(http\S+)$/m);
		expect(await (await fetch(play)).text()).toContain('<title>');
		await terminal.expect(/^Ctrl-C stops both\.$/m);

		const client = new Client(origin);
		await client.logIn();
		const workflows = await client.call<IDataObject[]>('GET', '/rest/workflows');
		expect(workflows.map(({ name }) => name).sort()).toEqual(
			exampleFiles.map((file) => readExample(file).name).sort(),
		);

		terminal.interrupt();
		await terminal.end();
		await expect(fetch(play)).rejects.toThrow();
		expect(await client.isReady()).toBe(false);
	} finally {
		terminal.interrupt();
		await terminal.end();
		rmSync(cache, { recursive: true, force: true });
	}
}, 500_000);
