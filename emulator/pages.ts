import { refuse, without } from './answers';
import type { Json } from './answers';
import type { ApiRequest } from './handler';

/** The operation for which the refusals of pages are documented. */
const PAGED = 'getRecords';

/** The number of records that can be reached with page tokens. */
const MOST_BY_TOKEN = 100_000;

/** The paging method of a list. */
interface Paging {
	/** Whether pages beyond `numberedRows` are refused. */
	limited: boolean;
	/** Whether answers contain a token for the next page. */
	tokens: boolean;
}

export const RECORD_PAGES: Paging = { limited: true, tokens: true };

/** The paging of lists of portal users and CRM users. */
export function userPaging({ switches }: ApiRequest): Paging {
	return { limited: switches.userPages !== 'numbers', tokens: switches.userPages === 'tokens' };
}

/** A page of a list. */
interface Page<T> {
	/** Empty if the answer is a 204. */
	rows: T[];
	/** `per_page`, `count`, `page` and `more_records`. */
	info: { per_page: number; count: number; page: number; more_records: boolean };
	/** The keys of `info` about tokens; empty if there are none. */
	tokens: Json;
}

/** The page of a list for a request, by number or by token. */
export function pageOf<T>(all: T[], request: ApiRequest, { limited, tokens }: Paging): Page<T> {
	const { switches, query } = request;
	const per_page = Math.min(Number(query.per_page ?? switches.pageSize), switches.pageSize);
	const start = startOf(request, per_page, tokens);
	const byNumber = query.page_token === undefined || !tokens;
	if (limited && byNumber && start + per_page > switches.numberedRows) {
		throw refuse(PAGED, 'DISCRETE_PAGINATION_LIMIT_EXCEEDED', '', {
			limit: switches.numberedRows,
		});
	}
	if (start >= MOST_BY_TOKEN && !byNumber) throw refuse(PAGED, 'PAGINATION_LIMIT_EXCEEDED');
	const page = Math.floor(start / per_page) + 1;
	const end = start + per_page;
	const rows = page > switches.pagesUntilEmpty ? [] : all.slice(start, end);
	const more_records = end < all.length;
	return {
		rows,
		info: { per_page, count: rows.length, page, more_records },
		tokens: tokens ? tokensFor(request, more_records ? end : undefined) : {},
	};
}

/** The meaning of a page token. */
interface Token {
	start: number;
	/** When it was issued, in ms since 1970. */
	given: number;
	/** The other parameters, which must stay the same. */
	bound: string;
}

function startOf(request: ApiRequest, perPage: number, tokens: boolean): number {
	const { query, switches } = request;
	if (query.page_token === undefined || !tokens) return (Number(query.page ?? 1) - 1) * perPage;
	if (query.page !== undefined) throw refuse(PAGED, 'AMBIGUITY_DURING_PROCESSING');
	const token = readToken(query.page_token);
	if (!token || Date.now() - token.given > switches.pageTokenSeconds * 1000) {
		throw refuse(PAGED, 'EXPIRED_VALUE');
	}
	if (token.bound !== boundBy(request)) throw refuse(PAGED, 'TOKEN_BOUND_DATA_MISMATCH');
	return token.start;
}

function tokensFor(request: ApiRequest, start: number | undefined): Json {
	const given = Date.now();
	const expiry = new Date(given + request.switches.pageTokenSeconds * 1000);
	const token = start !== undefined && { start, given, bound: boundBy(request) };
	return {
		next_page_token: token ? Buffer.from(JSON.stringify(token)).toString('base64url') : null,
		previous_page_token: null,
		page_token_expiry: token ? `${expiry.toISOString().slice(0, 19)}+00:00` : null,
	};
}

function readToken(text: string): Token | undefined {
	try {
		return JSON.parse(Buffer.from(text, 'base64url').toString()) as Token;
	} catch {
		return undefined;
	}
}

function boundBy({ params, query }: ApiRequest): string {
	return JSON.stringify([params, Object.entries(without(query, 'page', 'page_token')).sort()]);
}
