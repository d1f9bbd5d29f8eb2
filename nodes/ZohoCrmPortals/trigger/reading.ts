import type { IDataObject } from 'n8n-workflow';

import { countOfUsers } from '../transport/directory';
import { idIn, invitedTimeOf, strangeRow } from '../transport/people';
import { hashOf, unorderedJson } from './hash';

/** A user type as Zoho lists it. */
export interface UserType {
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
	emailHash: number;
	/** When the invitation was sent, in ms; undefined where Zoho does not say. */
	invitedAt?: number;
	row: IDataObject;
}

/** What one reading of a portal found. */
export interface Reading {
	userTypes: UserType[];
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
 * @throws ZohoApiError with STRANGE_ROW for one that is not what it has to be
 */
export function userTypeOf(row: IDataObject): UserType {
	const { name, active, modules } = row;
	return {
		id: idIn(row, 'id'),
		name: String(name),
		active: active !== false,
		...(Array.isArray(modules) && { modules: hashOf(unorderedJson(modules)) }),
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
export function personOf(row: IDataObject, { id, name }: UserType): Person {
	const { email } = row;
	const invited = invitedTimeOf(row);
	const invitedAt = typeof invited === 'string' ? Date.parse(invited) : NaN;
	return {
		id: idIn(row, 'personality_id'),
		userTypeId: id,
		userTypeName: name,
		active: booleanIn(row, 'active'),
		confirm: booleanIn(row, 'confirm'),
		emailHash: hashOf(typeof email === 'string' ? email : ''),
		...(!Number.isNaN(invitedAt) && { invitedAt }),
		row,
	};
}

/** What is put out of a person: all that Zoho says, where they are, and one name for one thing. */
export function jsonOf({ row, userTypeId, userTypeName }: Person): IDataObject {
	const invited = invitedTimeOf(row);
	return {
		...row,
		...(invited !== undefined && { invited_time: invited }),
		user_type_id: userTypeId,
		user_type_name: userTypeName,
	};
}

function booleanIn(row: IDataObject, key: string): boolean {
	const value = row[key];
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw strangeRow(row, key);
}

/** Puts the users of each user type together. */
export function readingOf(userTypes: UserType[], lists: Person[][]): Reading {
	const people = new Map<string, Person>();
	const ambiguous = new Set<string>();
	const amounts = new Map<string, number>();
	userTypes.forEach(({ id: userTypeId }, position) => {
		const list = lists[position];
		amounts.set(userTypeId, new Set(list.map(({ id }) => id)).size);
		for (const person of list) {
			const other = people.get(person.id);
			if (other && other.userTypeId !== userTypeId) ambiguous.add(person.id);
			people.set(person.id, person);
		}
	});
	return { userTypes, people, ambiguous, amounts };
}
