/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command line tool that does not ship */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { table } from '../table';
import { readOptions } from './options';
import type { Terminal } from './options';
import { Redactor } from './redact';
import { Run } from './run';
import type { Report } from './run';

/**
 * Asks an organization, and writes the report.
 *
 * @param args of the command line, without node and the script
 * @throws Stopped where it stopped before anything was seen
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

/** A report for people, to be attached to an issue. */
function markdownOf(report: Report): string {
	const { version, date, dataCenter, edition, writes, calls, stopped, results, outside } = report;
	const settled = results.filter((result) => result.settled);
	const alone = report.notAsked.map(({ question: title, needed }) => ({
		title,
		observation: 'The check leaves it alone.',
		needed,
	}));
	const open = [...results.filter((result) => !result.settled), ...alone];
	return [
		'# Live check of Zoho CRM client portals',
		'',
		`- Version ${version}, ${date}`,
		`- Data center: ${dataCenter}${edition ? `, edition: ${edition}` : ''}`,
		`- Calls: ${calls}; writes: ${writes.join(', ') || 'none'}`,
		...(stopped === undefined ? [] : ['', `Not everything was asked: ${stopped}`]),
		'',
		'Of the answers only names that Zoho documents are shown: fields, types, codes and states.',
		'Placeholders replace all other values: `<id 3>` is the same ID wherever it is.',
		...rows('Settled', settled, { Question: 'title', Answer: 'answer', Emulator: 'emulator' }),
		...rows('Open', open, { Question: 'title', Seen: 'observation', 'What it takes': 'needed' }),
		...rows('Outside the contract', outside, {
			Call: 'call',
			Status: 'status',
			Where: 'pointer',
			What: 'message',
			Schema: 'schema',
			Times: 'times',
		}),
		'',
		'## What was seen',
		...section('Before the questions', report.before),
		...results.flatMap(({ title, observation, evidence }) =>
			evidence.length === 0 ? [] : section(title, evidence, observation, ''),
		),
		'',
	].join('\n');
}

function section(title: string, evidence: object[], ...observation: string[]): string[] {
	const calls = evidence.map((one) => JSON.stringify(one));
	return ['', `### ${title}`, '', ...observation, '```json', ...calls, '```'];
}

/** @param columns their heads, each with the key of a row that it shows */
function rows<T extends object>(title: string, of: T[], columns: Record<string, keyof T>) {
	const keys = Object.values(columns);
	const cells = of.map((row) => keys.map((key) => String(row[key] ?? '').replace(/\|/g, '\\|')));
	const text = of.length === 0 ? 'Nothing.' : table(Object.keys(columns), cells);
	return ['', `## ${title} (${of.length})`, '', text];
}
