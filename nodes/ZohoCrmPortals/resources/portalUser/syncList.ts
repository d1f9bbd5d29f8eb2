import type { Failure } from '../../errors/nodeError';
import { excessIn } from '../../run/maxUsers';
import type { Item } from '../../form/item';
import type { Run } from '../../run/run';
import { userTypesOf, usualRemovals } from '../../zoho/directory';
import { usersOf } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import type { FoundRecord } from '../../zoho/recordSearch';
import { errorData } from '../../http/error';
import type { CallSettings } from './syncCalls';
import type { Entry, SyncSettings } from './syncItem';
import { stateBefore, wasMailed } from './syncMemory';
import { tellNames } from './syncNames';
import type { Named } from './syncNames';
import { failure, nameOf } from './syncOutcome';
import type { Known } from './syncOutcome';
import { governedBy, isRemoval, planSync } from './syncPlan';
import type { Change, Person, SyncPlan, Wanted } from './syncPlan';

/** A list, and what makes the portal follow it. */
export interface SyncList {
	plan: SyncPlan;
	settings: CallSettings;
	/** Whom each item names, or why they cannot be what it says. */
	named: Map<Item, Named[]>;
	/** Whether nobody is removed, since it is not known of everybody on the list who they are. */
	holdsBack: boolean;
	known: (id: string) => Known;
	/** Everybody who is in the portal, by ID. */
	people: ReadonlyMap<string, Person>;
}

/**
 * Reads the portal once, tells whom the list names, and works out what is to be done.
 *
 * @param complete whether all items could be read
 * @throws ZohoApiError where the portal cannot be read
 */
export async function prepareList(
	run: Run,
	settings: SyncSettings,
	entries: Map<Item, Entry>,
	complete: boolean,
): Promise<SyncList> {
	const { portal, others, othersIn } = settings;
	const { connection } = run;
	const types = await userTypesOf(connection, portal);
	const users = await usersOf(connection, portal, types);
	const told = await tellNames(run, [...entries.values()], users, types);
	const named = new Map([...entries.keys()].map((item, position) => [item, told[position]]));

	const list: Wanted[] = [];
	const languages = new Map<string, string | undefined>();
	const records = new Map<string, FoundRecord>();
	for (const [item, { userType, resend, language }] of entries) {
		for (const one of named.get(item) ?? []) {
			if ('error' in one) continue;
			const { id, record } = one;
			list.push({ id, userType, resend: resend && !wasMailed(run, portal, id) });
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
	for (const [item, all] of named) {
		const refusedToo = all.map((one): Named => {
			const error = 'error' in one ? undefined : plan.refused.get(one.id);
			return error && 'id' in one ? failure(one.id, error, known(one.id)) : one;
		});
		named.set(item, refusedToo);
	}
	return {
		plan,
		named,
		known,
		people: new Map(people.map((person) => [person.id, person])),
		holdsBack: !complete || [...named.values()].flat().some((one) => 'error' in one),
		settings: {
			...settings,
			maxRemovals: settings.maxRemovals ?? usualRemovals(concerned.length),
			types,
			languageOf: (id) => languages.get(id),
		},
	};
}

function toPerson(user: PortalUser): Person {
	const { personality_id: id, user_type_id: userType, active, confirm } = user;
	return { id, userType, active: active !== false, confirmed: confirm !== false };
}

/** Names that an error spells out. */
const LISTED = 10;

/** The failure of every item where a run would remove or change more people than it may. */
export function excessOf(run: Run, list: SyncList): Failure | undefined {
	const { plan, holdsBack, known, settings } = list;
	const removed = holdsBack ? [] : plan.changes.filter(isRemoval);
	const { maxRemovals: allowed = 0, others } = settings;
	const labels = { thing: 'list', done: 'carried out' };
	if (removed.length > allowed) {
		const people = removed.slice(0, LISTED).map(({ id }) => nameOf(known(id)) ?? id);
		const details = { found: removed.length, allowed, others, people };
		return { subject: {}, error: errorData(0, 'TOO_MANY_REMOVALS', { details }), labels };
	}
	const changed = plan.changes.filter((change: Change) => !isRemoval(change)).concat(removed);
	const excess = excessIn(run, () => changed.map(({ id }) => id));
	return excess && { ...excess, labels };
}
