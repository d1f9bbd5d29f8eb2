import type { IDataObject } from 'n8n-workflow';

import { refusal } from './answer';
import type { Answer } from './answer';
import { failedBy, Refused } from './errors';
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
	/** Parameter that may be left empty; its place in the path stays open then. */
	optional?: string;
	/** Reads the rows. Default: the pages of the request. */
	read?: Read;
	/** Makes the output of a row. */
	result?: (row: IDataObject, item: Item) => IDataObject;
}

type Read = (
	connection: Connection,
	request: ZohoRequest,
	limit: number,
	perPage?: number,
) => Promise<IDataObject[]>;

interface Ask {
	item: Item;
	request: ZohoRequest;
	limit: number;
}

/** Handles operations that list: one item for every row. */
export function list(options: List = {}): Handling {
	const { perPage, query, optional, read = readPages, result } = options;
	const carryOne = async (ask: Ask, connection: Connection): Promise<Outcome[]> => {
		const { item, request, limit } = ask;
		try {
			const rows = await read(connection, request, limit, perPage);
			return rows.map((row) => ({ json: result?.(row, item) ?? row }));
		} catch (error) {
			return [failedBy(error, {})];
		}
	};
	return handling(
		(item): Ask => ({
			item,
			request: { ...item.request(openPart(item, optional)), query: query?.(item) },
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

function openPart(item: Item, parameter?: string): string | undefined {
	return parameter && item.optionalText(parameter) === undefined ? parameter : undefined;
}

/** No list of Zoho is as long; more pages than that are a loop. */
const MOST_PAGES = 5_000;

/**
 * Reads a list up to `limit` rows, and no page more than that takes. Where the first answer tells
 * how many rows there are, the other pages are read side by side.
 *
 * @throws Refused with ENDLESS_PAGES where pages repeat or never end
 */
export async function readPages(
	connection: Connection,
	request: ZohoRequest,
	limit: number,
	perPage?: number,
): Promise<IDataObject[]> {
	if (perPage === undefined) return (await send(connection, request)).rows.slice(0, limit);
	const size = Math.min(perPage, limit);
	const seen = new Set<string>();
	const readPage = async (page: number): Promise<Answer> => {
		const answer = await send(connection, {
			...request,
			query: { ...request.query, page, per_page: size },
		});
		const [first] = answer.rows;
		const repeated = first && seen.size === seen.add(JSON.stringify(first)).size;
		const hollow = !first && answer.info.more_records === true;
		if (repeated || hollow || page > MOST_PAGES) {
			throw new Refused(refusal(answer.httpStatus, 'ENDLESS_PAGES', { details: { page } }));
		}
		return answer;
	};

	const { rows, info } = await readPage(1);
	const { total_count: total } = info;
	if (typeof total === 'number' && rows.length > 0) {
		const pages = Math.ceil(Math.min(total, limit) / rows.length);
		const others = Array.from({ length: pages - 1 }, (_, index) => index + 2);
		const read = await mapLimited(others, connection.concurrency, readPage);
		return [...rows, ...read.flatMap((answer) => answer.rows)].slice(0, limit);
	}
	for (let page = 2, more = hasMore({ rows, info }, size); more; page++) {
		if (rows.length >= limit) break;
		const answer = await readPage(page);
		rows.push(...answer.rows);
		more = hasMore(answer, size);
	}
	return rows.slice(0, limit);
}

/** A page that says nothing about others is the last one if it is not full. */
function hasMore({ rows, info }: Pick<Answer, 'rows' | 'info'>, size: number): boolean {
	return typeof info.more_records === 'boolean' ? info.more_records : rows.length >= size;
}
