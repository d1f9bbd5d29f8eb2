import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { PER_PAGE } from '../../http/paginate';
import { send } from '../../http/request';
import { ALL_USERS, isCrmUser, isGone, readCrmUsers } from '../../zoho/crmUsers';
import { matching, personName, readOffer } from '../picker';

/** Whether a picker lists a user. */
type Offers = (user: IDataObject) => boolean;

/**
 * Lists CRM users, one page at a time. If text was typed, it searches all pages. Users who cannot
 * log in are marked.
 */
export async function searchCrmUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, (user) => !isGone(user), filter, paginationToken);
}

/** Lists active CRM users, because only they can take over data. */
export async function searchActiveCrmUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, isActive, filter, paginationToken);
}

async function search(
	context: ILoadOptionsFunctions,
	offers: Offers,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await readOffer(context, 'CRM users', async (connection) => {
		if (!filter) return await readPage(connection, offers, Number(paginationToken ?? 1));
		const users = await readCrmUsers(connection);
		return { results: matching(users.filter(offers), toEntry, filter) };
	});
}

/**
 * The users of a page, or of a later one if it has none to offer: n8n would ask for no other.
 *
 * @param before the ID of the first user of the page before, which a page must not repeat
 */
async function readPage(
	connection: Connection,
	offers: Offers,
	page: number,
	before?: string,
): Promise<INodeListSearchResult> {
	const query = { ...ALL_USERS.query, page, per_page: PER_PAGE };
	const { rows, info } = await send(connection, { ...ALL_USERS, query });
	const results = matching(rows.filter(isCrmUser).filter(offers), toEntry);
	// An empty page is the last one, even if it announces another page.
	const first = String(rows[0]?.id);
	const more = info.more_records === true && rows.length > 0 && first !== before;
	if (!more) return { results };
	if (results.length === 0) return await readPage(connection, offers, page + 1, first);
	return { results, paginationToken: String(page + 1) };
}

function toEntry(user: IDataObject) {
	const { full_name: name, email, id, status } = user;
	const mark = isActive(user) || typeof status !== 'string' ? '' : ` – ${status}`;
	return { name: `${personName(name, email, id)}${mark}`, value: String(id) };
}

function isActive({ status }: IDataObject): boolean {
	return status === 'active';
}
