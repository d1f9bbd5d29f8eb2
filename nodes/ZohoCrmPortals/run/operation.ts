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

/** One completed change or one row that was read, as an output item. */
interface Done {
	/** Identifies the changed object: `{ personality_id: '…' }`. */
	subject?: IDataObject;
	json: IDataObject;
}

/** The outcome of one request of an item. */
export type Outcome = Done | Failure;

export function isFailure(outcome: Outcome): outcome is Failure {
	return 'error' in outcome;
}

/** The requests of the items of a run, read and checked. Nothing has been sent yet. */
export interface Asked {
	/** Items that must not be sent, with the reasons. */
	mistakes: Map<Item, NodeOperationError>;
	/** Outcomes that have failed before anything is written, such as a name that does not exist. */
	refused: Map<Item, Outcome[]>;
	/**
	 * Looks up the people whom all items name; adds to `refused`.
	 *
	 * @returns the people who stay unchanged if the run ends here
	 */
	lookUp?: (run: Run) => Promise<IDataObject[]>;
	/** Makes the calls for some of the items; returns their outcomes, in the same order. */
	send: (run: Run, items: Item[]) => Promise<Outcome[][]>;
}

/** Converts items to calls and answers to outcomes: `batch`, `perItem` or `list`. */
export type Strategy = (items: Item[]) => Asked;

/** A warning before an operation is run. A dry run needs no warning. */
interface Warning {
	message: string;
	/**
	 * An n8n expression, without braces, that says whether the warning applies to the chosen
	 * parameters. It reads `$rawParameter`, in which expressions are plain text, because there are
	 * no items for evaluating them.
	 */
	when?: string;
}

/** The declaration of one operation: its place in the editor, its call, and its requirements. */
export interface Operation extends OperationLabels, DeclaredCall, Form {
	name: string;
	value: string;
	action: string;
	description: string;
	/** Warnings before it is run: that it emails people, or removes access. */
	warnings?: Warning[];
	/**
	 * The field whose chosen option is shown on the canvas: "Deactivate" instead of "Change
	 * Status".
	 */
	calledBy?: AnyField;
	/** Zoho's limit for one call, for the documentation. */
	limit: string;
	strategy: Strategy;
}

/** The data that was read from the items of a run. */
interface ReadItems<Read> {
	mistakes: Map<Item, NodeOperationError>;
	/** Items that contain a name that was not found. */
	refused: Map<Item, Outcome[]>;
	asked: Map<Item, Read>;
}

/**
 * Reads every item; items that must not be sent are returned separately.
 *
 * @param read throws NodeOperationError for an item that must not be sent
 * @param subjects the subjects of an item, which are all refused with it
 */
export function readItems<Read>(
	items: Item[],
	read: (item: Item) => Read,
	subjects: (item: Item) => IDataObject[] = () => [{}],
): ReadItems<Read> {
	const asked = new Map<Item, Read>();
	const refused = new Map<Item, Outcome[]>();
	const mistakes = new Map<Item, NodeOperationError>();
	const refuse = (item: Item, error: ZohoErrorData) => {
		try {
			const all = subjects(item);
			refused.set(
				item,
				all.map((subject) => ({ subject: withEmail(subject, error), error })),
			);
		} catch (mistake) {
			mistakes.set(item, item.mistake(mistake));
		}
	};
	for (const item of items) {
		try {
			asked.set(item, read(item));
		} catch (error) {
			if (error instanceof ZohoApiError) refuse(item, error.data);
			else mistakes.set(item, item.mistake(error));
		}
	}
	return { mistakes, refused, asked };
}

/** Adds the email of a CRM user who was not found to a subject, or makes it the subject. */
function withEmail(subject: IDataObject, { details }: ZohoErrorData): IDataObject {
	const { crm_user: email } = details;
	return email === undefined ? subject : { ...subject, email: subject.email ?? email };
}

/**
 * The requests of items that are sent separately.
 *
 * @param read throws NodeOperationError for an item that must not be sent
 * @param send makes the calls for the data of some items
 * @param subjects see `readItems`
 */
export function askItems<Read>(
	items: Item[],
	read: (item: Item) => Read,
	send: (run: Run, asked: Read[]) => Promise<Outcome[][]>,
	subjects?: (item: Item) => IDataObject[],
): Asked {
	const { mistakes, refused, asked } = readItems(items, read, subjects);
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
