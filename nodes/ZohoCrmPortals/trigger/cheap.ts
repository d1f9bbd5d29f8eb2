import { dataOf } from '../http/error';
import { pagesFor } from '../http/paginate';
import { isRefusal } from '../http/proof';
import { isExplained, isHollow } from './baseline';
import type { Differences } from './baseline';
import { CHANGING, confirmUserTypes } from './believe';
import { USER_EVENTS } from './events';
import type { UserEvent, Watch } from './events';
import { anchorsAmong, lookAgain } from './lookAgain';
import { readPeople, readPortalTypes } from './readPortal';
import type { Selection, Source } from './readPortal';
import type { Findings, Listing, Person, ListedUserType } from './reading';
import type { Snapshot } from './snapshot';
import type { KnownUser } from './users';

type Small = Exclude<Selection, 'AllUsers'>;

/** The small lists in which each event shows. */
const SHOWN_BY: Record<UserEvent, Small[]> = {
	userConfirmed: ['NotConfirmedUsers'],
	unconfirmed: ['NotConfirmedUsers'],
	userActivated: ['DeactiveUsers'],
	userDeactivated: ['DeactiveUsers'],
	userAdded: ['NotConfirmedUsers', 'DeactiveUsers'],
	userRemoved: ['NotConfirmedUsers', 'DeactiveUsers'],
	userTypeChanged: ['NotConfirmedUsers', 'DeactiveUsers'],
	emailChanged: ['NotConfirmedUsers', 'DeactiveUsers'],
};

/** The condition for being in a list. */
const BELONGS: Record<Selection, (one: { active: boolean; confirm: boolean }) => boolean> = {
	AllUsers: () => true,
	NotConfirmedUsers: ({ confirm }) => !confirm,
	DeactiveUsers: ({ active }) => !active,
};

/** The small lists of each user type that the chosen events need. */
function listsFor({ events }: Pick<Watch, 'events'>): Small[] {
	const shown = USER_EVENTS.filter((event) => events.includes(event));
	return [...new Set(shown.flatMap((event) => SHOWN_BY[event]))];
}

/**
 * Whether a cheap poll takes fewer calls than a full reading of the known portal. With only events
 * about user types, it does not, because no users are read at all.
 */
export function savesCalls(known: Snapshot, watch: Pick<Watch, 'events'>): boolean {
	const small = listsFor(watch);
	if (small.length === 0) return false;
	const calls = (selection: Selection) => listCalls(known, selection);
	return small.reduce((sum, one) => sum + calls(one), 0) < calls('AllUsers');
}

/** The number of calls for reading a list of each user type. */
function listCalls({ userTypes, users }: Snapshot, selection: Selection): number {
	const { [selection]: amounts } = overviewOf(users).amounts;
	return userTypes.reduce((sum, { id }) => sum + pagesFor(amounts.get(id) ?? 0), 0);
}

/** Data derived from the known people. */
interface Overview {
	/** The number of people in each list, by the ID of the user type. */
	amounts: Record<Selection, Map<string, number>>;
	/** The people in the small lists. */
	listed: Record<Small, KnownUser[]>;
}

/** Overviews of user maps that no longer change: a poll without changes reuses the previous one. */
const overviews = new WeakMap<Snapshot['users'], Overview>();

function overviewOf(users: Snapshot['users']): Overview {
	const known = overviews.get(users);
	if (known) return known;
	const none = (): Map<string, number> => new Map();
	const overview: Overview = {
		amounts: { AllUsers: none(), NotConfirmedUsers: none(), DeactiveUsers: none() },
		listed: { NotConfirmedUsers: [], DeactiveUsers: [] },
	};
	for (const user of users.values()) {
		add(overview.amounts.AllUsers, user.userTypeId, 1);
		for (const small of ['NotConfirmedUsers', 'DeactiveUsers'] as const) {
			if (!BELONGS[small](user)) continue;
			add(overview.amounts[small], user.userTypeId, 1);
			if (!user.unread) overview.listed[small].push(user);
		}
	}
	overviews.set(users, overview);
	return overview;
}

function add(amounts: Map<string, number>, userTypeId: string, amount: number): void {
	amounts.set(userTypeId, (amounts.get(userTypeId) ?? 0) + amount);
}

/** The basis of a cheap poll. */
export interface Basis {
	before: Snapshot;
	differences: Differences;
	watch: Watch;
	maxRemovals: number;
}

/** The result of a cheap poll. */
export type Cheap =
	/** The findings, and the number of people in the lists that were read in full. */
	| { findings: Findings; amounts: Map<string, number> }
	/** The lists and counts do not explain each other. */
	| 'unexplained'
	/** Zoho returns no counts, or does not filter people by state. */
	| 'blind';

/**
 * Reads only the small lists of a portal: the counts of the user types, and the people who have not
 * confirmed or who may not log in. People who have left such a list are looked up. A user type is
 * read in full if its count does not match the known people.
 */
export async function readCheaply(source: Source, basis: Basis): Promise<Cheap> {
	// Only full readings compare the modules of user types.
	return await look({ ...source, withModules: false }, basis).catch((error: unknown) => {
		if (!CHANGING.has(dataOf(error).code)) throw error;
		return 'unexplained';
	});
}

async function look(source: Source, { before, watch, ...rest }: Basis): Promise<Cheap> {
	const { differences, maxRemovals } = rest;
	const userTypes = await readPortalTypes(source);
	if (userTypes.some(({ count }) => count === undefined)) return 'blind';
	const ids = new Set(userTypes.map(({ id }) => id));
	// The people of a deleted user type may be in any other one.
	if (before.userTypes.some(({ id }) => !ids.has(id))) return 'unexplained';

	const selections = listsFor(watch);
	const sight = new Sight(before, userTypes, selections);
	for (const selection of selections) {
		const lists = await readSmall(source, userTypes, selection);
		if (!lists) return 'blind';
		for (const [place, list] of lists.entries()) sight.add(userTypes[place], list);
	}
	for (;;) {
		const doubted = sight.doubted();
		if (doubted.length > 0) await settle(source, sight, doubted);
		const unexplained = sight.unexplained(differences);
		if (unexplained.length === 0) break;
		const lists = await readPeople(source, unexplained);
		for (const [place, list] of lists.entries()) sight.addWhole(unexplained[place], list);
	}
	const { findings, amounts } = sight;
	const { gone } = findings;
	if (gone.length === 0) return { findings, amounts };
	const isDoubtful =
		gone.length > maxRemovals ||
		gone.length === before.users.size ||
		userTypes.some((one) => isHollow(one, amounts.get(one.id), differences));
	if (isDoubtful) return 'unexplained';
	await confirmUserTypes(source, { userTypes, amounts: sight.counted(), differences });
	return { findings, amounts };
}

/** Reads a small list of each user type; undefined if Zoho does not apply the filter. */
async function readSmall(
	source: Source,
	userTypes: ListedUserType[],
	selection: Small,
): Promise<Listing[] | undefined> {
	const lists = await readPeople(source, userTypes, selection).catch((error: unknown) => {
		const { code, httpStatus, details } = dataOf(error);
		const refused = isRefusal(httpStatus) && ![401, 403, 429].includes(httpStatus);
		// Zoho counts everybody, whatever the filter.
		const countsAll =
			code === 'INCOMPLETE_LIST' && userTypes.some(({ count }) => count === details.total);
		if (!countsAll && (!refused || code === 'INVALID_DATA')) throw error;
		return undefined;
	});
	return lists?.every(({ people }) => people.every(BELONGS[selection])) ? lists : undefined;
}

async function settle(source: Source, sight: Sight, doubted: string[]): Promise<void> {
	const { before, userTypes, people, ambiguous } = sight;
	const asked = new Set(doubted);
	const anchors = new Map([
		...anchorsAmong(before.users.values(), asked),
		...anchorsAmong(people.values(), asked),
	]);
	const around = { userTypes, amounts: sight.counted(), anchors, before };
	const found = await lookAgain(source, around, doubted, ambiguous);
	sight.nameless += found.nameless;
	for (const id of doubted) {
		sight.ambiguous.delete(id);
		const person = found.people.get(id);
		const odd = found.odd.get(id);
		if (person) sight.people.set(id, person);
		else sight.people.delete(id);
		if (odd !== undefined) sight.odd.set(id, odd);
		sight.settled.add(id);
	}
}

/** The observations of a cheap poll so far, and the conclusions. */
class Sight {
	/** The people seen so far, with their user type and state, by ID. */
	readonly people = new Map<string, Person>();

	readonly odd = new Map<string, string>();

	nameless = 0;

	/** IDs that were seen in two user types, or in two states. */
	readonly ambiguous = new Set<string>();

	/** IDs that were looked up: they are where they were found, or gone. */
	readonly settled = new Set<string>();

	/** The number of people in the lists that were read in full, by the ID of the user type. */
	readonly amounts = new Map<string, number>();

	/**
	 * @param before the known state
	 * @param selections the small lists that are read of each user type
	 */
	constructor(
		readonly before: Snapshot,
		readonly userTypes: ListedUserType[],
		private readonly selections: Small[],
	) {}

	/** Adds a list of a user type. */
	add({ id: userTypeId }: ListedUserType, { people, odd, nameless }: Listing): void {
		this.nameless += nameless;
		for (const id of odd) {
			this.odd.set(id, userTypeId);
			this.people.delete(id);
		}
		for (const person of people) {
			if (this.odd.has(person.id)) continue;
			const other = this.people.get(person.id);
			if (other && isElsewhere(other, person)) this.ambiguous.add(person.id);
			this.people.set(person.id, person);
		}
	}

	/** Adds the complete list of a user type. */
	addWhole(userType: ListedUserType, list: Listing): void {
		// If a user type was read twice, the later list counts.
		const ids = new Set([...list.people.map(({ id }) => id), ...list.odd]);
		for (const [id, { userTypeId }] of this.people) {
			if (userTypeId !== userType.id) continue;
			this.people.delete(id);
			if (!ids.has(id)) this.settled.delete(id);
		}
		this.add(userType, list);
		this.amounts.set(userType.id, ids.size + list.nameless);
	}

	/** IDs of people who have to be looked up. */
	doubted(): string[] {
		const { users } = this.before;
		const { listed } = overviewOf(users);
		// The people who would be in the lists if nothing had changed.
		const expected = this.selections.flatMap((one) => listed[one]);
		if (this.amounts.size > 0) {
			for (const known of users.values()) {
				if (this.amounts.has(known.userTypeId)) expected.push(known);
			}
		}
		const missing = expected.filter(
			({ id }) => !this.people.has(id) && !this.odd.has(id) && !this.settled.has(id),
		);
		return [...new Set([...missing.map(({ id }) => id), ...this.ambiguous])];
	}

	/** User types whose count does not match the known people, and that were not read in full. */
	unexplained(differences: Differences): ListedUserType[] {
		const amounts = this.counted();
		return this.userTypes.filter((userType) => {
			if (this.amounts.has(userType.id)) return false;
			return !isExplained(userType, amounts.get(userType.id) ?? 0, differences);
		});
	}

	/** The known number of people in each user type, by its ID. */
	counted(): Map<string, number> {
		const { users } = this.before;
		const amounts = new Map(overviewOf(users).amounts.AllUsers);
		for (const id of new Set([...this.people.keys(), ...this.odd.keys(), ...this.settled])) {
			const known = users.get(id);
			if (known) add(amounts, known.userTypeId, -1);
		}
		for (const { userTypeId } of this.people.values()) add(amounts, userTypeId, 1);
		for (const userTypeId of this.odd.values()) add(amounts, userTypeId, 1);
		return amounts;
	}

	/** The findings, once nobody is uncertain. */
	get findings(): Findings {
		const { userTypes, odd, nameless } = this;
		// A row without an ID may belong to any missing person.
		const gone = nameless > 0 ? [] : [...this.settled].filter((id) => this.isGone(id));
		return { userTypes, people: this.people, gone, odd, nameless };
	}

	private isGone(id: string): boolean {
		return !this.people.has(id) && !this.odd.has(id) && this.before.users.has(id);
	}
}

function isElsewhere(one: Person, other: Person): boolean {
	return (
		one.userTypeId !== other.userTypeId ||
		one.active !== other.active ||
		one.confirm !== other.confirm
	);
}
