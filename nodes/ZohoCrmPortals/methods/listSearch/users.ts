import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { send } from '../../transport/request';
import { USERS } from '../../transport/scopes';
import type { Connection } from '../../transport/connection';
import { readOffer, matching } from '../picker';

const PER_PAGE = 200;

/** Lists CRM users, a page at a time; with a text typed in, all pages are searched. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await readOffer(this, 'CRM users', async (connection) => {
		const found: IDataObject[] = [];
		for (let page = Number(paginationToken ?? 1); ; page++) {
			const { rows, info } = await readPage(connection, page);
			found.push(...rows);
			const more = info.more_records === true;
			if (!more || !filter) {
				const next = more ? { paginationToken: String(page + 1) } : {};
				return { results: matching(found, toEntry, filter), ...next };
			}
		}
	});
}

async function readPage(connection: Connection, page: number) {
	const query = { type: 'ActiveUsers', page, per_page: PER_PAGE };
	return await send(connection, { method: 'GET', path: '/users', query, scope: USERS.read });
}

function toEntry({ full_name: name, email, id }: IDataObject) {
	return { name: `${String(name)} (${String(email)})`, value: String(id) };
}
