/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { Emulator } from '../../emulator/server';
import { Console } from '../../harness/console';
import { consent } from './check';

test('"npm run live-check" asks a person what it needs, and writes the report', async () => {
	const emulator = await Emulator.start();
	const folder = mkdtempSync(path.join(tmpdir(), 'live-check-'));
	const options = `--accounts-url ${emulator.origin} --port 0 --pause 0 --out ${folder}`;
	const terminal = new Console(`npm run live-check -- ${options}`, {
		ZOHO_CLIENT_ID: undefined,
		ZOHO_CLIENT_SECRET: undefined,
	});
	try {
		await terminal.expect(/Data center \(com, eu, …\): /);
		terminal.type('custom');
		await terminal.expect(/Client ID: /);
		terminal.type(CLIENT_ID);
		await terminal.expect(/Client secret: /);
		terminal.type(CLIENT_SECRET);
		const [, address] = await terminal.expect(/consent:\s+(http\S+)/);
		await consent(address);
		expect(await terminal.end()).toBe(0);
		const report = readFileSync(path.join(folder, 'live-check-report.md'), 'utf8');
		expect(report).toContain('How is an unknown portal refused?');
		expect(report).not.toContain(CLIENT_SECRET);
	} finally {
		terminal.interrupt();
		await emulator.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}, 180_000);
