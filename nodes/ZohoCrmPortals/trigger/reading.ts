import type { IDataObject } from 'n8n-workflow';

import { countOfUsers } from '../zoho/directory';
import { idIn, invitedTimeOf, strangeRow } from '../zoho/people';
import { hashOf, unorderedJson } from './hash';

/** A user type as Zoho lists it. */
export interface ListedUserType {
	id: string;
	name: string;
	active: boolean;
	/** See `hashOf`; undefined where Zoho did not tell the modules. */
	modules?: number;
	/** How many users Zoho says that it has; undefined where Zoho does not say. */
	count?: number;
	row: IDataObject;
}

/** A portal user as Zoho lists it. */
export interface Person {
	id: string;
	userTypeId: string;
	userTypeName: string;
	active: boolean;
	confirm: boolean;
	/** Undefined where Zoho names no address. */
	emailHash?: number;
	/** When the invitation was sent, in ms; undefined where Zoho does not say. */
	invitedAt?: number;
	row: IDataObject;
}

/** A list of users of one user type. */
export interface Listing {
	people: Person[];
	/** IDs of rows that say whom they are about, and not how that person is. */
	odd: string[];
	/** How many rows do not say whom they are about. */
	nameless: number;
}

/** Rows that cannot be read. */
interface Unreadable {
	/** By the ID of the person, the user type. */
	odd: Map<string, string>;
	nameless: number;
}

/** What a poll found. Whoever is neither among the people nor gone is as before. */
export interface Findings extends Unreadable {
	userTypes: ListedUserType[];
	/** By ID. */
	people: Map<string, Person>;
	/** IDs of known people who are in no user type for certain. */
	gone: string[];
}

/** What one reading of a portal found. */
export interface Reading extends Unreadable {
	userTypes: ListedUserType[];
	/** By ID, everybody once. */
	people: Map<string, Person>;
	/** IDs that were in more than one user type: moved meanwhile, or in one of them no more. */
	ambiguous: Set<string>;
	/** How many different users each user type had, by its ID. */
	amounts: Map<string, number>;
}

/**
 * Reads a row of the list of user types.
 *
 * @param withModules whether the list was asked for modules: it may have other ones unasked
 * @throws ZohoApiError with STRANGE_ROW for one that is not what it has to be
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
 * @throws ZohoApiError with STRANGE_ROW for one that is not what it has to be: taken as it comes, it
 * would tell changes that are none
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

/** Reads the rows of a list, each by itself: one that cannot be read does not stop the others. */
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
		// Nothing but STRANGE_ROW is thrown by it.
		return undefined;
	}
}

/** What is put out of a person: all that Zoho says, where they are, and one name for one thing. */
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

/** Puts the users of user types together, whose lists are in the order of these. */
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
