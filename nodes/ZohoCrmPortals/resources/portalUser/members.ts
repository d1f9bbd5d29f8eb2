import { hint } from '../../run/hint';
import { orRefused, subjectsOf } from '../../run/batch';
import type { Run } from '../../run/run';
import type { Failure } from '../../errors/nodeError';
import { inDigits } from '../../errors/words';
import type { People } from '../../form/locator';
import { dataOf, errorData, ZohoApiError } from '../../http/error';
import { mapWithConcurrency } from '../../http/concurrency';
import { userTypesOf } from '../../zoho/directory';
import { listOf } from '../../http/exactJson';
import { CONTACTS, contactsOf, findView, recordsInView } from '../../zoho/members';
import type { MemberModule } from '../../zoho/members';
import type { FoundRecord } from '../../zoho/recordSearch';

/**
 * The people that an item names, with the members of accounts and views in place of the accounts
 * and views.
 */
export interface Members {
	/** All of them, by ID or email address. */
	people: People;
	/** Set if they are members of accounts or views and were not named themselves. */
	of?: People['of'];
	/** The records of the members, by ID. */
	records: ReadonlyMap<string, FoundRecord>;
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
	/** The modules that the records may belong to. */
	modules: () => Promise<MemberModule[]>;
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
			if (!of) return { people, records: new Map(), failures: [], hasEmpty: false };
			const records = new Map<string, FoundRecord>();
			const failures: Failure[] = [];
			let hasEmpty = false;
			for (const value of values) {
				try {
					const own = await peopleOf(run, of, value, await modules());
					for (const record of own) records.set(record.id, record);
					if (own.length > 0) continue;
					hasEmpty = true;
					empty.add(`${of} ${value}`);
				} catch (caught) {
					const labels = labelsFor(things, of);
					failures.push({ subject: { [of]: value }, error: dataOf(caught), labels });
				}
			}
			return { people: { values: [...records.keys()] }, records, of, failures, hasEmpty };
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

async function peopleOf(
	run: Run,
	of: NonNullable<People['of']>,
	value: string,
	modules: MemberModule[],
): Promise<FoundRecord[]> {
	const key = `people of ${of} ${JSON.stringify(modules)}`;
	const before = run.memory?.found(key, value);
	if (before) {
		return listOf(before.records).map(({ id, name, email }) => ({
			id: String(id),
			name: String(name),
			email: String(email),
		}));
	}
	const records = await readMembership(run, of, value, modules);
	run.memory?.keepFound(key, value, { records: records.map((record) => ({ ...record })) });
	return records;
}

async function readMembership(
	{ connection }: Run,
	of: NonNullable<People['of']>,
	value: string,
	all: MemberModule[],
): Promise<FoundRecord[]> {
	const modules = all.map(({ module }) => module);
	const emailIn = (module: string) => all.find((one) => one.module === module)?.email;
	if (of === 'view') {
		const { id, module } = await findView(connection, modules, value);
		return await recordsInView(connection, module, id, emailIn(module));
	}
	if (modules.includes(CONTACTS)) return await contactsOf(connection, value, emailIn(CONTACTS));
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

/** The personality modules of a user type, or of all user types of the portal. */
async function modulesIn(
	{ connection }: Run,
	{ portal, userType }: { portal: string; userType?: string },
): Promise<MemberModule[]> {
	const types = await userTypesOf(connection, portal);
	const named = types.filter(({ id }) => userType === undefined || id === userType);
	// If a user type does not exist, Zoho reports that when its users are read.
	const modules = new Set((named.length > 0 ? named : types).map(({ module }) => module));
	return [...modules].map((module) => ({ module }));
}
