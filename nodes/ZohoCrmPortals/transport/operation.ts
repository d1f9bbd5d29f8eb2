import type {
	IDataObject,
	IHttpRequestMethods,
	INodePropertyOptions,
	INodeType,
	NodeHint,
} from 'n8n-workflow';

import type { Deed, Failed } from './errors';
import type { Item } from './item';
import { customOperation, pagination } from './run';
import type { Connection } from './send';

/** One thing that was done, or one row that was read, as the item that it becomes. */
export interface Done {
	/** Names what was done something to: `{ personality_id: '…' }`. */
	subject?: IDataObject;
	json: IDataObject;
}

export type Outcome = Done | Failed;

/** What some items of a run ask of Zoho. */
export interface Plan {
	/** Adds an item. Throws NodeOperationError for what must not be sent. */
	add: (item: Item) => void;
	/** Makes the calls; returns the outcomes of every added item, in order. */
	perform: (connection: Connection) => Promise<Outcome[][]>;
}

/** How the items of a run become calls, and the answers outcomes. */
export interface Handling {
	plan: () => Plan;
}

/** Puts a handling together: reading one item, then making the calls for all that were read. */
export function handling<Ask>(
	prepare: (item: Item) => Ask,
	perform: (asks: Ask[], connection: Connection) => Promise<Outcome[][]>,
): Handling {
	return {
		plan: () => {
			const asks: Ask[] = [];
			return {
				add: (item) => void asks.push(prepare(item)),
				perform: async (connection) => await perform(asks, connection),
			};
		},
	};
}

/** One operation of the node, declared: where it is in the editor, what it calls, what it needs. */
export interface Operation extends Deed, Handling {
	name: string;
	value: string;
	action: string;
	description: string;
	method: IHttpRequestMethods;
	/** Path after the API version; `{portal}` stands for the parameter `portal`, encoded. */
	path: string;
	/** What a person should know before running it: that it mails people, or takes access away. */
	hint?: string;
	/** What Zoho allows in one call, for the documentation. */
	limit: string;
}

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

/**
 * What n8n calls in place of the routing where it runs a workflow, by resource and operation. The
 * routing would be run for every item on its own, all at once.
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
