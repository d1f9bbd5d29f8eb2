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
 * n8n runs a declarative node in two ways, and both are needed. In a workflow, it prefers
 * `customOperations`, which it calls once for all items. If the node is called directly, for
 * example as an agent's tool, it runs the declared `routing` for each item. The reasons are in
 * docs/architecture.md.
 */

/** The operation as an option of the dropdown, with its routing. */
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

/**
 * The functions that n8n calls instead of the routing when it runs a workflow, by resource and
 * operation.
 */
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
 * The warnings of operations. Each is shown while its operation is chosen and has not run yet,
 * unless it is certainly a dry run.
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

/** An n8n expression: whether "Dry Run" is turned on in the form. */
const IS_DRY_RUN = '$rawParameter["options"]?.dryRun === true';

/**
 * The text below a node on the canvas: "Get Many: Portal User", "Deactivate (dry run): Portal
 * User". If an expression makes the choice, the text has the name of the operation.
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

/** Called once for all input items. */
function customOperation(operation: Operation) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const run = new RunItems(operation, this.getNode(), (index, parameter, fallback, options) =>
			this.getNodeParameter(parameter, index, fallback, options),
		);
		// The input of an agent arrives through a different connection than that of a workflow.
		const isTool = this.getInputData().length === 0;
		const input = isTool ? this.getInputData(0, NodeConnectionTypes.AiTool) : this.getInputData();
		const items = input.map((_, index) => new Item(run, index));
		return [await execute(operation, items, this, isTool)];
	};
}

/** Called for each item separately. */
function pagination(operation: Operation) {
	return async function (this: IExecutePaginationFunctions): Promise<INodeExecutionData[]> {
		const run = new RunItems(operation, this.getNode(), (_, parameter, fallback, options) =>
			this.getNodeParameter(parameter, fallback, options),
		);
		const item = new Item(run, this.getItemIndex());
		return await execute(operation, [item], this, true);
	};
}
