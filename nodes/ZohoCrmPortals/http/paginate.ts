import type { IDataObject } from 'n8n-workflow';

import { mapWithConcurrency } from './concurrency';
import type { Connection } from './connection';
import { errorData, ZohoApiError } from './error';
import { send } from './request';
import type { ZohoRequest } from './request';
import type { ZohoResponse } from './response';

/** The most rows that Zoho returns per page. */
export const PER_PAGE = 200;

/** The number of calls that a list with this many rows takes; an empty list takes one. */
export function pagesFor(rows: number): number {
	return Math.max(1, Math.ceil(rows / PER_PAGE));
}

/**
 * The number of rows that can be read by page number in lists that also have page tokens (docs v8,
 * get records).
 */
const NUMBERED = 2_000;

/** No list of Zoho has this many pages; more pages mean a loop. */
const MOST_PAGES = 5_000;

/** Rows of a list, and what Zoho reports about the remaining rows. */
export interface Rows {
	rows: IDataObject[];
	/** The total number of rows in the list; undefined if Zoho does not report it. */
	total?: number;
	/** Whether there are more rows; undefined if Zoho does not report it. */
	more?: boolean;
}

/** Reads the rows of a list; see `readList`. */
export async function readPages(
	connection: Connection,
	request: ZohoRequest,
	limit: number,
	isFiltered = false,
): Promise<IDataObject[]> {
	return (await readList(connection, request, limit, isFiltered)).rows;
}

/**
 * Reads up to `limit` rows of a list, with no more pages than needed. If the first answer contains
 * the number of rows, the other pages are read in parallel.
 *
 * @param isFiltered whether Zoho filters the list. No source says whether it then counts the filtered
 *   rows or all of them, so an empty page ends the reading.
 * @throws ZohoApiError with ENDLESS_PAGES if pages repeat or never end, with INCOMPLETE_LIST if
 *   rows are missing
 */
export async function readList(
	connection: Connection,
	request: ZohoRequest,
	limit: number,
	isFiltered = false,
): Promise<Rows> {
	const size = Math.min(PER_PAGE, limit);
	const seen = new Set<string>();
	const readPage = async (page: number, token?: string): Promise<ZohoResponse> => {
		const place = token === undefined ? { page } : { page_token: token };
		const response = await send(connection, {
			...request,
			query: { ...request.query, ...place, per_page: size },
		});
		const [first] = response.rows;
		const repeated = first && seen.size === seen.add(JSON.stringify(first)).size;
		const hollow = !first && response.info.more_records === true;
		if (repeated || hollow || page > MOST_PAGES) {
			throw new ZohoApiError(
				errorData(response.httpStatus, 'ENDLESS_PAGES', { details: { page } }),
			);
		}
		return response;
	};

	const pages = [await readPage(1)];
	const [{ rows, info }] = pages;
	const total = totalIn(info);
	if (total !== undefined && rows.length > 0) {
		const known = Math.ceil(Math.min(total, limit) / rows.length);
		// Beyond that, each page needs the token from the previous answer.
		const numbered =
			tokenIn(info) === undefined ? known : Math.min(known, Math.floor(NUMBERED / size));
		const others = Array.from({ length: Math.max(0, numbered - 1) }, (_, index) => index + 2);
		let hasEnded = false;
		const read = await mapWithConcurrency(others, connection.concurrency, async (page) => {
			if (hasEnded) return undefined;
			const response = await readPage(page);
			if (isFiltered && response.rows.length === 0) hasEnded = true;
			return response;
		});
		pages.push(...read.flatMap((page) => page ?? []));
	}
	let amount = pages.reduce((sum, page) => sum + page.rows.length, 0);
	// Zoho's sources disagree on which key announces further pages, so any of them counts.
	for (let last = pages[pages.length - 1]; amount < limit && hasMore(last, size, total); ) {
		const promised = last.info.more_records === true;
		last = await readPage(pages.length + 1, tokenIn(last.info));
		if (promised && last.rows.length === 0) throw incomplete(last.httpStatus, amount, total);
		pages.push(last);
		amount += last.rows.length;
	}
	if (amount < Math.min(total ?? 0, limit)) await confirmEnd(connection, request, amount, limit);
	const all = pages.flatMap((page) => page.rows);
	const promised = pages[pages.length - 1].info.more_records;
	const told = typeof promised === 'boolean' ? promised : undefined;
	const more = all.length > limit ? true : total === undefined ? told : total > all.length;
	return { rows: all.slice(0, limit), total, more };
}

/**
 * Checks a list that has fewer rows than announced: rows were removed in the meantime, or are
 * missing.
 */
async function confirmEnd(
	connection: Connection,
	request: ZohoRequest,
	read: number,
	limit: number,
): Promise<void> {
	const query = { ...request.query, page: 1, per_page: 1 };
	const { httpStatus, rows, info } = await send(connection, { ...request, query });
	const total = totalIn(info) ?? 0;
	// An empty answer contradicts the rows that were just read.
	if (rows.length > 0 && read >= Math.min(total, limit)) return;
	throw incomplete(httpStatus, read, total);
}

function incomplete(httpStatus: number, read: number, total: number | undefined): ZohoApiError {
	const details = { read, ...(total !== undefined && { total }) };
	return new ZohoApiError(errorData(httpStatus, 'INCOMPLETE_LIST', { details }));
}

/** The token of the next page, which only lists of more than 2,000 rows need. */
function tokenIn({ next_page_token: token }: IDataObject): string | undefined {
	return typeof token === 'string' && token !== '' ? token : undefined;
}

function totalIn({ total_count: total }: IDataObject): number | undefined {
	return typeof total === 'number' ? total : undefined;
}

/** A page that does not announce another one is the last one, unless it is full. */
function hasMore({ rows, info }: ZohoResponse, size: number, total?: number): boolean {
	if (typeof info.more_records === 'boolean') return info.more_records;
	if (tokenIn(info) !== undefined) return true;
	return total === undefined && rows.length >= size;
}
