import type { IDataObject, NodeOperationError } from 'n8n-workflow';

import type { OperationLabels } from '../errors/messages';
import type { Failure } from '../errors/nodeError';
import { ZohoApiError } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import type { AnyField } from '../form/field';
import type { Item } from '../form/item';
import type { Run } from './run';
import type { Form } from './settings';
import type { DeclaredCall } from '../form/runItems';

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
	mistakes: Map<Item, NodeOperationError>;
	/** Outcomes that are failures before anything is written, as for a name that nothing has. */
	refused: Map<Item, Outcome[]>;
	/**
	 * Looks up whom the items name, for all of them; adds to `refused`.
	 *
	 * @returns who is left untouched if the run ends here
	 */
	lookUp?: (run: Run) => Promise<IDataObject[]>;
	/** Makes the calls for some of the items; returns the outcomes of each, in its order. */
	send: (run: Run, items: Item[]) => Promise<Outcome[][]>;
}

/** How items become calls, and answers outcomes: `batch`, `perItem` or `list`. */
export type Strategy = (items: Item[]) => Asked;

/** What a person should know before running an operation. A dry run needs no warning. */
interface Warning {
	message: string;
	/**
	 * An n8n expression, without its braces, that says whether it applies to what is chosen. It reads
	 * `$rawParameter`, where an expression is its text: there are no items to evaluate it with.
	 */
	when?: string;
}

/** One operation of the node, declared: where it is in the editor, what it calls, what it needs. */
export interface Operation extends OperationLabels, DeclaredCall, Form {
	name: string;
	value: string;
	action: string;
	description: string;
	/** What a person should know before running it: that it mails people, or takes access away. */
	warnings?: Warning[];
	/** The choice whose option names it on the canvas: "Deactivate" in place of "Change Status". */
	calledBy?: AnyField;
	/** What Zoho allows in one call, for the documentation. */
	limit: string;
	strategy: Strategy;
}

/** What was read of the items of a run. */
interface ReadItems<Read> {
	mistakes: Map<Item, NodeOperationError>;
	/** Items that name something which a look-up has not found. */
	refused: Map<Item, Outcome[]>;
	asked: Map<Item, Read>;
}

/**
 * Reads every item; those that must not be sent are kept apart.
 *
 * @param read throws NodeOperationError for an item that must not be sent
 * @param subjects what an item is about, each of which is refused with it
 */
export function readItems<Read>(
	items: Item[],
	read: (item: Item) => Read,
	subjects: (item: Item) => IDataObject[] = () => [{}],
): ReadItems<Read> {
	const asked = new Map<Item, Read>();
	const refused = new Map<Item, Outcome[]>();
	const mistakes = new Map<Item, NodeOperationError>();
	for (const item of items) {
		try {
			asked.set(item, read(item));
		} catch (error) {
			if (error instanceof ZohoApiError) {
				const { data } = error;
				refused.set(
					item,
					subjects(item).map((subject) => ({ subject: withEmail(subject, data), error: data })),
				);
			} else {
				mistakes.set(item, item.mistake(error));
			}
		}
	}
	return { mistakes, refused, asked };
}

/** An outcome names the CRM user who was not found, beside or in place of what it is about. */
function withEmail(subject: IDataObject, { details }: ZohoErrorData): IDataObject {
	const { crm_user: email } = details;
	return email === undefined ? subject : { ...subject, email: subject.email ?? email };
}

/**
 * What items ask where each is sent on its own.
 *
 * @param read throws NodeOperationError for an item that must not be sent
 * @param send makes the calls for what was read of some items
 * @param subject what an item is about, if it names something else that was not found
 */
export function askItems<Read>(
	items: Item[],
	read: (item: Item) => Read,
	send: (run: Run, asked: Read[]) => Promise<Outcome[][]>,
	subject: (item: Item) => IDataObject = () => ({}),
): Asked {
	const { mistakes, refused, asked } = readItems(items, read, (item) => [subject(item)]);
	return {
		mistakes,
		refused,
		send: async (run, some) => {
			const sent = some.flatMap((item) => {
				const one = asked.get(item);
				return one === undefined ? [] : [{ item, one }];
			});
			const outcomes = await send(
				run,
				sent.map(({ one }) => one),
			);
			const ofItem = new Map(sent.map(({ item }, position) => [item, outcomes[position]]));
			return some.map((item) => ofItem.get(item) ?? refused.get(item) ?? []);
		},
	};
}
