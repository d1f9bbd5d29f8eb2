import { sleep } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INode,
	INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import { errorJson, nodeError } from '../errors/nodeError';
import type { Failure } from '../errors/nodeError';
import { accountOf } from '../transport/connection';
import { createConnection } from './connect';
import type { RequestOptions } from './connect';
import { isFailure } from './operation';
import type { Operation, Outcome } from './operation';
import type { ItemParameters } from './parameters';
import { retryMemory } from './retryMemory';

/**
 * Runs an operation for all items: reads and checks them, then sends, then gives each its outcome.
 *
 * @throws NodeOperationError for input that must not be sent, before anything is, and NodeApiError
 * for what Zoho refused; if the node is set to continue, each becomes an item instead
 */
export async function execute(
	operation: Operation,
	items: ItemParameters[],
	context: IExecuteFunctions | IExecutePaginationFunctions,
): Promise<INodeExecutionData[]> {
	if (items.length === 0) return [];
	const node = context.getNode();
	const stops = !context.continueOnFail();
	const options = items[0].value<{ concurrency?: number }>('options', {});
	const requestOptions = items[0].value<RequestOptions>('requestOptions', {});
	const { batchSize = 50, batchInterval = 0 } = requestOptions.batching?.batch ?? {};

	const { mistakes, send } = operation.strategy(items);
	const [mistake] = mistakes.values();
	if (mistake && stops) throw mistake;

	const connection = createConnection(context, options, requestOptions);
	const run = { connection, memory: retryMemory(node, context.getExecuteData()) };
	const results = new Map<ItemParameters, Outcome[]>();
	const parts = split(items, batchInterval > 0 ? batchSize : items.length);
	for (const [index, part] of parts.entries()) {
		if (index > 0) await sleep(batchInterval);
		const sound = part.filter((item) => !mistakes.has(item));
		const outcomes = await send(run, sound);
		sound.forEach((item, position) => results.set(item, outcomes[position]));
	}
	const labels = { ...operation, account: await accountOf(connection) };
	if (stops) throwIfAnyFailed(labels, node, results);
	return items.flatMap((item) =>
		toItems(labels, item, mistakes.get(item) ?? results.get(item) ?? [], node),
	);
}

function split<T>(list: T[], size: number): T[][] {
	const parts: T[][] = [];
	for (const [index, one] of list.entries()) {
		if (index % Math.max(1, size) === 0) parts.push([]);
		parts[parts.length - 1].push(one);
	}
	return parts;
}

/** One error for all that failed, which counts what was done beside. */
function throwIfAnyFailed(
	labels: OperationLabels,
	node: INode,
	results: Map<ItemParameters, Outcome[]>,
): void {
	const failures: Failure[] = [];
	const succeeded: IDataObject[] = [];
	let firstFailed: ItemParameters | undefined;
	for (const [item, outcomes] of results) {
		for (const outcome of outcomes) {
			if (isFailure(outcome)) {
				firstFailed ??= item;
				failures.push(outcome);
			} else if (outcome.subject) {
				succeeded.push(outcome.subject);
			}
		}
	}
	if (!firstFailed) return;
	const error = nodeError(node, labels, failures, succeeded);
	error.context.itemIndex = firstFailed.index;
	throw error;
}

function toItems(
	labels: OperationLabels,
	{ index }: ItemParameters,
	result: Outcome[] | NodeOperationError,
	node: INode,
): INodeExecutionData[] {
	const failed = (json: IDataObject) => {
		const item = { json, pairedItem: { item: index } };
		return node.onError === 'continueErrorOutput' ? forErrorOutput(item) : item;
	};
	if (!Array.isArray(result)) {
		const { message, description } = result;
		return [failed({ error: message, message: description ?? '' })];
	}
	return result.map((outcome) =>
		isFailure(outcome)
			? failed(errorJson(outcome, labels))
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
