/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { setTimeout as sleep } from 'node:timers/promises';

import { version } from '../../package.json';
import { open } from './answers';
import type { Finding } from './answers';
import { Client, NoAnswer, Stopped } from './client';
import type { Call } from './client';
import { connected } from './connect';
import type { Options, Terminal } from './options';
import { APART, LEVELS, portals, READS, TITLES, UNASKED, WRITES } from './questions';
import type { Questions } from './questions';
import { apart, reads } from './reads';
import type { Redactor } from './redact';
import { about, lookUp, readScene } from './scene';
import type { Scene, WriteScene } from './scene';
import { DEEDS, writeQuestions } from './writes';

export type Report = Awaited<ReturnType<Run['report']>>;

/** One run, with what it knows so far. */
export class Run {
	private readonly client: Client;

	private readonly findings = new Map<string, ReturnType<typeof resultOf>>();

	private before: ReturnType<Client['take']> = [];

	private edition?: string;

	constructor(
		private readonly options: Options,
		readonly terminal: Terminal,
		readonly redactor: Redactor,
	) {
		this.client = new Client(options.pause, redactor);
	}

	/**
	 * Asks what may be asked.
	 *
	 * @returns a report, also of half a run
	 * @throws Stopped where it stopped before anything was seen
	 */
	async report() {
		const { options, client, terminal, redactor } = this;
		let stopped: string | undefined;
		try {
			await this.ask();
		} catch (error) {
			if (!(error instanceof Stopped) || client.calls === 0) throw error;
			terminal.say(`\n${error.message}`);
			stopped = redactor.ids(error.message);
		}
		const results = Object.keys(TITLES).map((id) => this.findings.get(id) ?? this.notAsked(id));
		return {
			version,
			date: new Date().toISOString().slice(0, 10),
			dataCenter: options.dataCenter,
			edition: this.edition,
			writes: options.writes,
			calls: client.calls,
			stopped,
			results,
			before: this.before,
			outside: client.outside,
			notAsked: UNASKED,
		};
	}

	private async ask(): Promise<void> {
		const { options, terminal, client } = this;
		const { writes, also, pause } = options;
		const scopes = writes.length > 0 ? [...READS, 'ZohoCRM.org.READ'] : READS;
		const { scene, named } = await this.connected(scopes, async (call) => {
			const found = await readScene(call, options.portal).finally(() => {
				this.before = client.take();
			});
			// A second look at something that takes its time comes after ten pauses.
			const scene = { ...found, wait: async () => await sleep(pause * 10) };
			await this.askAll(reads, call, scene);
			if (writes.length === 0) return { scene };
			const named = await lookUp(about(scene.usual, call), scene, options);
			this.edition = this.redactor.name(named.edition);
			// Looked at to be safe, and no part of any answer.
			client.take();
			return { scene, named };
		});
		for (const id of also) {
			terminal.say(`\nThis needs a code of its own: ${TITLES[id]}`);
			await this.connected([APART[id]], async (call) => {
				await this.askAll({ [id]: apart[id] }, call, scene);
			});
		}
		if (!named) return;
		if (!(await this.agrees(named))) {
			throw new Stopped('The name of the organization was not typed, so nothing was written.');
		}
		const levels = writes.flatMap((write) => LEVELS[write]);
		await this.connected(['READ', ...levels].map(portals), async (call) => {
			for (const write of writes) await this.askAll(writeQuestions[write], call, named, true);
		});
	}

	/** Works with a token for these scopes and no others, which is revoked afterwards. */
	private async connected<T>(scopes: string[], work: (call: Call) => Promise<T>): Promise<T> {
		return await connected(
			this.options,
			scopes,
			this,
			async (connection) => await work(this.client.caller(connection)),
		);
	}

	/** Says what will be written, and whether the person at the terminal agrees. */
	private async agrees(scene: WriteScene): Promise<boolean> {
		const { organization, portal } = scene;
		const { terminal, options } = this;
		terminal.say(`\nThe organization is ${organization}, the portal ${portal}. The check now`);
		for (const write of options.writes) terminal.say(`- ${write}: ${DEEDS[write](scene)}`);
		return (await terminal.ask('Type the name of the organization to go on:')) === organization;
	}

	/**
	 * Asks one question after the other.
	 *
	 * @throws Stopped where nothing more is to be sent; a read without an answer does not stop it
	 */
	private async askAll<S extends Scene>(
		asked: Questions<S>,
		call: Call,
		scene: S,
		isWrite = false,
	) {
		for (const [id, ask] of Object.entries(asked)) {
			this.terminal.say(TITLES[id]);
			try {
				this.tell(id, await ask(about(scene.usual, call), scene));
			} catch (error) {
				if (!(error instanceof Stopped)) throw error;
				const finding = open(this.redactor.ids(error.message), 'another run, later');
				this.tell(id, { ...finding, notUndone: error.notUndone });
				if (!(error instanceof NoAnswer) || isWrite) throw error;
			}
		}
	}

	private tell(id: string, { notUndone, ...finding }: Finding): void {
		// The terminal shows whom to look after; the report, only that there is somebody.
		if (notUndone) finding.observation += ` ${this.redactor.ids(notUndone)}`;
		this.findings.set(id, resultOf(id, finding, this.client.take()));
		this.terminal.say(`  ${finding.answer ?? `open: ${finding.observation}`}`);
		if (notUndone) this.terminal.say(`  ${notUndone}`);
	}

	private notAsked(id: string) {
		const { also, writes } = this.options;
		const write = WRITES.find((one) => id in writeQuestions[one]);
		let needed = 'another run: the check stopped before';
		if (id in apart && !also.includes(id)) needed = `--also ${id}`;
		if (write && !writes.includes(write)) needed = `--writes ${write}`;
		return resultOf(id, open('Not asked.', needed), []);
	}
}

/** A question with what became of it. */
function resultOf(id: string, finding: Finding, evidence: ReturnType<Client['take']>) {
	return { id, title: TITLES[id], settled: finding.answer !== undefined, ...finding, evidence };
}
