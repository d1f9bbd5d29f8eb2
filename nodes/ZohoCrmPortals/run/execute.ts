import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import { errorJson, nodeError, nothingElse } from '../errors/nodeError';
import type { Failure, OtherOutcomes } from '../errors/nodeError';
import { accountOf, createConnection, DEFAULT_CONCURRENCY } from '../http/connection';
import { dataOf } from '../http/error';
import { pause } from '../http/pause';
import { inDigits } from '../errors/words';
import { inNumbers } from './counted';
import { hint } from './hint';
import { isFailure } from './operation';
import type { Asked, Operation, Outcome, Strategy } from './operation';
import type { Item } from '../form/item';
import { lookUpReferences } from './references';
import { RetryMemory } from './retryMemory';
import { Run } from './run';
import { readSettings } from './settings';
import type { Settings } from './settings';

type Context = IExecuteFunctions | IExecutePaginationFunctions;

/** The results of the items: the outcomes of each, or why nothing was sent for it. */
type Results = Map<Item, Outcome[] | Error>;

/**
 * Runs an operation for all items: reads and checks them, sends the calls, and returns the outcomes
 * of each item.
 *
 * @throws NodeOperationError for input that must not be sent, before anything is sent, and
 *   NodeApiError for anything that Zoho refused; if the node is set to continue, each error becomes
 *   an item instead
 * @param isTool whether an agent runs the node as its tool
 */
export async function execute(
	operation: Operation,
	items: Item[],
	context: Context,
	isTool: boolean,
): Promise<INodeExecutionData[]> {
	return await itemsOf(operation, items, context, isTool).catch((error: unknown) => {
		if (context.continueOnFail()) {
			// n8n itself would pass the input items on as if they were done.
			const node = context.getNode();
			return items.flatMap((item) => toItems(operation, item, item.mistake(error), node));
		}
		if (isTool) addRemedy(error);
		throw error;
	});
}

/**
 * Adds the remedy to the message of an error. If an error ends the run of a tool, n8n passes only
 * the message to the agent (buildObservation in n8n-nodes-langchain).
 */
function addRemedy(error: unknown): void {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return;
	const { message, description } = error;
	if (!description || message.includes(description)) return;
	error.message = `${message}\n\n${description}`;
}

async function itemsOf(
	operation: Operation,
	items: Item[],
	context: Context,
	isTool: boolean,
): Promise<INodeExecutionData[]> {
	if (items.length === 0) return [];
	const node = context.getNode();
	const stops = !context.continueOnFail();
	const started = start(context, operation, items, isTool);
	const { run } = started;
	const named = started.settings.skipBlank ? withoutBlank(operation, items, run) : items;
	if (named.length === 0) return [];
	const results = await resultsOf(operation, named, started, stops).catch((error: unknown) => {
		if (error instanceof NodeOperationError || error instanceof NodeApiError) throw error;
		const failed = [{ subject: {}, error: dataOf(error) }];
		return new Map(named.map((item): [Item, Outcome[]] => [item, failed]));
	});
	const labels = await labelsWithin(operation, run);
	if (stops) throwIfAnyFailed(labels, node, results, othersIn(results, run.settings));
	if (operation.method !== 'GET') {
		const outcomes = [...results.values()].flatMap((one) => (Array.isArray(one) ? one : []));
		const numbers = inNumbers(labels, outcomes);
		if (numbers !== undefined) hint(run.connection, numbers);
	}
	run.memory?.end();
	return named.flatMap((item) => toItems(labels, item, results.get(item) ?? [], node));
}

/** The items that name at least one person. */
function withoutBlank({ fields }: Operation, items: Item[], { connection }: Run): Item[] {
	const named = items.filter((item) => !fields.some((field) => item.skipsIfBlank(field)));
	const skipped = items.length - named.length;
	if (skipped > 0) {
		hint(connection, `Skipped ${inDigits(skipped)} blank ${skipped === 1 ? 'row' : 'rows'}.`);
	}
	return named;
}

/** A run with its settings. */
interface Started {
	run: Run;
	settings: Settings;
}

/**
 * Reads the settings of all items together.
 *
 * @throws NodeOperationError if they are invalid
 */
function start(context: Context, operation: Operation, items: Item[], isTool: boolean): Started {
	const [first] = items;
	try {
		const settings = readSettings(operation, items);
		return { settings, run: startRun(context, settings, isTool, () => first.asked(operation)) };
	} catch (error) {
		throw first.mistake(error);
	}
}

function startRun(context: Context, settings: Settings, isTool: boolean, asked: () => string): Run {
	const { concurrency = DEFAULT_CONCURRENCY, travel } = settings;
	const connection = createConnection(
		context,
		travel,
		Math.max(1, Math.min(MAX_CONCURRENCY, concurrency)),
		context.getExecutionCancelSignal(),
	);
	const memory = RetryMemory.of(connection.node, context.getExecuteData(), asked);
	return new Run(connection, settings, memory, isTool);
}

/** The most calls in flight that Zoho's largest edition (Ultimate) accepts. */
const MAX_CONCURRENCY = 25;

async function resultsOf(
	operation: Operation,
	items: Item[],
	{ run, settings }: Started,
	stops: boolean,
): Promise<Results> {
	const { mistakes, refused, lookUp, send } = await ask(operation.strategy, items, run, stops);
	const untouched = (await lookUp?.(run)) ?? [];
	const doubted = inDoubt(run, refused);
	if (stops && refused.size > 0) {
		const unwritten = operation.method !== 'GET' && run.memory?.isEmpty !== false;
		const others = { ...nothingElse(), untouched, unwritten };
		const failed = new Map([...refused].map(([item, all]) => [item, all.map(doubted)]));
		throwIfAnyFailed(await labelsWithin(operation, run), run.connection.node, failed, others);
	}
	const { batchInterval } = settings;
	const together = batchInterval === 0 || settings.batchSize === -1;
	const batchSize = together ? items.length : Math.max(1, settings.batchSize);
	const { signal } = run.connection;
	const results: Results = new Map(mistakes);
	const sound = items.filter((item) => !mistakes.has(item));
	for (let start = 0; start < sound.length; start += batchSize) {
		if (start > 0) await pause(batchInterval, signal);
		const part = sound.slice(start, start + batchSize);
		const outcomes = await send(run, part);
		part.forEach((item, position) => results.set(item, outcomes[position].map(doubted)));
	}
	return results;
}

/**
 * Returns a function that makes an outcome uncertain if it was refused before anything was written,
 * and an earlier try of the run may have made the change.
 */
function inDoubt({ memory }: Run, refused: Map<Item, Outcome[]>): (outcome: Outcome) => Outcome {
	if (!memory) return (outcome) => outcome;
	const doubted = new Map<Outcome, Outcome>();
	const failures = [...refused.values()].flat().filter(isFailure);
	for (const failure of failures) {
		const { subject, error } = failure;
		const id = subject.personality_id ?? subject.record_id ?? subject.id;
		const whom = id === undefined ? undefined : String(id);
		if (!memory.mayHaveChanged(JSON.stringify(subject), whom)) continue;
		doubted.set(failure, { ...failure, error: { ...error, uncertain: true, stopped: true } });
	}
	memory.keepRefused(failures.map(({ subject }) => JSON.stringify(subject)));
	return (outcome) => doubted.get(outcome) ?? outcome;
}

/**
 * Reads and checks the items. If they contain names that have to be looked up, this happens after
 * all of them are valid, and the items are read again with the results.
 */
async function ask(strategy: Strategy, items: Item[], run: Run, stops: boolean): Promise<Asked> {
	const asked = strategy(items);
	const [mistake] = asked.mistakes.values();
	if (mistake && stops) throw mistake;
	const open = items.filter(({ references }) => references.length > 0);
	if (open.length === 0) return asked;
	await lookUpReferences(run, open);
	return strategy(items);
}

async function labelsWithin(
	operation: Operation,
	{ connection, settings: { dryRun } }: Run,
): Promise<OperationLabels> {
	return { ...operation, account: await accountOf(connection), dryRun };
}

/** Builds one error for all failures; it also counts the other outcomes. */
function throwIfAnyFailed(
	labels: OperationLabels,
	node: INode,
	results: Results,
	others: OtherOutcomes,
): void {
	const failures: Failure[] = [];
	let firstFailed: Item | undefined;
	for (const [item, outcomes] of results) {
		for (const outcome of Array.isArray(outcomes) ? outcomes : []) {
			if (!isFailure(outcome)) continue;
			firstFailed ??= item;
			failures.push(outcome);
		}
	}
	if (!firstFailed) return;
	const error = nodeError(node, labels, failures, others);
	error.context.itemIndex = firstFailed.index;
	throw error;
}

function othersIn(results: Results, { dryRun }: Settings): OtherOutcomes {
	const others: OtherOutcomes = { ...nothingElse(), unwritten: dryRun };
	for (const outcomes of results.values()) {
		for (const outcome of Array.isArray(outcomes) ? outcomes : []) {
			if (isFailure(outcome) || !outcome.subject) continue;
			const side = sideOf(outcome.json);
			others[dryRun && side !== 'heldBack' ? 'untouched' : side].push(outcome.subject);
		}
	}
	return others;
}

function sideOf({ scheduled, heldBack }: IDataObject): 'succeeded' | 'scheduled' | 'heldBack' {
	if (heldBack === true) return 'heldBack';
	return scheduled === true ? 'scheduled' : 'succeeded';
}

function toItems(
	labels: OperationLabels,
	{ index }: Item,
	result: Outcome[] | Error,
	node: INode,
): INodeExecutionData[] {
	const failed = (json: IDataObject) => {
		const item = { json, pairedItem: { item: index } };
		return node.onError === 'continueErrorOutput' ? forErrorOutput(item) : item;
	};
	if (!Array.isArray(result)) {
		const { message } = result;
		const description = result instanceof NodeOperationError ? result.description : undefined;
		return [failed({ error: message, message: description ?? '' })];
	}
	return result.map((outcome) =>
		isFailure(outcome)
			? failed(errorJson(outcome, labels))
			: { json: outcome.json, pairedItem: { item: index } },
	);
}

/**
 * Marks an item for the error output. n8n sends an item there because of its property `error` or
 * the keys of its JSON, which differ between n8n 1 and 2 (WorkflowExecute.handleNodeErrorOutput).
 * n8n then copies the item; if the property were copied as well, n8n would replace the JSON with
 * the bare message.
 */
function forErrorOutput(item: INodeExecutionData): INodeExecutionData {
	const value = { message: item.json.error };
	return Object.defineProperty(item, 'error', { value, enumerable: false });
}
