import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { mapWithConcurrency } from '../../http/concurrency';
import { credentialOf } from '../../http/connection';
import type { Connection } from '../../http/connection';
import { CREDENTIAL } from '../../http/credential';
import { errorData, ZohoApiError } from '../../http/error';
import { pagesFor, PER_PAGE } from '../../http/paginate';
import { send } from '../../http/request';
import { readUserTypes } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import { listOfUsers, toPortalUser } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import {
	chosenUserType,
	chosenValue,
	matching,
	offerOfOne,
	personName,
	portalsMeant,
	readOffer,
} from '../picker';

/** A page of the users of a user type. */
interface Page {
	users: PortalUser[];
	/** Whether the user type has another page. */
	more: boolean;
}

/** The position at which a list continues: a page of one of the user types. */
interface Cursor {
	/** The index of the user type in the list. */
	position: number;
	page: number;
}

/**
 * Lists portal users of the chosen user type, or of all user types, one page of one user type at a
 * time. If text was typed, it searches names and email addresses, ten pages at a time or until it
 * has found somebody. Pages that were read for the first letters are reused for the next letters.
 */
export async function searchPortalUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const [chosenPortal, chosen] = ['portal', 'userType'].map((name) => chosenValue(this, name));
	return await readOffer(this, 'portal users', async (connection) => {
		const known = await knownFor(connection, [chosenPortal, chosen], Boolean(filter));
		known.portals ??= portalsMeant(this, connection);
		return await offerOfOne(await known.portals, 'portal users', async (portal) => {
			known.userTypes ??= readUserTypes(connection, portal);
			const all = await known.userTypes;
			const types =
				chosen === '' ? all : [chosenUserType(all, chosen)].filter((one) => one !== undefined);
			const pages = new Pages(connection, portal, types, known);
			return await pages.offer(pages.cursorIn(paginationToken), filter?.toLowerCase());
		});
	}).catch((error: unknown) => {
		last = new PickerMemory('');
		throw error;
	});
}

/** Pages that a search reads before it shows its results. */
const PAGES_SEARCHED = 10;

/** The users of some user types, one page at a time. */
class Pages {
	constructor(
		private readonly connection: Connection,
		private readonly portal: string,
		private readonly types: UserType[],
		private readonly known: PickerMemory,
	) {}

	/** The position that a token stands for; undefined if nothing is left. */
	cursorIn(token = '0 1'): Cursor | undefined {
		const [position, page] = token.split(' ').map(Number);
		return position < this.types.length ? { position, page } : undefined;
	}

	/**
	 * Lists people from a position on, at least one if there are any, because n8n requests no
	 * further page if the current one is empty.
	 *
	 * @param text text that the name or email address must contain, in lower case; undefined for a
	 *   page without a search
	 */
	async offer(start: Cursor | undefined, text?: string): Promise<INodeListSearchResult> {
		const found: PortalUser[] = [];
		const seen = new Set<string>();
		const { concurrency } = this.connection;
		let next = start;
		for (let open = text === undefined ? 1 : PAGES_SEARCHED; next; ) {
			if (open <= 0 && found.length > 0) break;
			const some = this.expected(next, text === undefined ? 1 : Math.max(open, concurrency));
			const pages = await mapWithConcurrency(
				some,
				concurrency,
				async (cursor) => await this.read(cursor),
			);
			open -= pages.length;
			for (const [place, { users, more }] of pages.entries()) {
				const [first] = users;
				if (first && seen.size === seen.add(first.personality_id).size) throw endless(some[place]);
				found.push(...users.filter((user) => text === undefined || contains(user, text)));
				next = this.after(some[place], more);
				// Zoho's counts may lag behind its lists.
				const follows = some[place + 1];
				if (follows && !isSame(follows, next)) break;
			}
		}
		const results = matching(found, toEntry);
		return next ? { results, paginationToken: `${next.position} ${next.page}` } : { results };
	}

	/** The next pages according to Zoho's counts, at most `most`. */
	private expected(start: Cursor, most: number): Cursor[] {
		const cursors: Cursor[] = [];
		for (let next: Cursor | undefined = start; next && cursors.length < most; ) {
			cursors.push(next);
			const { users = 0 } = this.types[next.position];
			next = this.after(next, next.page < pagesFor(users));
		}
		return cursors;
	}

	/** @param more whether the user type has another page */
	private after({ position, page }: Cursor, more: boolean): Cursor | undefined {
		if (more) return { position, page: page + 1 };
		return position + 1 < this.types.length ? { position: position + 1, page: 1 } : undefined;
	}

	private async read({ position, page }: Cursor): Promise<Page> {
		const type = this.types[position];
		const key = `${type.id} ${page}`;
		const reading = this.known.pages.get(key) ?? this.readPage(type, page);
		this.known.pages.set(key, reading);
		return await reading;
	}

	private async readPage(type: UserType, page: number): Promise<Page> {
		const list = listOfUsers(this.portal, type.id);
		const query = { ...list.query, page, per_page: PER_PAGE };
		const { rows, info } = await send(this.connection, { ...list, query });
		return {
			users: rows.map((row) => toPortalUser(row, type)),
			more: hasMore(rows.length, page, info),
		};
	}
}

/** An empty page is the last one, even if it announces another page. */
function hasMore(
	rows: number,
	page: number,
	{ more_records: more, total_count: total }: IDataObject,
): boolean {
	if (rows === 0) return false;
	if (typeof more === 'boolean') return more;
	if (typeof total !== 'number') return rows === PER_PAGE;
	// A page that is not full is the last one, or Zoho's pages are smaller.
	return (page - 1) * PER_PAGE + rows !== total && page * rows < total;
}

function endless({ page }: Cursor): ZohoApiError {
	return new ZohoApiError(errorData(200, 'ENDLESS_PAGES', { details: { page } }));
}

function isSame(a: Cursor, b: Cursor | undefined): boolean {
	return a.position === b?.position && a.page === b.page;
}

function contains({ name, email }: PortalUser, text: string): boolean {
	return [name, email].some((one) => typeof one === 'string' && one.toLowerCase().includes(text));
}

/** "Mina Shah (mina@example.com) – Dealers, deactivated" */
function toEntry(user: PortalUser) {
	const { name, email, personality_id, user_type_name } = user;
	const marks = [user_type_name, stateInWords(user)].filter((one) => one !== undefined).join(', ');
	const shown = personName(name, email, personality_id);
	return { name: marks === '' ? shown : `${shown} – ${marks}`, value: personality_id };
}

function stateInWords({ active, confirm }: PortalUser): string | undefined {
	if (active === false) return 'deactivated';
	if (confirm === false) return 'not confirmed';
	return active === true && confirm === true ? 'active' : undefined;
}

/** Pages that were read while the picker is open. */
class PickerMemory {
	/** In ms since 1970. */
	readonly began = Date.now();

	portals?: Promise<string[]>;

	userTypes?: Promise<UserType[]>;

	/** By user type and number. */
	readonly pages = new Map<string, Promise<Page>>();

	/** @param key identifies the credential and the list */
	constructor(readonly key: string) {}
}

/** How long the pages of a search are reused for further letters, in ms. */
const FRESH = 60_000;

/**
 * The pages of the last search. Nothing else is kept, and they are discarded when the list is
 * opened again.
 */
let last = new PickerMemory('');

/** The pages that a search of the same people with the same credential has read. */
async function knownFor(
	connection: Connection,
	chosen: string[],
	searches: boolean,
): Promise<PickerMemory> {
	const { apiUrl, oauthTokenData } = await credentialOf(connection);
	const { id, name } = connection.node.credentials?.[CREDENTIAL] ?? {};
	const key = JSON.stringify([id, name, apiUrl, oauthTokenData?.access_token, ...chosen]);
	const isKnown = searches && last.key === key && Date.now() - last.began < FRESH;
	if (!isKnown) last = new PickerMemory(searches ? key : '');
	return last;
}
