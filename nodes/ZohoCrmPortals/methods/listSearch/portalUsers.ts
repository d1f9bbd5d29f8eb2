import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { mapWithConcurrency } from '../../http/concurrency';
import type { Connection } from '../../http/connection';
import { userTypesOf } from '../../zoho/directory';
import { listOfUsers, toPortalUser, usersOfType } from '../../zoho/people';
import type { UserType } from '../../zoho/directory';
import type { PortalUser } from '../../zoho/people';
import { PER_PAGE } from '../../http/paginate';
import { send } from '../../http/request';
import { chosenUserType, chosenValue, matching, offerOfPortal, personName } from '../picker';

/**
 * Lists portal users of the chosen user type, or of all, a page of one user type at a time; with a
 * text typed in, all of them are searched by name and email.
 */
export async function searchPortalUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const chosen = chosenValue(this, 'userType');
	return await offerOfPortal(this, 'portal users', async (connection, portal) => {
		const all = await userTypesOf(connection, portal);
		const types =
			chosen === '' ? all : [chosenUserType(all, chosen)].filter((one) => one !== undefined);
		if (filter) {
			const lists = await mapWithConcurrency(
				types,
				connection.concurrency,
				async ({ id }) => await usersOfType(connection, portal, id),
			);
			return { results: matching(lists.flat(), toEntry, filter) };
		}
		const [position = 0, page = 1] = (paginationToken ?? '').split(' ').filter(Boolean).map(Number);
		return await readPage(connection, portal, types, position, page);
	});
}

/** Reads a page of one user type. The token leads to its next page, or to the next user type. */
async function readPage(
	connection: Connection,
	portal: string,
	types: UserType[],
	position: number,
	page: number,
): Promise<INodeListSearchResult> {
	const type = types[position];
	if (!type) return { results: [] };
	const list = listOfUsers(portal, type.id);
	const query = { ...list.query, page, per_page: PER_PAGE };
	const { rows, info } = await send(connection, { ...list, query });
	const users = rows.map((row) => toPortalUser(row, type));
	const more = hasMore(rows.length, page, info);
	const last = !more && position === types.length - 1;
	// n8n asks for the next page by itself only when this one fills the list.
	if (users.length === 0 && !last)
		return await readPage(connection, portal, types, position + 1, 1);
	const next = more ? `${position} ${page + 1}` : `${position + 1} 1`;
	return { results: matching(users, toEntry), ...(!last && { paginationToken: next }) };
}

/** An empty page is the last one, even if it promises another. */
function hasMore(
	rows: number,
	page: number,
	{
		more_records: more,
		total_count: total,
	}: object & {
		more_records?: unknown;
		total_count?: unknown;
	},
): boolean {
	if (rows === 0) return false;
	if (typeof more === 'boolean') return more;
	return typeof total === 'number' ? page * PER_PAGE < total : rows === PER_PAGE;
}

function toEntry({ name, email, personality_id, user_type_name }: PortalUser) {
	const type = user_type_name === undefined ? '' : ` – ${user_type_name}`;
	return { name: `${personName(name, email, personality_id)}${type}`, value: personality_id };
}
