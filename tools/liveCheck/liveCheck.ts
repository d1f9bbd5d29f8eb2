/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command line tool that does not ship */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { readOptions } from './options';
import type { Terminal } from './options';
import { Redactor } from './redact';
import { markdownOf } from './report';
import { Run } from './run';

/**
 * Asks an organization, and writes the report.
 *
 * @param args of the command line, without node and the script
 * @throws UsageError, and Stopped where it stopped before anything was seen
 */
export async function liveCheck(args: string[], env: NodeJS.ProcessEnv, terminal: Terminal) {
	const options = await readOptions(args, env, terminal);
	const redactor = new Redactor();
	redactor.secrets.push(options.clientId, options.clientSecret);
	const report = await new Run(options, terminal, redactor).report();
	const markdown = markdownOf(report);
	const json = `${JSON.stringify(report, undefined, '\t')}\n`;
	redactor.check(markdown + json);
	const file = path.join(options.folder, 'live-check-report');
	await mkdir(options.folder, { recursive: true });
	await writeFile(`${file}.md`, markdown);
	await writeFile(`${file}.json`, json);
	terminal.say(`\nThe report is in ${file}.md and live-check-report.json.`);
	terminal.say('It holds no personal data; please read it before you attach it to an issue.');
	return report;
}
