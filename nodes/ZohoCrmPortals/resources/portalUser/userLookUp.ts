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

/** The people to look for, and where. */
interface Sought {
	portal: string;
	/** Undefined for every user type of the portal. */
	userType?: string;
	/** IDs and email addresses, in any case. */
	values: string[];
}

/** The portal users that each value stands for; more than one if it is ambiguous. */
type FoundByValue = Map<string, PortalUser[]>;

/**
 * Looks up portal users with as few reads as Zoho allows.
 *
 * @returns all people found, by ID, or by email address in lower case
 * @throws ZohoApiError if a list cannot be read; then nobody counts as unknown
 */
async function findUsers(connection: Connection, wanted: Sought): Promise<FoundByValue> {
	const { portal, userType, values } = wanted;
	const places = await placesOf(connection, portal, userType);
	// Zoho cannot search by email address. The whole lists also contain the users who are named by
	// ID.
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

/** The form of a value for comparisons. */
export function keyOf(value: unknown): string {
	return String(value ?? '')
		.trim()
		.toLowerCase();
}

/** Where people are looked for. */
export interface SearchPlace {
	portal: string;
	/** Undefined for every user type of the portal. */
	userType?: string;
}

/**
 * A person that an item names by `value`, or why the person cannot be determined. `before` is the
 * state before the run, if an earlier try may have changed the person since.
 */
export type LookedUp = { value: string } & (
	| { user: PortalUser; before?: PortalUser }
	| { failure: Failure }
);

/** Looks up all portal users that the items of a run name, together for each place. */
export class UserLookUp {
	private readonly wanted = new Map<string, Sought>();

	private readonly lookUps = new Map<string, Promise<FoundByValue>>();

	/** Members of accounts and views, and those of them who are not portal users. */
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
	 * All people that an item names, or why they cannot be determined; of the members of accounts
	 * and views, only portal users.
	 *
	 * @throws ZohoApiError if the users cannot be read
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

	/**
	 * Adds a hint with the number of members of accounts and views who are not portal users, after
	 * all look-ups.
	 */
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
			const before = this.remembered(key, value);
			// A changed person is planned from the state before the run: the same changes are then known.
			const changed = before.map((one) => this.run.memory?.changeOf(one.personality_id));
			const users = changed.includes('certain') ? before : (found.get(keyOf(value)) ?? before);
			const [user, ...others] = users;
			if (!user) {
				const details = isEmail(value) ? elsewhere?.(value) : undefined;
				return { value, failure: { subject, error: unknown(place, value, details) } };
			}
			if (others.length > 0) return { value, failure: { subject, error: ambiguousUsers(users) } };
			this.run.memory?.keepFound(key, value, user);
			if (found.has(keyOf(value))) noteSeen(this.run.connection, [user]);
			return { value, user, ...(changed.includes('uncertain') && { before: before[0] }) };
		});
	}

	/** The other user types of people, by email; undefined if they cannot be read. */
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
			// The result that they are not in the searched user type remains.
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
	 * A person whom the first try of this run found. The run may have deleted the person since; the
	 * result is stored by ID and user type.
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

/** The error for a name that several portal users share. */
export function ambiguousUsers(users: PortalUser[]): ZohoErrorData {
	const found = users.map(
		({ personality_id, name, user_type_id, user_type_name }) =>
			`${String(name)} (${personality_id}) in ${String(user_type_name ?? user_type_id)}`,
	);
	return errorData(0, 'AMBIGUOUS', { details: { found } });
}
