/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command line tool that does not ship */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { markdownOf } from './markdown';
import { readOptions } from './options';
import { Redactor } from './redact';
import type { Report } from './report';
import { Run } from './run';
import type { Terminal } from './terminal';

const MARKDOWN = 'live-check-report.md';
const JSON_FILE = 'live-check-report.json';

/**
 * The command: asks an organization, and writes the report.
 *
 * @param args of the command line, without node and the script
 * @throws UsageError, and Stopped where there is nothing to report
 */
export async function liveCheck(
	args: string[],
	env: NodeJS.ProcessEnv,
	terminal: Terminal,
): Promise<Report> {
	const options = await readOptions(args, env, terminal);
	const redactor = new Redactor();
	redactor.hide(options.clientId);
	redactor.hide(options.clientSecret);
	const report = await new Run(options, terminal, redactor).report();
	const markdown = markdownOf(report);
	const json = `${JSON.stringify(report, undefined, '\t')}\n`;
	redactor.check(markdown + json);
	await mkdir(options.folder, { recursive: true });
	await writeFile(path.join(options.folder, MARKDOWN), markdown);
	await writeFile(path.join(options.folder, JSON_FILE), json);
	terminal.say(`\nThe report is in ${path.join(options.folder, MARKDOWN)} and ${JSON_FILE}.`);
	terminal.say('It holds no personal data; please read it before you attach it to an issue.');
	return report;
}
