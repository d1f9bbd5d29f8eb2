/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- a command line tool that does not ship */
import { setTimeout as sleep } from 'node:timers/promises';

import { version } from '../../package.json';
import { caller } from './client';
import type { Call } from './client';
import { connect, disconnect } from './connect';
import { open } from './finding';
import type { Finding } from './finding';
import { agrees, lookUp, ORGANIZATION_READ, readOrganization } from './named';
import type { Organization } from './named';
import type { Options } from './options';
import type { Question } from './question';
import { questions } from './questions';
import { Recorder } from './recorder';
import type { Evidence } from './recorder';
import type { Redactor } from './redact';
import { notAsked, resultOf } from './report';
import type { Report, Result } from './report';
import { READ, readScene } from './scene';
import type { Scene } from './scene';
import { NoAnswer, Stopped } from './stopped';
import type { Terminal } from './terminal';
import { UNASKED } from './unasked';

/** A second look at something that takes its time comes after so many pauses. */
const PAUSES = 10;

/** One run, with what it knows so far. */
export class Run {
	private readonly recorder: Recorder;

	private readonly results = new Map<string, Result>();

	private before: Evidence[] = [];

	private scene?: Scene;

	private organization?: Organization;

	private stopped?: string;

	constructor(
		private readonly options: Options,
		private readonly terminal: Terminal,
		private readonly redactor: Redactor,
	) {
		this.recorder = new Recorder(redactor);
	}

	/**
	 * Reads, then writes what may be written, and tells what came of it, also of half a run.
	 *
	 * @throws Stopped where it stopped before anything was seen
	 */
	async report(): Promise<Report> {
		try {
			await this.reads();
			await this.apart();
			await this.writes();
		} catch (error) {
			if (!(error instanceof Stopped) || this.recorder.calls === 0) throw error;
			this.terminal.say(`\n${error.message}`);
			this.stopped = this.redactor.ids(error.message);
		}
		return this.soFar();
	}

	private async reads(): Promise<void> {
		const asked = questions.filter(({ needs, apart }) => needs === 'reads' && !apart);
		const { writes, portal, pause } = this.options;
		const more = writes.length > 0 ? [ORGANIZATION_READ] : [];
		await this.connected([READ, ...more, ...scopesOf(asked)], async (call) => {
			const found = await readScene(call, portal).finally(() => {
				this.before = this.recorder.take();
			});
			const wait = async () => await sleep(pause * PAUSES);
			this.scene = { ...found, named: { people: [] }, wait };
			await this.ask(asked, call, this.scene);
			if (writes.length === 0) return;
			this.organization = await readOrganization(call);
			this.scene.named = await lookUp(call, this.scene, this.options);
			// Looked at to be safe, and no part of any answer.
			this.recorder.take();
		});
	}

	private async apart(): Promise<void> {
		const { scene } = this;
		for (const question of questions.filter(({ id }) => this.options.also.includes(id))) {
			if (!scene) return;
			this.terminal.say(`\nThis wants a consent of its own: ${question.title}`);
			await this.connected(question.scopes, async (call) => {
				await this.ask([question], call, scene);
			});
		}
	}

	private async writes(): Promise<void> {
		const { writes } = this.options;
		const { scene, organization } = this;
		if (writes.length === 0 || !scene || !organization) return;
		if (!(await agrees(this.terminal, scene, writes, organization))) {
			throw new Stopped('The name of the organization was not typed, so nothing was written.');
		}
		const asked = questions.filter(({ write }) => write !== undefined && writes.includes(write));
		await this.connected(scopesOf(asked), async (call) => {
			await this.ask(asked, call, scene);
		});
	}

	/** Asks with a token for these scopes and no others, which is given back afterwards. */
	private async connected(scopes: string[], work: (call: Call) => Promise<void>): Promise<void> {
		const { options, terminal, redactor, recorder } = this;
		const connection = await connect(options, [...new Set(scopes)], { terminal, redactor });
		try {
			await work(caller(connection, options.pause, recorder.see));
		} finally {
			await disconnect(options, connection);
		}
	}

	/**
	 * Asks one question after the other.
	 *
	 * @throws Stopped where nothing more is to be sent; a read without an answer does not stop it
	 */
	private async ask(asked: Question[], call: Call, scene: Scene): Promise<void> {
		for (const question of asked) {
			this.terminal.say(question.title);
			try {
				this.tell(question, await question.ask(call, scene));
			} catch (error) {
				if (!(error instanceof Stopped)) throw error;
				const finding = open(this.redactor.ids(error.message), 'another run, later');
				this.tell(question, { ...finding, notUndone: error.notUndone });
				if (!(error instanceof NoAnswer) || question.needs === 'writes') throw error;
			}
		}
	}

	private tell(question: Question, { notUndone, ...finding }: Finding): void {
		// The terminal shows whom to look after; the report, only that there is somebody.
		const seen = notUndone === undefined ? [] : [this.redactor.ids(notUndone)];
		const observation = [finding.observation, ...seen].join(' ');
		const result = resultOf(question, { ...finding, observation }, this.recorder.take());
		this.results.set(question.id, result);
		this.terminal.say(`  ${result.answer ?? `open: ${result.observation}`}`);
		if (notUndone !== undefined) this.terminal.say(`  ${notUndone}`);
	}

	private soFar(): Report {
		const { options, recorder, redactor, organization, stopped } = this;
		return {
			version,
			date: new Date().toISOString().slice(0, 10),
			dataCenter: options.dataCenter,
			...(organization && { edition: redactor.text(organization.edition) }),
			writes: options.writes,
			calls: recorder.calls,
			...(stopped !== undefined && { stopped }),
			results: questions.map((one) => this.results.get(one.id) ?? notAsked(one, options)),
			before: this.before,
			outside: recorder.outside,
			notAsked: UNASKED,
		};
	}
}

function scopesOf(asked: Question[]): string[] {
	return asked.flatMap(({ scopes }) => scopes);
}
