/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs on Node and does not ship */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { Emulator } from '../../emulator/server';
import { Console } from '../../harness/console';
import { generateCode } from './check';

test('"npm run live-check" asks a person what it needs, and writes the report', async () => {
	const emulator = await Emulator.start();
	const { origin } = emulator;
	const folder = mkdtempSync(path.join(tmpdir(), 'live-check-'));
	const options = `--emulator ${origin} --out ${folder}`;
	const none = { ZOHO_CLIENT_ID: undefined, ZOHO_CLIENT_SECRET: undefined };
	const terminal = new Console(`npm run live-check -- ${options}`, none);
	const answer = async (question: RegExp, line: string) => {
		await terminal.expect(question);
		terminal.type(line);
	};
	try {
		await answer(/Client ID: /, CLIENT_ID);
		await answer(/Client secret: /, CLIENT_SECRET);
		const [scope] = await terminal.expect(/ZohoCRM\.\S+/);
		await answer(/Code: /, await generateCode(origin, scope));
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
