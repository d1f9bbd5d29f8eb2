import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodePropertyOptions,
	INodeType,
	NodeHint,
} from 'n8n-workflow';

import { execute } from './run/execute';
import type { Operation } from './run/operation';
import { Item } from './form/item';
import { RunItems } from './form/runItems';

/**
 * n8n enters a declarative node in two ways, and both have to stay. In a workflow it prefers
 * `customOperations`, called once for all items; called directly, as for an agent's tool, it runs
 * the declared `routing`, item by item. Why there are two: docs/architecture.md.
 */

/** The operation as an entry of the dropdown, with its routing. */
export function toOption(operation: Operation): INodePropertyOptions {
	const { name, value, action, description, method, path } = operation;
	return {
		name,
		value,
		action,
		description,
		routing: {
			request: { method, url: path },
			send: { paginate: true },
			operations: { pagination: pagination(operation) },
		},
	};
}

/** What n8n calls in place of the routing where it runs a workflow, by resource and operation. */
export function toCustomOperations(
	byResource: Record<string, Operation[]>,
): NonNullable<INodeType['customOperations']> {
	return Object.fromEntries(
		Object.entries(byResource).map(([resource, operations]) => [
			resource,
			Object.fromEntries(
				operations.map((operation) => [operation.value, customOperation(operation)]),
			),
		]),
	);
}

/** The hints of operations, each shown while its operation is chosen and was not run yet. */
export function toHints(byResource: Record<string, Operation[]>): NodeHint[] {
	return Object.entries(byResource).flatMap(([resource, operations]) =>
		operations
			.filter(({ hint }) => hint !== undefined)
			.map(({ value, hint = '' }) => ({
				message: hint,
				type: 'warning' as const,
				location: 'outputPane' as const,
				whenToDisplay: 'beforeExecution' as const,
				displayCondition: `={{ $parameter["resource"] === "${resource}" && $parameter["operation"] === "${value}" }}`,
			})),
	);
}

/** Once, for all input items. */
function customOperation(operation: Operation) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const run = new RunItems(operation, this.getNode(), (index, parameter, fallback, options) =>
			this.getNodeParameter(parameter, index, fallback, options),
		);
		// An agent hands over its input by another connection than a workflow.
		const isTool = this.getInputData().length === 0;
		const input = isTool ? this.getInputData(0, NodeConnectionTypes.AiTool) : this.getInputData();
		const items = input.map((_, index) => new Item(run, index));
		return [await execute(operation, items, this, isTool)];
	};
}

/** For each item on its own. */
function pagination(operation: Operation) {
	return async function (this: IExecutePaginationFunctions): Promise<INodeExecutionData[]> {
		const run = new RunItems(operation, this.getNode(), (_, parameter, fallback, options) =>
			this.getNodeParameter(parameter, fallback, options),
		);
		const item = new Item(run, this.getItemIndex());
		return await execute(operation, [item], this, true);
	};
}
