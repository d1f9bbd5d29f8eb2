import type { Failure } from '../../errors/nodeError';
import type { Item } from '../../form/item';
import { isEmail } from '../../form/locator';
import type { Run } from '../../run/run';
import { userTypesOf, usualRemovals } from '../../zoho/directory';
import { errorData } from '../../http/error';
import { usersOf } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import type { FoundRecord } from '../../zoho/recordSearch';
import type { PortalPerson } from './change';
import type { ChangeList } from './changeList';
import type { Entry, SyncSettings } from './syncItem';
import { stateBefore, wasTried } from './changeMemory';
import { tellNames } from './syncNames';
import type { NamedPerson } from './syncNames';
import { failure } from './changeOutcome';
import { endOf } from './instant';
import { keyOf } from './userLookUp';
import type { Known } from './changeOutcome';
import { governedBy, planSync } from './syncPlan';
import type { Wanted } from './syncPlan';

/**
 * Reads the portal once, identifies the people on the list, and plans the changes.
 *
 * @param complete whether all items could be read
 * @throws ZohoApiError if the portal cannot be read
 */
export async function prepareList(
	run: Run,
	settings: SyncSettings,
	entries: Map<Item, Entry>,
	complete: boolean,
): Promise<ChangeList> {
	const { portal, others, othersIn } = settings;
	const { connection } = run;
	const types = await userTypesOf(connection, portal);
	const users = await usersOf(connection, portal, types);
	const isOver = overBy(Date.now(), connection.context.getTimezone());
	const idWith = idsByEmail(run, portal, users);
	const looked = [...entries.values()].map((entry) =>
		isOver(entry) ? inPortalOnly(entry, idWith) : entry,
	);
	const { told, hasEmpty } = await tellNames(run, looked, users, types);
	const named = new Map([...entries.keys()].map((item, position) => [item, told[position]]));

	const list: Wanted[] = [];
	const languages = new Map<string, string | undefined>();
	const records = new Map<string, FoundRecord>();
	const idsOf = (item: Item) =>
		(named.get(item) ?? []).flatMap((one) => ('error' in one ? [] : [one.id]));
	const isTimed = (entry: Entry) => entry.until !== undefined && !isOver(entry);
	const timed = new Set([...entries].flatMap(([item, of]) => (isTimed(of) ? idsOf(item) : [])));
	/**
	 * Whether an entry counts for a person: until its end, an entry with an end takes precedence
	 * over entries without one.
	 */
	const counts = (entry: Entry, id: string) =>
		isTimed(entry) || (entry.until === undefined && !timed.has(id));
	for (const [item, entry] of entries) {
		const { userType, resend, language } = entry;
		for (const one of named.get(item) ?? []) {
			if ('error' in one || !counts(entry, one.id)) continue;
			const { id, record } = one;
			list.push({
				id,
				userType,
				resend: resend && !wasTried(run, portal, { id, action: 'invited' }),
			});
			if (!languages.has(id)) languages.set(id, language);
			if (record) records.set(id, record);
		}
	}
	const inPortal = new Map(users.map((user) => [user.personality_id, user]));
	const known = (id: string): Known => {
		const user = stateBefore(run, portal, id, inPortal.get(id));
		return { user, record: records.get(id) };
	};
	const people = [...inPortal.values()].map(toPerson);
	const namedTypes = new Set([...entries.values()].map(({ userType }) => userType));
	const governed = governedBy(namedTypes, types, othersIn);
	const concerned = people.filter(({ userType }) => governed.has(userType));
	const plan = planSync(people, list, { types, others, governed });
	const keysOf = (one: NamedPerson): { key: string } | Failure => {
		if ('error' in one) return one;
		const error = plan.refused.get(one.id);
		return error ? failure(one.id, error, known(one.id)) : { key: one.id };
	};
	const onList = new Set(list.map(({ id }) => id));
	const keysOfItem = ([item, entry]: [Item, Entry]): Array<{ key: string } | Failure> => {
		return (named.get(item) ?? []).flatMap((one) => {
			const isError = 'error' in one;
			if (isError ? !isOver(entry) : counts(entry, one.id)) return [keysOf(one)];
			// People who are no longer on the list are reported with the item that named them.
			return isError || onList.has(one.id) ? [] : [{ key: one.id }];
		});
	};
	const keys = new Map([...entries].map((one) => [one[0], keysOfItem(one)]));
	const isUnknown = ([item, entry]: [Item, Entry]) =>
		!isOver(entry) && (named.get(item) ?? []).some((one) => 'error' in one);
	// Whoever is not on the part of the list that is known may be on the rest.
	const isKnown = complete && !hasEmpty && ![...entries].some(isUnknown);
	const unchanged = isKnown ? plan.unchanged : plan.unchanged.filter(({ id }) => onList.has(id));
	const isEmptied = [...entries.values()].every(isOver) && settings.maxRemovals === undefined;
	return {
		changes: plan.changes,
		unchanged,
		named: keys,
		keyOf: ({ id }) => id,
		known,
		people: new Map(people.map((person) => [person.id, person])),
		holdsBack: !isKnown || [...keys.values()].flat().some((one) => 'error' in one),
		whyHeldBack: hasEmpty
			? 'an account or view on the list has no people, or none that the connected user may see'
			: 'somebody on the list was not found or does not match the list yet',
		thing: 'list',
		...(isEmptied && plan.changes.length > 0 && { obstacle: errorData(0, 'LIST_IS_OVER') }),
		settings: {
			...settings,
			maxRemovals: settings.maxRemovals ?? usualRemovals(concerned.length),
			types,
			languageOf: ({ id }) => languages.get(id),
		},
	};
}

/** Returns a function that tells whether an entry is over at a given time, in ms. */
function overBy(now: number, timeZone: string): (entry: Entry) => boolean {
	return ({ until }) => until !== undefined && endOf(until, timeZone) <= now;
}

type IdWith = (email: string) => string | undefined;

/**
 * Returns a function that finds portal users by email. If n8n starts the run again, the first result
 * still counts, because the run may have deleted the person since.
 */
function idsByEmail({ memory }: Run, portal: string, users: PortalUser[]): IdWith {
	const ids = new Map(users.map((user) => [keyOf(user.email), user.personality_id]));
	const key = `off the list by email ${portal}`;
	return (email) => {
		const id = memory?.found(key, email)?.id ?? ids.get(email);
		if (id === undefined) return undefined;
		memory?.keepFound(key, email, { id });
		return String(id);
	};
}

/**
 * An entry without people who are not in the portal: they should have no access, so no search is
 * needed.
 */
function inPortalOnly(entry: Entry, idWith: IdWith): Entry {
	if (entry.people.of !== undefined) return entry;
	const values = entry.people.values.flatMap((value) =>
		isEmail(value) ? (idWith(value) ?? []) : [value],
	);
	return { ...entry, people: { ...entry.people, values } };
}

function toPerson(user: PortalUser): PortalPerson {
	const { personality_id: id, user_type_id: userType, active, confirm } = user;
	return { id, userType, active: active !== false, confirmed: confirm !== false };
}
