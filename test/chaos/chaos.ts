/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test that does not ship */
import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';

import { PORTAL } from '../../emulator/seed';
import type { NodeSetup } from '../../harness/engine';
import { byName } from '../../harness/harness';
import { callTool, fromAgent } from '../../harness/tool';
import { endPauses, TIMEOUT } from '../../harness/pauses';
import { OnEngine } from './onEngine';
import { planFaults } from './faultPlan';
import { Random } from '../../emulator/random';
import { steps } from './steps';
import type { Step } from './steps';
import { toldBy, violations } from './verdict';
import type { Told } from './verdict';

/** What one seed showed. */
export interface Report {
	seed: number;
	/** Users and others that were told an outcome, by what they were told. */
	told: Record<Told, number>;
	calls: number;
	violations: string[];
}

/** How a node of a workflow is set, or whether an agent calls it. */
interface Mode {
	onError?: NodeSetup['onError'];
	retryOnFail: boolean;
	/** Cancelled after so many calls. */
	cancelAfter?: number;
	asTool: boolean;
}

/** Runs operations against an emulator that breaks calls by a seed, and compares. */
export class Chaos extends OnEngine {
	/** @param users how many things of each kind are worked on, about */
	async run(seed: number, users: number): Promise<Report> {
		const random = new Random(seed);
		const report: Report = {
			seed,
			told: { done: 0, failed: 0, uncertain: 0, scheduled: 0 },
			calls: 0,
			violations: [],
		};
		const restore = endPauses();
		try {
			for (const makeStep of steps) {
				this.emulator.reset();
				this.engine.connect('1');
				const step = makeStep(this.emulator, Math.ceil(users / 5), random);
				planFaults(this.emulator, random);
				const mode = pickMode(random);
				const told = await this.tell(step, mode);
				for (const all of told.values()) for (const one of all) report.told[one]++;
				report.calls += this.emulator.requests.length;
				const wrong = violations(told, step.truths());
				const where = `${step.operation} ${JSON.stringify(mode)}`;
				report.violations.push(...wrong.map((one) => `${where}: ${one}`));
			}
		} finally {
			restore();
		}
		return report;
	}

	/** Runs a step; returns what was told of each of its values. */
	private async tell(step: Step, mode: Mode): Promise<Map<string, Told[]>> {
		const [resource, operation] = step.operation.split('.');
		const parameters = {
			resource,
			operation,
			portal: byName(PORTAL),
			requestOptions: { timeout: TIMEOUT },
			...step.parameters,
		};
		const { onError, retryOnFail, cancelAfter, asTool } = mode;
		const node = { parameters, onError, retryOnFail, maxTries: 2, waitBetweenTries: 1 };
		const told = new Map<string, Told[]>();
		const tell = (value: string, one: Told) => told.set(value, [...(told.get(value) ?? []), one]);
		if (asTool) {
			for (const some of toolCalls(step)) {
				const tool = { ...node, parameters: fromAgent(parameters) };
				const input = { value: some.join(',') };
				const answer = await callTool(this.engine, tool, input, retryOnFail ? 2 : 1);
				this.lookForTokens(answer, tell);
				for (const json of answer.items) {
					const value = some.find((one) => Object.values(json).includes(one)) ?? some[0];
					tellItem(json, value, step, tell);
				}
				if (answer.error) tellError(answer.error, some, tell);
			}
			// Nobody asked for the others.
			for (const value of step.values.slice(BY_AGENT)) told.set(value, ['uncertain']);
			return byPerson(told, step);
		}
		const input = step.values.map((value) => ({ value }));
		const execution = this.engine.startNode({ ...node, input });
		if (cancelAfter !== undefined) {
			const { requests } = this.emulator;
			const watch = setInterval(() => {
				if (requests.length >= cancelAfter) execution.cancel();
			}, 1);
			void execution.finally(() => clearInterval(watch));
		}
		const run = await execution;
		this.lookForTokens(run, tell);
		readRun(run, step, tell);
		return byPerson(told, step);
	}

	/** A token in anything that an execution stores counts as an outcome too many. */
	private lookForTokens(stored: unknown, tell: (value: string, one: Told) => void): void {
		const text = JSON.stringify(stored);
		const { oauthTokenData } = this.engine.credentials.stored.get('1') as {
			oauthTokenData: Record<string, string>;
		};
		for (const secret of [oauthTokenData.access_token, oauthTokenData.refresh_token]) {
			if (text.includes(secret)) tell('a token', 'failed');
		}
	}
}

function pickMode(random: Random): Mode {
	return {
		onError: random.pick(['continueRegularOutput', 'continueErrorOutput', undefined] as const),
		retryOnFail: random.chance(0.4),
		cancelAfter: random.chance(0.15) ? random.below(12) : undefined,
		asTool: random.chance(0.15),
	};
}

/** How many values an agent asks for. */
const BY_AGENT = 5;

/** The values of each call of an agent: first a single one, then the others together, if possible. */
function toolCalls({ values, isList }: Step): string[][] {
	const [first, ...others] = values.slice(0, BY_AGENT);
	const calls = isList ? [others] : others.map((one) => [one]);
	return [[first], ...calls].filter(({ length }) => length > 0);
}

type Tell = (value: string, one: Told) => void;

/** Reads what an execution says of each value: in the items, or in the error that ended it. */
function readRun(run: IRun, step: Step, tell: Tell): void {
	const [taken] = run.data.resultData.runData.Zoho ?? [];
	const error = taken?.error as ZohoError | undefined;
	if (error) {
		tellError(error, step.values.slice(0, 1), tell);
		return;
	}
	const items = (taken?.data?.main ?? []).flatMap((output) => output ?? []);
	for (const item of items) tellItem(item.json, step.values[indexOf(item)], step, tell);
}

/** @param value that the item was asked with */
function tellItem(
	json: IDataObject,
	value: string,
	{ people, key, isTrue }: Step,
	tell: Tell,
): void {
	// An account or a view has an item for each person, or one for itself where it could not be read.
	const id = people && typeof json[key] === 'string' ? json[key] : value;
	tell(id, toldBy(json));
	if (isTrue && json.error === undefined && !isTrue(json)) tell(id, 'failed');
}

interface ZohoError {
	context?: { zoho?: IDataObject };
}

/** @param values that were asked with, where the error is about all of them */
function tellError(error: ZohoError, values: string[], tell: Tell): void {
	const zoho = error.context?.zoho;
	if (!zoho) return;
	const { heldBack, ...lists } = zoho as Record<string, string[] | undefined>;
	for (const id of heldBack ?? []) tell(id, 'failed');
	if (!Array.isArray(lists.succeeded)) {
		for (const value of values) tell(value, zoho.uncertain === true ? 'uncertain' : 'failed');
		return;
	}
	for (const id of lists.succeeded) tell(id, 'done');
	for (const id of lists.scheduled ?? []) tell(id, 'scheduled');
	for (const id of lists.failed ?? []) tell(id, 'failed');
	for (const id of lists.untouched ?? []) tell(id, 'failed');
	for (const id of lists.uncertain ?? []) tell(id, 'uncertain');
}

/** What is told of an account or a view holds for its people of whom nothing else is told. */
function byPerson(told: Map<string, Told[]>, { people }: Step): Map<string, Told[]> {
	const all = new Map(told);
	for (const [name, ids] of people ?? []) {
		const ofAll = told.get(name);
		if (!ofAll) continue;
		all.delete(name);
		for (const id of ids) if (!told.has(id)) all.set(id, ofAll);
	}
	return all;
}

function indexOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : -1;
}
