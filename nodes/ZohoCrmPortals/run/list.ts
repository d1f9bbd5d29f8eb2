import type { IDataObject } from 'n8n-workflow';

import { mapWithConcurrency } from '../http/concurrency';
import type { Connection } from '../http/connection';
import { dataOf } from '../http/error';
import { askItems } from './operation';
import type { Outcome, Strategy } from './operation';
import type { Item } from '../form/item';
import type { Run } from './run';

interface List<G> {
	/**
	 * Reads the request of an item, as plain JSON. Throws NodeOperationError for an item that must
	 * not be sent.
	 */
	group: (item: Item) => G;
	/**
	 * Reads the rows in the form in which they are returned.
	 *
	 * @param isTool whether a model reads them
	 */
	read: (connection: Connection, group: G, isTool: boolean) => Promise<IDataObject[]>;
}

/** Runs operations that list objects: one output item for each row. */
export function list<G>({ group, read }: List<G>): Strategy {
	const readRows = async (run: Run, asked: G): Promise<Outcome[]> => {
		if (run.obstacle) return [{ subject: {}, error: run.obstacle }];
		try {
			return (await read(run.connection, asked, run.isTool)).map((json) => ({ json }));
		} catch (error) {
			const data = dataOf(error);
			run.note(data);
			return [{ subject: {}, error: data }];
		}
	};
	return (items) =>
		askItems(
			items,
			group,
			async (run, asked) =>
				await mapWithConcurrency(
					asked,
					run.connection.concurrency,
					async (one) => await readRows(run, one),
				),
		);
}
