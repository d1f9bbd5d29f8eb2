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

/**
 * The warnings of operations, each shown while its operation is chosen and was not run yet, and while
 * it is not a dry run for certain.
 */
export function toHints(byResource: Record<string, Operation[]>): NodeHint[] {
	return Object.entries(byResource).flatMap(([resource, operations]) =>
		operations.flatMap(({ value, warnings = [] }) =>
			warnings.map(({ message, when = 'true' }): NodeHint => {
				const isChosen = `$parameter["resource"] === "${resource}" && $parameter["operation"] === "${value}"`;
				return {
					message,
					type: 'warning',
					location: 'outputPane',
					whenToDisplay: 'beforeExecution',
					displayCondition: `={{ ${isChosen} && !(${IS_DRY_RUN}) && Boolean(${when}) }}`,
				};
			}),
		),
	);
}

/** An n8n expression: whether "Dry Run" is switched on by hand. */
const IS_DRY_RUN = '$rawParameter["options"]?.dryRun === true';

/**
 * What stands below a node on the canvas: "Get Many: Portal User", "Deactivate (dry run): Portal
 * User". Where an expression decides, the operation goes by its own name.
 */
export function toSubtitle(
	resources: Array<{ name: string; value: string; operations: Operation[] }>,
): string {
	const names: Record<string, string> = {};
	const choices = new Set<string>();
	for (const { name: thing, value: resource, operations } of resources) {
		for (const { name, value, calledBy } of operations) {
			names[`${resource}.${value}`] = `${name}: ${thing}`;
			if (!calledBy) continue;
			choices.add(calledBy.property.name);
			for (const option of calledBy.property.options ?? []) {
				if (!('value' in option)) continue;
				names[`${resource}.${value}.${String(option.value)}`] = `${option.name}: ${thing}`;
			}
		}
	}
	const chosen = [...choices].map((name) => `"." + $rawParameter["${name}"]`);
	const keys = `[${[...chosen, '""'].join(', ')}].map((end) => $parameter["resource"] + "." + $parameter["operation"] + end)`;
	const words = `${keys}.map((key) => (${JSON.stringify(names)})[key]).find((words) => words)`;
	return `={{ ${words}?.replace(":", ${IS_DRY_RUN} ? " (dry run):" : ":") }}`;
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
