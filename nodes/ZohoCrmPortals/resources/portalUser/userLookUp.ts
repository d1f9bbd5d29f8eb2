import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../errors/nodeError';
import { subjectsOf } from '../../run/batch';
import { isEmail } from '../../form/locator';
import type { People } from '../../form/locator';
import { inDigits } from '../../errors/words';
import { hint } from '../../run/hint';
import type { Run } from '../../run/run';
import type { Connection } from '../../http/connection';
import { findByIds, noteSeen, placesOf, toPortalUser, usersOf } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import { userTypesOf } from '../../zoho/directory';
import type { Members } from './members';
import { dataOf, errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';

/** Whom to look for, and where. */
interface Sought {
	portal: string;
	/** Undefined: in every user type of the portal. */
	userType?: string;
	/** IDs and email addresses, in whatever case. */
	values: string[];
}

/** The portal users that each value stands for; more than one if it is ambiguous. */
type FoundByValue = Map<string, PortalUser[]>;

/**
 * Looks up portal users, as little as Zoho lets one.
 *
 * @returns by ID, and by email address in lower case, everybody who was found
 * @throws ZohoApiError where a list cannot be read: nobody is unknown then
 */
async function findUsers(connection: Connection, wanted: Sought): Promise<FoundByValue> {
	const { portal, userType, values } = wanted;
	const places = await placesOf(connection, portal, userType);
	// Zoho does not search them by email address. Whole lists have those who are named by ID as well.
	const byEmail = values.some(isEmail);
	const users = byEmail
		? await usersOf(connection, portal, places)
		: await findByIds(connection, portal, places, values);
	const found: FoundByValue = new Map();
	for (const user of users) {
		const email = keyOf(user.email);
		for (const name of isEmail(email) ? [user.personality_id, email] : [user.personality_id]) {
			const same = found.get(name);
			if (same) same.push(user);
			else found.set(name, [user]);
		}
	}
	return found;
}

/** How a value is written where values are compared. */
export function keyOf(value: unknown): string {
	return String(value ?? '')
		.trim()
		.toLowerCase();
}

/** Where people are looked for. */
export interface SearchPlace {
	portal: string;
	/** Undefined: in every user type of the portal. */
	userType?: string;
}

/** Somebody whom an item names by `value`, or why nobody can be told by that name. */
export type LookedUp = { value: string } & ({ user: PortalUser } | { failure: Failure });

/** Looks up all portal users that the items of a run name, those of one place together. */
export class UserLookUp {
	private readonly wanted = new Map<string, Sought>();

	private readonly lookUps = new Map<string, Promise<FoundByValue>>();

	/** People of accounts and views, and those of them who are no portal users. */
	private readonly members = { all: new Set<string>(), others: new Set<string>() };

	constructor(
		private readonly run: Run,
		asked: Array<{ group: SearchPlace; people: People }>,
	) {
		for (const { group, people } of asked) {
			const key = keyFor(group);
			const { portal, userType } = group;
			const one = this.wanted.get(key) ?? { portal, userType, values: [] };
			for (const value of people.values) one.values.push(value);
			this.wanted.set(key, one);
		}
	}

	/**
	 * Everybody whom an item names, or why nobody can be told by that name; of the people of accounts
	 * and views those who are portal users.
	 *
	 * @throws ZohoApiError where the users cannot be read
	 */
	async users(
		place: SearchPlace,
		{ people, of }: Pick<Members, 'people' | 'of'>,
	): Promise<LookedUp[]> {
		const { all, others } = this.members;
		const named = await this.named(place, people);
		if (of === undefined) return named;
		for (const { value } of named) all.add(value);
		return named.filter((one) => {
			const isOther = 'failure' in one && one.failure.error.code === 'NOT_FOUND';
			if (isOther) others.add(one.value);
			return !isOther;
		});
	}

	/** Says how many people of accounts and views are no portal users, once all were looked up. */
	hintOfOthers(): void {
		const { all, others } = this.members;
		if (others.size === 0) return;
		const some = `${inDigits(others.size)} of ${inDigits(all.size)} people`;
		hint(this.run.connection, `${some} in the accounts and views are not portal users there.`);
	}

	private async named(place: SearchPlace, people: People): Promise<LookedUp[]> {
		const key = keyFor(place);
		if (people.values.length === 0) return [];
		const found = await this.lookUp(key);
		const isMissing = (value: string) =>
			isEmail(value) && !found.has(keyOf(value)) && this.remembered(key, value).length === 0;
		const mayBeElsewhere = place.userType !== undefined && people.values.some(isMissing);
		const elsewhere = mayBeElsewhere ? await this.placesByEmail(place) : undefined;
		const subjects = subjectsOf(people, 'personality_id');
		return people.values.map((value, position) => {
			const subject = subjects[position];
			const users = found.get(keyOf(value)) ?? this.remembered(key, value);
			const [user, ...others] = users;
			if (!user) {
				const details = isEmail(value) ? elsewhere?.(value) : undefined;
				return { value, failure: { subject, error: unknown(place, value, details) } };
			}
			if (others.length > 0) return { value, failure: { subject, error: ambiguousUsers(users) } };
			this.run.memory?.keepFound(key, value, user);
			if (found.has(keyOf(value))) noteSeen(this.run.connection, [user]);
			return { value, user };
		});
	}

	/** Tells in which other user types people are, by email; undefined where nobody can look. */
	private async placesByEmail({ portal, userType }: SearchPlace) {
		const { connection } = this.run;
		try {
			const types = await userTypesOf(connection, portal);
			const users = await usersOf(connection, portal, types);
			const user_type_name = types.find(({ id }) => id === userType)?.name;
			return (email: string): IDataObject => {
				const same = users.filter((user) => keyOf(user.email) === keyOf(email));
				const elsewhere = same.map((user) => user.user_type_name ?? user.user_type_id);
				return { user_type_name, ...(elsewhere.length > 0 && { elsewhere }) };
			};
		} catch (error) {
			// That they are not where they were looked for stands all the same.
			dataOf(error);
			return undefined;
		}
	}

	private async lookUp(key: string): Promise<FoundByValue> {
		const wanted = this.wanted.get(key);
		if (!wanted) return new Map();
		const values = [...new Set(wanted.values)];
		const found = this.lookUps.get(key) ?? findUsers(this.run.connection, { ...wanted, values });
		this.lookUps.set(key, found);
		return await found;
	}

	/**
	 * Somebody whom n8n's first try of this run found. The run may have deleted them since: what
	 * became of that is remembered by their id and user type.
	 */
	private remembered(key: string, value: string): PortalUser[] {
		const before = this.run.memory?.found(key, value);
		return before ? [toPortalUser(before, { id: String(before.user_type_id) })] : [];
	}
}

function keyFor({ portal, userType }: SearchPlace): string {
	return `looked up ${JSON.stringify([portal, userType])}`;
}

function unknown(
	{ portal, userType }: SearchPlace,
	value: string,
	more: IDataObject = {},
): ZohoErrorData {
	const by = isEmail(value) ? 'email' : 'id';
	return errorData(0, 'NOT_FOUND', { details: { portal, user_type_id: userType, by, ...more } });
}

/** Why nobody can be told by a name that several portal users have. */
export function ambiguousUsers(users: PortalUser[]): ZohoErrorData {
	const found = users.map(
		({ personality_id, name, user_type_id, user_type_name }) =>
			`${String(name)} (${personality_id}) in ${String(user_type_name ?? user_type_id)}`,
	);
	return errorData(0, 'AMBIGUOUS', { details: { found } });
}
