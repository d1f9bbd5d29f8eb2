import { NodeConnectionTypes, NodeOperationError, sleep } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import { connect } from './connect';
import type { RequestOptions } from './connect';
import { whereOf } from './credential';
import { errorJson, nodeError } from './errors';
import type { Deed, Failed } from './errors';
import { Item } from './item';
import type { Operation, Outcome, Plan } from './operation';

/** How n8n runs an operation in a workflow: once, for all input items. */
export function customOperation(operation: Operation) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const node = this.getNode();
		const constants = new Map<string, unknown>();
		const items = inputOf(this).map(
			(_, index) =>
				new Item(operation, node, index, constants, (parameter, fallback, options) =>
					this.getNodeParameter(parameter, index, fallback, options),
				),
		);
		return [await run(operation, items, this)];
	};
}

/** How n8n runs an operation by its declared routing, as it does for an agent's tool: item by item. */
export function pagination(operation: Operation) {
	return async function (this: IExecutePaginationFunctions): Promise<INodeExecutionData[]> {
		const node = this.getNode();
		const item = new Item(
			operation,
			node,
			this.getItemIndex(),
			new Map(),
			(parameter, fallback, options) => this.getNodeParameter(parameter, fallback, options),
		);
		return await run(operation, [item], this);
	};
}

/** An agent hands over its input by another connection than a workflow. */
function inputOf(context: IExecuteFunctions): INodeExecutionData[] {
	const items = context.getInputData();
	return items.length > 0 ? items : context.getInputData(0, NodeConnectionTypes.AiTool);
}

/** Items that are carried together. */
interface Batch {
	plan: Plan;
	items: Item[];
}

/**
 * Carries items: reads and checks all of them, then sends, then gives each its outcome.
 *
 * @throws NodeOperationError for input that must not be sent, before anything is, and NodeApiError
 * for what Zoho refused; if the node is set to continue, each becomes an item instead
 */
async function run(
	operation: Operation,
	items: Item[],
	context: IExecuteFunctions | IExecutePaginationFunctions,
): Promise<INodeExecutionData[]> {
	if (items.length === 0) return [];
	const node = context.getNode();
	const stops = !context.continueOnFail();
	const options = items[0].value<{ concurrency?: number }>('options', {});
	const requestOptions = items[0].value<RequestOptions>('requestOptions', {});
	const { batchSize = 50, batchInterval = 0 } = requestOptions.batching?.batch ?? {};

	const results = new Map<Item, Outcome[] | Error>();
	const batches: Batch[] = [];
	for (const part of split(items, batchInterval > 0 ? batchSize : items.length)) {
		const batch: Batch = { plan: operation.plan(), items: [] };
		batches.push(batch);
		for (const item of part) {
			const mistake = add(batch, item, node);
			if (mistake && stops) throw mistake;
			if (mistake) results.set(item, mistake);
		}
	}

	const connection = connect(context, options, requestOptions);
	for (const [index, { plan, items: members }] of batches.entries()) {
		if (index > 0) await sleep(batchInterval);
		const outcomes = await plan.perform(connection);
		members.forEach((item, position) => results.set(item, outcomes[position]));
	}
	const deed = { ...operation, where: await whereOf(connection) };
	if (stops) throwIfAnyFailed(deed, node, items, results);
	return items.flatMap((item) => toItems(deed, item, results.get(item) ?? [], node));
}

function split(items: Item[], size: number): Item[][] {
	const parts: Item[][] = [];
	for (const [index, item] of items.entries()) {
		if (index % Math.max(1, size) === 0) parts.push([]);
		parts[parts.length - 1].push(item);
	}
	return parts;
}

/** Adds an item to a batch, or returns why it must not be sent. */
function add({ plan, items }: Batch, item: Item, node: INode): NodeOperationError | undefined {
	try {
		plan.add(item);
		items.push(item);
		return undefined;
	} catch (error) {
		return new NodeOperationError(node, error as Error, { itemIndex: item.index });
	}
}

/** One error for all that failed, which counts what was done beside. */
function throwIfAnyFailed(
	deed: Deed,
	node: INode,
	items: Item[],
	results: Map<Item, Outcome[] | Error>,
): void {
	const failed: Failed[] = [];
	const succeeded: IDataObject[] = [];
	let firstFailed: Item | undefined;
	for (const item of items) {
		for (const outcome of results.get(item) as Outcome[]) {
			if (isFailed(outcome)) {
				firstFailed ??= item;
				failed.push(outcome);
			} else if (outcome.subject) {
				succeeded.push(outcome.subject);
			}
		}
	}
	if (!firstFailed) return;
	const error = nodeError(node, deed, failed, succeeded);
	error.context.itemIndex = firstFailed.index;
	throw error;
}

function toItems(
	deed: Deed,
	{ index }: Item,
	result: Outcome[] | Error,
	node: INode,
): INodeExecutionData[] {
	const failed = (json: IDataObject) => {
		const item = { json, pairedItem: { item: index } };
		return node.onError === 'continueErrorOutput' ? forErrorOutput(item) : item;
	};
	if (result instanceof Error) {
		const { message, description } = result as NodeOperationError;
		return [failed({ error: message, message: description ?? '' })];
	}
	return result.map((outcome) =>
		isFailed(outcome)
			? failed(errorJson(outcome, deed))
			: { json: outcome.json, pairedItem: { item: index } },
	);
}

/**
 * Marks an item for the error output. n8n 2 goes by the keys of its JSON, n8n 1 by its property
 * `error` (WorkflowExecute.handleNodeErrorOutput). The item is copied then; a property that can be
 * copied would have n8n put the bare message in place of the JSON.
 */
function forErrorOutput(item: INodeExecutionData): INodeExecutionData {
	const value = { message: item.json.error };
	return Object.defineProperty(item, 'error', { value, enumerable: false });
}

function isFailed(outcome: Outcome): outcome is Failed {
	return 'refusal' in outcome;
}
