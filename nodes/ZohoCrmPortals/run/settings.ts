import type { AnyField, Field } from '../form/field';
import type { Item } from '../form/item';
import { declarativeRequestOptions } from '../form/requestOptions';
import type { TravelOptions } from '../http/httpSettings';

/** The form of an operation. */
export interface Form {
	/** In the order in which the editor shows them. */
	fields: AnyField[];
	/** The field with the options, if there is one. */
	options?: Field<{
		concurrency?: number;
		dryRun?: boolean;
		maxUsers?: number;
		skipBlank?: boolean;
	}>;
}

/** The settings of a run, which are the same for all its items. */
export interface Settings {
	/** Calls in flight at once; undefined if the user did not set it. */
	concurrency?: number;
	dryRun: boolean;
	/** The most different people that the run may change; undefined for any number. */
	maxUsers?: number;
	/** Whether rows that name nobody are skipped. */
	skipBlank: boolean;
	travel: TravelOptions;
	/** How many items are sent together; -1 for all of them. */
	batchSize: number;
	/** How long to wait before the next ones, in ms. */
	batchInterval: number;
}

/**
 * Reads the settings of a run.
 *
 * @throws NodeOperationError if an item has an invalid value, or a different one than the first
 *   item
 */
export function readSettings({ fields, options }: Form, items: Item[]): Settings {
	for (const field of [...fields, declarativeRequestOptions]) agree(field, items);
	const [first] = items;
	const said = options ? first.read(options) : {};
	const { concurrency, dryRun = false, maxUsers, skipBlank = false } = said;
	const { batching, ...travel } = first.read(declarativeRequestOptions);
	const { batchSize = 50, batchInterval = 0 } = batching?.batch ?? {};
	return { concurrency, dryRun, maxUsers, skipBlank, travel, batchSize, batchInterval };
}

/** @throws NodeOperationError for the first item that has a different value than the first one */
function agree(field: AnyField, items: Item[]): void {
	const { runWide } = field;
	if (!runWide) return;
	const said = (item: Item) => Object.entries(runWide(item.read(field)));
	const [first, ...others] = items;
	const wanted = new Map(said(first));
	if (!first.isOwn(field)) return;
	for (const item of others) {
		for (const [label, value] of said(item)) {
			if (JSON.stringify(value) === JSON.stringify(wanted.get(label))) continue;
			throw item.invalid(
				label,
				'is not the same for all items',
				'It applies to the whole run. Set it to one value, or run the node once for each value.',
			);
		}
	}
}
