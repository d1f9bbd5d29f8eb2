import type { Failure } from '../../errors/nodeError';
import { subjectOf } from '../../run/batch';
import { isEmail } from '../../form/locator';
import type { Run } from '../../run/run';
import type { UserType } from '../../zoho/directory';
import type { PortalUser } from '../../zoho/people';
import { unknownUserType } from '../../zoho/directory';
import { dataOf, ZohoApiError } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { findRecords } from '../../zoho/recordSearch';
import type { FoundRecord } from '../../zoho/recordSearch';
import { ambiguousRecords, emailFieldOf, noRecord } from './findRecordsToInvite';
import type { Entry } from './syncItem';
import { membersOf } from './members';
import { ambiguousUsers, keyOf } from './userLookUp';

/** The person that a value of the list stands for, or why it cannot be determined. */
export type NamedPerson = { id: string; record?: FoundRecord } | Failure;

/** The result of a search for email addresses. */
type Search = { found: Map<string, FoundRecord[]> } | { error: ZohoErrorData };

/**
 * Identifies the people that the entries of a list name. An ID is the person with that ID. An email
 * address is the portal user, or if there is none, the record that an invitation would go to.
 *
 * @returns the people of every entry, in the order of its values, and whether an account or a view
 *   on the list has no members, which proves nothing
 */
export async function tellNames(
	run: Run,
	listed: Entry[],
	users: PortalUser[],
	types: UserType[],
): Promise<{ told: NamedPerson[][]; hasEmpty: boolean }> {
	const members = await membersOf(
		run,
		'records',
		listed.map(({ people, userType }) => ({
			people,
			modules: async () => {
				const type = types.find(({ id }) => id === userType);
				if (type) return [{ module: type.module, email: emailFieldOf(type) }];
				throw new ZohoApiError(unknownUserType(userType, types));
			},
		})),
	);
	const entries = listed.map((entry, position) => ({ ...entry, ...members[position] }));
	const byEmail = new Map<string, Map<string, PortalUser>>();
	for (const user of users) {
		const email = keyOf(user.email);
		const same = byEmail.get(email) ?? new Map<string, PortalUser>();
		byEmail.set(email, same.set(user.personality_id, user));
	}
	const missing = entries.map((entry) => ({
		...entry,
		people: {
			values: entry.people.values.filter((value) => isEmail(value) && !byEmail.has(value)),
		},
	}));
	const searches = await searchRecords(run, missing, types);
	const told = entries.map(({ people, userType, records, failures }) => {
		const type = types.find(({ id }) => id === userType);
		const named = people.values.map((value): NamedPerson => {
			const subject = subjectOf(value, 'personality_id');
			if (!type) return { subject, error: unknownUserType(userType, types) };
			if (!isEmail(value)) return { id: value, record: records.get(value) };
			const known = [...(byEmail.get(value)?.values() ?? [])];
			if (known.length > 1) return { subject, error: ambiguousUsers(known) };
			const [user] = known;
			if (user) return { id: user.personality_id };
			const search = searches.get(whereIs(type));
			if (!search || 'error' in search) return { subject, error: search?.error ?? noRecord(type) };
			const found = search.found.get(value) ?? [];
			const [record] = found;
			if (!record) return { subject, error: noRecord(type) };
			if (found.length > 1) return { subject, error: ambiguousRecords(found) };
			return { id: record.id, record };
		});
		return [...failures, ...named];
	});
	return { told, hasEmpty: members.some(({ hasEmpty }) => hasEmpty) };
}

/** Searches for the email addresses of people to invite, together for each email field. */
async function searchRecords(
	run: Run,
	entries: Entry[],
	types: UserType[],
): Promise<Map<string, Search>> {
	const wanted = new Map<string, { type: UserType; emails: Set<string> }>();
	for (const { people, userType } of entries) {
		const type = types.find(({ id }) => id === userType);
		if (!type || people.values.length === 0) continue;
		const one = wanted.get(whereIs(type)) ?? { type, emails: new Set<string>() };
		for (const email of people.values) one.emails.add(email);
		wanted.set(whereIs(type), one);
	}
	const searches = [...wanted].map(async ([place, { type, emails }]): Promise<[string, Search]> => {
		return [place, await search(run, type, [...emails])];
	});
	return new Map(await Promise.all(searches));
}

async function search(run: Run, type: UserType, emails: string[]): Promise<Search> {
	try {
		return { found: await findRecords(run.connection, type.module, emailFieldOf(type), emails) };
	} catch (caught) {
		const error = dataOf(caught);
		run.note(error);
		return { error };
	}
}

function whereIs(type: UserType): string {
	return JSON.stringify([type.module, emailFieldOf(type)]);
}
