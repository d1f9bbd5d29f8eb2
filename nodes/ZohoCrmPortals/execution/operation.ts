import type { IDataObject, NodeOperationError } from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import type { Failure } from '../errors/nodeError';
import type { DeclaredCall, ItemParameters } from './parameters';
import type { Run } from './run';

/** One thing that was done, or one row that was read, as the item that it becomes. */
interface Done {
	/** Names what was done something to: `{ personality_id: '…' }`. */
	subject?: IDataObject;
	json: IDataObject;
}

/** What became of one thing that an item asked for. */
export type Outcome = Done | Failure;

export function isFailure(outcome: Outcome): outcome is Failure {
	return 'error' in outcome;
}

/** What the items of a run ask of Zoho, read and checked. Nothing is sent yet. */
export interface Asked {
	/** Items that must not be sent, and why. */
	mistakes: Map<ItemParameters, NodeOperationError>;
	/**
	 * Looks up what has to be known before anything is written, once for all items. Returns the items
	 * that must not be sent, and why.
	 */
	lookUp?: (run: Run) => Promise<Map<ItemParameters, Failure[]>>;
	/** Makes the calls for some of the items; returns the outcomes of each, in its order. */
	send: (run: Run, items: ItemParameters[]) => Promise<Outcome[][]>;
}

/** How items become calls, and answers outcomes: `batch`, `perItem` or `list`. */
export type Strategy = (items: ItemParameters[]) => Asked;

/** One operation of the node, declared: where it is in the editor, what it calls, what it needs. */
export interface Operation extends OperationLabels, DeclaredCall {
	name: string;
	value: string;
	action: string;
	description: string;
	/** What a person should know before running it: that it mails people, or takes access away. */
	hint?: string;
	/** What Zoho allows in one call, for the documentation. */
	limit: string;
	strategy: Strategy;
}

/**
 * Reads every item; the mistakes are kept apart.
 *
 * @param read throws NodeOperationError for an item that must not be sent
 * @param send makes the calls for what was read of some items
 */
export function readItems<Read>(
	items: ItemParameters[],
	read: (item: ItemParameters) => Read,
	send: (run: Run, asked: Read[]) => Promise<Outcome[][]>,
): Asked {
	const asked = new Map<ItemParameters, Read>();
	const mistakes = new Map<ItemParameters, NodeOperationError>();
	for (const item of items) {
		try {
			asked.set(item, read(item));
		} catch (error) {
			mistakes.set(item, item.mistake(error));
		}
	}
	return {
		mistakes,
		send: async (run, some) =>
			await send(
				run,
				some.flatMap((item) => {
					const one = asked.get(item);
					return one === undefined ? [] : [one];
				}),
			),
	};
}
