/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a command line tool that does not ship */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { version } from '../../package.json';
import { table } from '../table';
import { found, NoAnswer, Open, Stopped } from './answers';
import type { Finding } from './answers';
import { Client } from './client';
import type { Call, Evidence } from './client';
import { readOptions } from './options';
import type { Options, Terminal } from './options';
import { APART, portals, READS, TITLES, WRITES } from './questions';
import { apart, reads } from './reads';
import { Redactor } from './redact';
import { about, lookUp, readScene } from './scene';
import type { Questions, Scene } from './scene';
import { writing } from './writes';

export type Report = Awaited<ReturnType<Run['report']>>;

/**
 * Checks an organization, and writes the report.
 *
 * @param args of the command line, without node and the script
 * @throws Stopped if it stopped before it found anything
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

/** One run, with its findings so far. */
class Run {
	private readonly client: Client;

	private readonly results = new Map<string, ReturnType<Run['resultOf']>>();

	private before: Evidence[] = [];

	private edition?: string;

	constructor(
		private readonly options: Options,
		private readonly terminal: Terminal,
		private readonly redactor: Redactor,
	) {
		this.client = new Client(options, terminal, redactor);
	}

	/**
	 * Asks all allowed questions.
	 *
	 * @returns a report, even of an incomplete run
	 * @throws Stopped if it stopped before it found anything
	 */
	async report() {
		const { client, redactor } = this;
		const { dataCenter, writes } = this.options;
		const stopped = await found(this.ask());
		if (stopped && client.calls === 0) throw stopped;
		if (stopped) this.terminal.say(`\n${stopped.message}`);
		return {
			version,
			date: new Date().toISOString().slice(0, 10),
			...{ dataCenter, edition: this.edition, writes, calls: client.calls },
			stopped: stopped && redactor.ids(stopped.message),
			results: Object.keys(TITLES).map((id) => this.results.get(id) ?? this.notAsked(id)),
			...{ before: this.before, outside: client.outside },
		};
	}

	private async ask(): Promise<void> {
		const { options, terminal, client } = this;
		const { writes, also, pause } = options;
		const scopes = writes.length > 0 ? [...READS, 'ZohoCRM.org.READ'] : READS;
		const { scene, named } = await client.connected(scopes, async (call) => {
			const read = await readScene(call, options.portal).finally(() => {
				this.before = client.take();
			});
			// A second look at something that takes time comes after ten pauses.
			const scene = { ...read, wait: async () => await sleep(pause * 10) };
			await this.askAll(reads, call, scene);
			if (writes.length === 0) return { scene };
			const named = await lookUp(about(scene.usual, call), scene, options);
			this.edition = this.redactor.name(named.edition);
			// These calls are only for safety, and are not part of any answer.
			client.take();
			return { scene, named };
		});
		for (const id of also) {
			terminal.say(`\nThis needs a code of its own: ${TITLES[id]}`);
			await client.connected([APART[id]], async (call) => {
				await this.askAll({ [id]: apart[id] }, call, scene);
			});
		}
		if (!named) return;
		terminal.say(
			`\nThe organization is ${named.organization}, the portal ${named.portal}. The check now`,
		);
		for (const write of writes) terminal.say(`- ${write}: ${writing[write].deed(named)}`);
		if (
			(await terminal.ask('Type the name of the organization to go on:')) !== named.organization
		) {
			throw new Stopped('The name of the organization was not typed, so nothing was written.');
		}
		const levels = ['READ', ...writes.flatMap((write) => writing[write].levels)];
		await client.connected(levels.map(portals), async (call) => {
			for (const write of writes) await this.askAll(writing[write].questions, call, named, true);
		});
	}

	/**
	 * Asks the questions in order.
	 *
	 * @throws Stopped if nothing more may be sent; a read without an answer does not stop it
	 */
	private async askAll<S extends Scene>(
		asked: Questions<S>,
		call: Call,
		scene: S,
		isWrite = false,
	) {
		const { terminal, client } = this;
		for (const [id, ask] of Object.entries(asked)) {
			terminal.say(TITLES[id]);
			const finding: Finding = await found(ask(about(scene.usual, call), scene));
			this.results.set(id, this.resultOf(id, finding, client.take()));
			terminal.say(`  ${finding.answer ?? `open: ${finding.observation}`}`);
			// The terminal names the people to look after; the report only says that there are
			// some.
			if (finding.notUndone) terminal.say(`  ${finding.notUndone}`);
			const isLast = finding instanceof Stopped && (isWrite || !(finding instanceof NoAnswer));
			if (isLast) throw finding;
		}
	}

	private notAsked(id: string) {
		const { also, writes } = this.options;
		const write = WRITES.find((one) => id in writing[one].questions);
		let needed = 'another run: the check stopped before';
		if (id in apart && !also.includes(id)) needed = `--also ${id}`;
		if (write && !writes.includes(write)) needed = `--writes ${write}`;
		return this.resultOf(id, new Open('Not asked.', needed), []);
	}

	/** A question with its finding, without IDs. */
	private resultOf(
		id: string,
		{ answer, emulator, observation, needed, notUndone = '' }: Finding,
		evidence: Evidence[],
	) {
		const seen = this.redactor.ids(`${observation} ${notUndone}`.trimEnd());
		const settled = answer !== undefined;
		return {
			id,
			title: TITLES[id],
			settled,
			answer,
			emulator,
			observation: seen,
			needed,
			evidence,
		};
	}
}

/** A report for people, to be attached to an issue. */
function markdownOf(report: Report): string {
	const { version, date, dataCenter, edition, writes, calls, stopped, results, outside } = report;
	const settled = results.filter((result) => result.settled);
	const open = results.filter((result) => !result.settled);
	return [
		'# Live check of Zoho CRM client portals',
		'',
		`- Version ${version}, ${date}`,
		`- Data center: ${dataCenter}${edition ? `, edition: ${edition}` : ''}`,
		`- Calls: ${calls}; writes: ${writes.join(', ') || 'none'}`,
		...(stopped === undefined ? [] : ['', `Not everything was asked: ${stopped}`]),
		'',
		'Of the answers only names that Zoho documents are shown: fields, types, codes and states.',
		'Placeholders replace all other values: `<id 3>` is the same ID wherever it is. The calls with',
		'their answers are in `live-check-report.json`.',
		...section('Settled', settled, {
			Question: 'title',
			Answer: 'answer',
			Seen: 'observation',
			Emulator: 'emulator',
		}),
		...section('Open', open, { Question: 'title', Seen: 'observation', 'What it takes': 'needed' }),
		...section('Outside the contract', outside, {
			...{ Call: 'call', Status: 'status', Where: 'pointer' },
			...{ What: 'message', Schema: 'schema', Times: 'times' },
		}),
		'',
	].join('\n');
}

/** @param columns the headings, each with the key of a row that it shows */
function section(title: string, of: object[], columns: Record<string, string>): string[] {
	const cells = of
		.map((row) => new Map(Object.entries(row)))
		.map((row) =>
			Object.values(columns).map((key) => String(row.get(key) ?? '').replace(/\|/g, '\\|')),
		);
	const text = of.length === 0 ? 'Nothing.' : table(Object.keys(columns), cells);
	return ['', `## ${title} (${of.length})`, '', text];
}
