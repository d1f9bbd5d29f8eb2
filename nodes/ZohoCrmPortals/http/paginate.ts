import type { IDataObject } from 'n8n-workflow';

import { mapWithConcurrency } from './concurrency';
import type { Connection } from './connection';
import { errorData, ZohoApiError } from './error';
import { send } from './request';
import type { ZohoRequest } from './request';
import type { ZohoResponse } from './response';

/** Rows that Zoho gives per page at most. */
export const PER_PAGE = 200;

/** Calls that a list of so many rows takes; an empty one takes one. */
export function pagesFor(rows: number): number {
	return Math.max(1, Math.ceil(rows / PER_PAGE));
}

/** Rows of a list with tokens that pages reach by number (docs v8, get records). */
const NUMBERED = 2_000;

/** No list of Zoho is as long; more pages than that are a loop. */
const MOST_PAGES = 5_000;

/** Rows of a list, and what Zoho says of those beyond them. */
export interface Rows {
	rows: IDataObject[];
	/** How many rows the list has in all; undefined where Zoho does not say. */
	total?: number;
	/** Whether there are more rows than these; undefined where Zoho does not say. */
	more?: boolean;
}

/** The rows that `readList` reads. */
export async function readPages(
	connection: Connection,
	request: ZohoRequest,
	limit: number,
): Promise<IDataObject[]> {
	return (await readList(connection, request, limit)).rows;
}

/**
 * Reads a list up to `limit` rows, and no page more than that takes. Where the first answer tells
 * how many rows there are, the other pages are read side by side.
 *
 * @throws ZohoApiError with ENDLESS_PAGES where pages repeat or never end, with INCOMPLETE_LIST where
 * entries are missing
 */
export async function readList(
	connection: Connection,
	request: ZohoRequest,
	limit: number,
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
		// Further on, pages have tokens, each in the answer before.
		const numbered =
			tokenIn(info) === undefined ? known : Math.min(known, Math.floor(NUMBERED / size));
		const others = Array.from({ length: Math.max(0, numbered - 1) }, (_, index) => index + 2);
		pages.push(
			...(await mapWithConcurrency(
				others,
				connection.concurrency,
				async (page) => await readPage(page),
			)),
		);
	}
	let amount = pages.reduce((sum, page) => sum + page.rows.length, 0);
	// Zoho's sources disagree on what tells of further pages: whatever promises one is followed.
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

/** A list that ended before its number of entries: they were taken away meanwhile, or are missing. */
async function confirmEnd(
	connection: Connection,
	request: ZohoRequest,
	read: number,
	limit: number,
): Promise<void> {
	const query = { ...request.query, page: 1, per_page: 1 };
	const { httpStatus, info } = await send(connection, { ...request, query });
	const total = totalIn(info) ?? 0;
	if (read >= Math.min(total, limit)) return;
	throw incomplete(httpStatus, read, total);
}

function incomplete(httpStatus: number, read: number, total: number | undefined): ZohoApiError {
	const details = { read, ...(total !== undefined && { total }) };
	return new ZohoApiError(errorData(httpStatus, 'INCOMPLETE_LIST', { details }));
}

/** The token of the next page; only lists of more than 2,000 rows need it. */
function tokenIn({ next_page_token: token }: IDataObject): string | undefined {
	return typeof token === 'string' && token !== '' ? token : undefined;
}

function totalIn({ total_count: total }: IDataObject): number | undefined {
	return typeof total === 'number' ? total : undefined;
}

/** A page that says nothing about others is the last one if it is not full. */
function hasMore({ rows, info }: ZohoResponse, size: number, total?: number): boolean {
	if (typeof info.more_records === 'boolean') return info.more_records;
	if (tokenIn(info) !== undefined) return true;
	return total === undefined && rows.length >= size;
}
