import type { Failure } from '../../errors/nodeError';
import type { Item } from '../../form/item';
import type { Run } from '../../run/run';
import { userTypesOf, usualRemovals } from '../../zoho/directory';
import { usersOf } from '../../zoho/people';
import type { PortalUser } from '../../zoho/people';
import type { FoundRecord } from '../../zoho/recordSearch';
import type { Person } from './change';
import type { ChangeList } from './changeList';
import type { Entry, SyncSettings } from './syncItem';
import { stateBefore, wasMailed } from './changeMemory';
import { tellNames } from './syncNames';
import type { Named } from './syncNames';
import { failure } from './changeOutcome';
import type { Known } from './changeOutcome';
import { governedBy, planSync } from './syncPlan';
import type { Wanted } from './syncPlan';

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
): Promise<ChangeList> {
	const { portal, others, othersIn } = settings;
	const { connection } = run;
	const types = await userTypesOf(connection, portal);
	const users = await usersOf(connection, portal, types);
	const { told, hasEmpty } = await tellNames(run, [...entries.values()], users, types);
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
	const keysOf = (one: Named): { key: string } | Failure => {
		if ('error' in one) return one;
		const error = plan.refused.get(one.id);
		return error ? failure(one.id, error, known(one.id)) : { key: one.id };
	};
	const keys = new Map([...named].map(([item, all]) => [item, all.map(keysOf)]));
	return {
		changes: plan.changes,
		unchanged: plan.unchanged,
		named: keys,
		keyOf: ({ id }) => id,
		known,
		people: new Map(people.map((person) => [person.id, person])),
		holdsBack: !complete || hasEmpty || [...keys.values()].flat().some((one) => 'error' in one),
		whyHeldBack: hasEmpty
			? 'an account or view on the list has nobody, or nobody whom the connected user may see'
			: 'somebody on the list was not found or is not yet as the list says',
		thing: 'list',
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
