import type { IDataObject } from 'n8n-workflow';

import { countOfUsers } from '../zoho/directory';
import { idIn, invitedTimeOf, strangeRow } from '../zoho/people';
import { hashOf, unorderedJson } from './hash';

/** A user type in Zoho's list. */
export interface ListedUserType {
	id: string;
	name: string;
	active: boolean;
	/** See `hashOf`; undefined if Zoho did not return the modules. */
	modules?: number;
	/** The number of users according to Zoho; undefined if Zoho does not return it. */
	count?: number;
	row: IDataObject;
}

/** A portal user in Zoho's list. */
export interface Person {
	id: string;
	userTypeId: string;
	userTypeName: string;
	active: boolean;
	confirm: boolean;
	/** Undefined if Zoho returns no address. */
	emailHash?: number;
	/** When the invitation was sent, in ms; undefined if Zoho does not return it. */
	invitedAt?: number;
	row: IDataObject;
}

/** A list of users of one user type. */
export interface Listing {
	people: Person[];
	/** IDs in rows that cannot be read otherwise. */
	odd: string[];
	/** The number of rows without an ID. */
	nameless: number;
}

/** Rows that cannot be read. */
interface Unreadable {
	/** The user type, by the ID of the person. */
	odd: Map<string, string>;
	nameless: number;
}

/** The findings of a poll. People who are neither included nor gone are unchanged. */
export interface Findings extends Unreadable {
	userTypes: ListedUserType[];
	/** By ID. */
	people: Map<string, Person>;
	/** IDs of known people who are certainly in no user type any more. */
	gone: string[];
}

/** The result of one reading of a portal. */
export interface Reading extends Unreadable {
	userTypes: ListedUserType[];
	/** Everybody once, by ID. */
	people: Map<string, Person>;
	/**
	 * IDs that were in more than one user type, because the person moved or a list was outdated.
	 */
	ambiguous: Set<string>;
	/** The number of different users in each user type, by its ID. */
	amounts: Map<string, number>;
}

/**
 * Reads a row of the list of user types.
 *
 * @param withModules whether modules were requested: without a request, the list may have other
 *   ones
 * @throws ZohoApiError with STRANGE_ROW for an invalid row
 */
export function userTypeOfRow(row: IDataObject, withModules = true): ListedUserType {
	const { name, active, modules } = row;
	return {
		id: idIn(row, 'id'),
		name: String(name),
		active: active !== false,
		...(withModules && Array.isArray(modules) && { modules: hashOf(unorderedJson(modules)) }),
		count: countOfUsers(row),
		row,
	};
}

/**
 * Reads a row of the list of users of a user type.
 *
 * @throws ZohoApiError with STRANGE_ROW for an invalid row: if it were accepted, the trigger would
 *   report changes that did not happen
 */
export function personOfRow(
	row: IDataObject,
	{ id, name }: Pick<ListedUserType, 'id' | 'name'>,
): Person {
	const { email } = row;
	const invited = invitedTimeOf(row);
	const invitedAt = typeof invited === 'string' ? Date.parse(invited) : NaN;
	const address = typeof email === 'string' ? email.trim().toLowerCase() : '';
	return {
		id: idIn(row, 'personality_id'),
		userTypeId: id,
		userTypeName: name,
		active: stateIn(row, 'active'),
		confirm: stateIn(row, 'confirm'),
		...(address !== '' && { emailHash: hashOf(address) }),
		...(!Number.isNaN(invitedAt) && { invitedAt }),
		row,
	};
}

/** Reads the rows of a list separately: a row that cannot be read does not stop the others. */
export function listingOf(rows: IDataObject[], userType: ListedUserType): Listing {
	const listing: Listing = { people: [], odd: [], nameless: 0 };
	for (const row of rows) {
		const person = ifReadable(() => personOfRow(row, userType));
		const id = person?.id ?? ifReadable(() => idIn(row, 'personality_id'));
		if (person) listing.people.push(person);
		else if (id !== undefined) listing.odd.push(id);
		else listing.nameless++;
	}
	return listing;
}

function ifReadable<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		// `personOfRow` throws only STRANGE_ROW.
		return undefined;
	}
}

/**
 * The output of a person: everything that Zoho returns, the user type, and one name for each value.
 */
export function jsonOf({ row, userTypeId, userTypeName }: Person): IDataObject {
	return {
		...row,
		invited_time: invitedTimeOf(row) ?? null,
		user_type_id: userTypeId,
		user_type_name: userTypeName,
	};
}

function stateIn(row: IDataObject, key: string): boolean {
	const value = row[key];
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw strangeRow(row, key);
}

/** Combines the users of several user types, whose lists are in the same order. */
export function readingOf(userTypes: ListedUserType[], lists: Listing[]): Reading {
	const people = new Map<string, Person>();
	const odd = new Map<string, string>();
	const ambiguous = new Set<string>();
	const amounts = new Map<string, number>();
	lists.forEach((list, position) => {
		const { id: userTypeId } = userTypes[position];
		const ids = new Set([...list.people.map(({ id }) => id), ...list.odd]);
		amounts.set(userTypeId, ids.size + list.nameless);
		for (const person of list.people) {
			const other = people.get(person.id);
			if (other && other.userTypeId !== userTypeId) ambiguous.add(person.id);
			people.set(person.id, person);
		}
		for (const id of list.odd) odd.set(id, userTypeId);
	});
	const nameless = lists.reduce((sum, list) => sum + list.nameless, 0);
	for (const id of odd.keys()) people.delete(id);
	return { userTypes, people, ambiguous, amounts, odd, nameless };
}
