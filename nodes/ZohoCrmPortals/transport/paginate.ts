import type { IDataObject } from 'n8n-workflow';

import { mapWithConcurrency } from './concurrency';
import type { Connection } from './connection';
import { errorData, ZohoApiError } from './error';
import { send } from './request';
import type { ZohoRequest } from './request';
import type { ZohoResponse } from './response';

/** Rows that Zoho gives per page at most. */
const PER_PAGE = 200;

/** No list of Zoho is as long; more pages than that are a loop. */
const MOST_PAGES = 5_000;

/**
 * Reads a list up to `limit` rows, and no page more than that takes. Where the first answer tells
 * how many rows there are, the other pages are read side by side.
 *
 * @throws ZohoApiError with ENDLESS_PAGES where pages repeat or never end
 */
export async function readPages(
	connection: Connection,
	request: ZohoRequest,
	limit: number,
): Promise<IDataObject[]> {
	const size = Math.min(PER_PAGE, limit);
	const seen = new Set<string>();
	const readPage = async (page: number): Promise<ZohoResponse> => {
		const response = await send(connection, {
			...request,
			query: { ...request.query, page, per_page: size },
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

	const { rows, info } = await readPage(1);
	const { total_count: total } = info;
	if (typeof total === 'number' && rows.length > 0) {
		const pages = Math.ceil(Math.min(total, limit) / rows.length);
		const others = Array.from({ length: pages - 1 }, (_, index) => index + 2);
		const read = await mapWithConcurrency(others, connection.concurrency, readPage);
		return [...rows, ...read.flatMap((response) => response.rows)].slice(0, limit);
	}
	for (let page = 2, more = hasMore({ rows, info }, size); more; page++) {
		if (rows.length >= limit) break;
		const response = await readPage(page);
		rows.push(...response.rows);
		more = hasMore(response, size);
	}
	return rows.slice(0, limit);
}

/** A page that says nothing about others is the last one if it is not full. */
function hasMore({ rows, info }: Pick<ZohoResponse, 'rows' | 'info'>, size: number): boolean {
	return typeof info.more_records === 'boolean' ? info.more_records : rows.length >= size;
}
