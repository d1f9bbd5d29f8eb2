import type { IDataObject } from 'n8n-workflow';

import { failedBy } from './errors';
import type { Item } from './item';
import { mapLimited } from './limit';
import { handling } from './operation';
import type { Handling, Outcome } from './operation';
import { send } from './send';
import type { Connection, ZohoRequest } from './send';

interface List {
	/** Rows that Zoho gives per page at most; unset where it gives all at once. */
	perPage?: number;
	/** Adds the filters to the declared request. */
	query?: (item: Item) => IDataObject;
}

interface Ask {
	request: ZohoRequest;
	limit: number;
}

/** Handles operations that list: one item for every row. */
export function list({ perPage, query }: List = {}): Handling {
	const carryOne = async (ask: Ask, connection: Connection): Promise<Outcome[]> => {
		try {
			const rows = await readPages(connection, ask.request, ask.limit, perPage);
			return rows.map((json) => ({ json }));
		} catch (error) {
			return [failedBy(error, {})];
		}
	};
	return handling(
		(item): Ask => ({
			request: { ...item.request(), query: query?.(item) },
			limit: item.value('returnAll', perPage === undefined) ? Infinity : item.value('limit', 50),
		}),
		async (asks, connection) =>
			await mapLimited(
				asks,
				connection.concurrency,
				async (ask) => await carryOne(ask, connection),
			),
	);
}

/** Reads pages until there are `limit` rows or no more. */
export async function readPages(
	connection: Connection,
	request: ZohoRequest,
	limit: number,
	perPage?: number,
): Promise<IDataObject[]> {
	if (perPage === undefined) {
		const { rows } = await send(connection, request);
		return rows.slice(0, limit);
	}
	const rows: IDataObject[] = [];
	for (let page = 1; rows.length < limit; page++) {
		const answer = await send(connection, {
			...request,
			query: { ...request.query, page, per_page: Math.min(perPage, limit) },
		});
		rows.push(...answer.rows);
		const { total_count: total, more_records: more } = answer.info;
		const ended =
			typeof total === 'number'
				? rows.length >= total
				: more === undefined
					? answer.rows.length < perPage
					: !more;
		if (ended || answer.rows.length === 0) break;
	}
	return rows.slice(0, limit);
}
