import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Connection } from '../../transport/connection';
import { readPages } from '../../transport/paginate';
import { send } from '../../transport/request';
import type { ZohoRequest } from '../../transport/request';
import { USERS } from '../../transport/scopes';
import { readOffer, matching } from '../picker';

const PER_PAGE = 200;

const ACTIVE_USERS: ZohoRequest = {
	method: 'GET',
	path: '/users',
	query: { type: 'ActiveUsers' },
	scope: USERS.read,
};

/** Lists CRM users, a page at a time; with a text typed in, all pages are searched. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await readOffer(this, 'CRM users', async (connection) => {
		if (!filter) return await readPage(connection, Number(paginationToken ?? 1));
		const users = await readPages(connection, ACTIVE_USERS, Infinity);
		return { results: matching(users, toEntry, filter) };
	});
}

async function readPage(connection: Connection, page: number): Promise<INodeListSearchResult> {
	const query = { ...ACTIVE_USERS.query, page, per_page: PER_PAGE };
	const { rows, info } = await send(connection, { ...ACTIVE_USERS, query });
	const results = matching(rows, toEntry);
	// An empty page is the last one, even if it promises another.
	const more = info.more_records === true && rows.length > 0;
	return more ? { results, paginationToken: String(page + 1) } : { results };
}

function toEntry({ full_name: name, email, id }: IDataObject) {
	return { name: `${String(name)} (${String(email)})`, value: String(id) };
}
