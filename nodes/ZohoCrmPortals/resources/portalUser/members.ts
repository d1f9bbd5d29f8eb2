import { hint } from '../../run/hint';
import { orRefused, subjectsOf } from '../../run/batch';
import type { Run } from '../../run/run';
import type { Failure } from '../../errors/nodeError';
import { inDigits } from '../../errors/words';
import type { People } from '../../form/locator';
import { dataOf, errorData, ZohoApiError } from '../../http/error';
import { mapWithConcurrency } from '../../http/concurrency';
import { userTypesOf } from '../../zoho/directory';
import { CONTACTS, contactsOf, findView, recordsInView } from '../../zoho/members';

/**
 * The people that an item names, with the members of accounts and views in place of the accounts
 * and views.
 */
export interface Members {
	/** All of them, by ID or email address. */
	people: People;
	/** Set if they are members of accounts or views and were not named themselves. */
	of?: People['of'];
	/** The accounts and views whose members are unknown. */
	failures: Failure[];
	/**
	 * Whether an account or a view has no members. That proves nothing, because members may be
	 * hidden.
	 */
	hasEmpty: boolean;
}

/** The people that an item names, and the modules of their records. */
interface AskedMembers {
	people: People;
	/** API names of the modules that the records may belong to. */
	modules: () => Promise<string[]>;
}

/**
 * Reads the members of the accounts and views that items name, each once for all tries of a run,
 * because the changes may remove people from them.
 *
 * @param things the kind of people, for texts: "portal users"
 */
export async function membersOf(
	run: Run,
	things: string,
	asked: AskedMembers[],
): Promise<Members[]> {
	const empty = new Set<string>();
	const members = await mapWithConcurrency(
		asked,
		run.connection.concurrency,
		async ({ people, modules }): Promise<Members> => {
			const { of, values } = people;
			if (!of) return { people, failures: [], hasEmpty: false };
			const ids = new Set<string>();
			const failures: Failure[] = [];
			let hasEmpty = false;
			for (const value of values) {
				try {
					const own = await idsOf(run, of, value, await modules());
					for (const id of own) ids.add(id);
					if (own.length > 0) continue;
					hasEmpty = true;
					empty.add(`${of} ${value}`);
				} catch (caught) {
					const labels = labelsFor(things, of);
					failures.push({ subject: { [of]: value }, error: dataOf(caught), labels });
				}
			}
			return { people: { values: [...ids] }, of, failures, hasEmpty };
		},
	);
	if (empty.size > 0) hint(run.connection, `Nobody is in ${listed([...empty])}.`);
	return members;
}

function labelsFor(things: string, of: string): Failure['labels'] {
	return { thing: `${things} of ${of}`, things };
}

/**
 * Like `orRefused`, but some of the people may be members of accounts and views. An account that
 * has already failed does not fail again.
 *
 * @param people as the item names them
 */
export async function orPeopleRefused<T>(
	run: Run,
	things: string,
	people: People,
	{ failures }: Members,
	lookUp: () => Promise<T[]>,
): Promise<Array<T | Failure>> {
	const { of, values } = people;
	if (!of) return await orRefused(run, subjectsOf(people, 'personality_id'), lookUp);
	const failed = new Set(failures.map(({ subject }) => subject[of]));
	const others = values.filter((value) => !failed.has(value));
	const subjects = subjectsOf({ of, values: others }, 'personality_id');
	return await orRefused(run, subjects, lookUp, labelsFor(things, of));
}

/** The number of names that a hint lists. */
const LISTED = 5;

function listed(names: string[]): string {
	const more = names.length - LISTED;
	return `${names.slice(0, LISTED).join(', ')}${more > 0 ? ` and ${inDigits(more)} more` : ''}`;
}

async function idsOf(
	run: Run,
	of: NonNullable<People['of']>,
	value: string,
	modules: string[],
): Promise<string[]> {
	const key = `people of ${of} ${JSON.stringify(modules)}`;
	const before = run.memory?.found(key, value);
	if (before) return [before.ids ?? []].flat().map(String);
	const ids = await readIds(run, of, value, modules);
	run.memory?.keepFound(key, value, { ids });
	return ids;
}

async function readIds(
	{ connection }: Run,
	of: NonNullable<People['of']>,
	value: string,
	modules: string[],
): Promise<string[]> {
	if (of === 'view') {
		const { id, module } = await findView(connection, modules, value);
		return await recordsInView(connection, module, id);
	}
	if (modules.includes(CONTACTS)) return await contactsOf(connection, value);
	const details = { account: value, modules };
	throw new ZohoApiError(errorData(0, 'INVALID_MODULE', { details }));
}

/**
 * Like `membersOf`, for portal users of one user type or of any, each with the other settings of
 * the item.
 */
export async function usersAmong<
	A extends { people: People; group: { portal: string; userType?: string } },
>(run: Run, asked: A[]): Promise<Array<A & Members>> {
	const members = await membersOf(
		run,
		'portal users',
		asked.map(({ group, people }) => ({
			people,
			modules: async () => await modulesIn(run, group),
		})),
	);
	return asked.map((one, position) => ({ ...one, ...members[position] }));
}

/** API names of the personality modules of a user type, or of all user types of the portal. */
async function modulesIn(
	{ connection }: Run,
	{ portal, userType }: { portal: string; userType?: string },
): Promise<string[]> {
	const types = await userTypesOf(connection, portal);
	const named = types.filter(({ id }) => userType === undefined || id === userType);
	// If a user type does not exist, Zoho reports that when its users are read.
	return [...new Set((named.length > 0 ? named : types).map(({ module }) => module))];
}
