import type { IDataObject } from 'n8n-workflow';

import { wants, watchesPeople } from './events';
import type { PortalEvent, UserEvent, Watch } from './events';
import { jsonOf } from './reading';
import type { Findings, Person, ListedUserType } from './reading';
import type { KnownUserType, Snapshot } from './snapshot';
import type { KnownUser } from './users';

const DAY = 86_400_000;

/** The settings of a poll and of the previous one. */
export interface Watches {
	is: Watch;
	was: Watch;
	/** Whether to report people whose invitation was overdue before reporting began. */
	includeOverdue: boolean;
}

/** The changes, and the new known state. */
export interface News {
	events: PortalEvent[];
	known: Snapshot;
}

/** The known state after a first reading, which reports nothing. */
export function seed(findings: Omit<Findings, 'gone'>, watch: Watch, now: number): Snapshot {
	const users = new Map<string, KnownUser>();
	for (const person of findings.people.values()) {
		const overdue = watch.events.includes('unconfirmed') && isLate(person, watch, now);
		users.set(person.id, { ...knownState(person), told: false, overdue });
	}
	for (const [id, userTypeId] of findings.odd) users.set(id, unread(id, userTypeId));
	return { userTypes: findings.userTypes.map((one) => knownType(one)), users };
}

/**
 * Compares the findings of a poll with the known state. An event is reported only if it was chosen
 * both now and in the previous poll: events that were added report later changes only.
 *
 * Events are in an order in which they can have happened: new and changed user types, people (with
 * several events of one person together), removed people, deleted user types.
 *
 * @param now in ms
 * @returns the same map of users if nothing has changed
 */
export function compare(before: Snapshot, findings: Findings, asked: Watches, now: number): News {
	const { is, was } = asked;
	const isAsked = (event: PortalEvent) => wants(is, event) && wants(was, event);
	const names = new Map(before.userTypes.map(({ id, name }) => [id, name]));
	const users = new Map<string, KnownUser>();
	const ofPeople = [...findings.people.values()].flatMap((person) => {
		const known = before.users.get(person.id);
		const previous = known && previouslyKnown(known, names);
		const late = lateness(person, known, previous, asked, now);
		users.set(person.id, { ...knownState(person, known), ...late.marks });
		return [...changesOf(person, known, previous), ...late.events];
	});
	const removed = findings.gone.flatMap((id): PortalEvent[] => {
		const known = before.users.get(id);
		return known ? [removalOf(known, names)] : [];
	});
	const types = compareTypes(before.userTypes, findings.userTypes);
	const events = [...types.present, ...ofPeople, ...removed, ...types.deleted];
	return {
		events: events.filter(isAsked),
		known: { userTypes: types.known, users: knownFromNowOn(before, findings, users, asked) },
	};
}

/** The new known users: those who were found, and all others who are not gone. */
function knownFromNowOn(
	before: Snapshot,
	{ gone, odd }: Findings,
	found: Map<string, KnownUser>,
	{ is, was }: Watches,
): Map<string, KnownUser> {
	if (!watchesPeople(is)) return before.users.size === 0 ? before.users : new Map();
	const changed = [...found.values()].filter((user) => !isSame(before.users.get(user.id), user));
	const strangers = [...odd].filter(([id]) => !before.users.has(id));
	const isNewlyLate = is.events.includes('unconfirmed') && !isWatchedFor(was, is);
	if (changed.length + strangers.length + gone.length === 0 && !isNewlyLate) return before.users;
	const users = new Map(before.users);
	for (const id of gone) users.delete(id);
	for (const [id, userTypeId] of strangers) users.set(id, unread(id, userTypeId));
	if (isNewlyLate) {
		for (const user of users.values()) {
			// With a different number of days, nobody has been reported yet, but earlier reports
			// are no news.
			users.set(user.id, { ...user, told: false, overdue: user.told || user.overdue });
		}
	}
	for (const user of isNewlyLate ? found.values() : changed) users.set(user.id, user);
	return users;
}

function isSame(one: KnownUser | undefined, other: KnownUser): boolean {
	return (
		one !== undefined &&
		one.userTypeId === other.userTypeId &&
		one.active === other.active &&
		one.confirm === other.confirm &&
		one.emailHash === other.emailHash &&
		one.told === other.told &&
		one.overdue === other.overdue &&
		one.unread === other.unread
	);
}

/**
 * The changes of a person since the known state. A new person counts as active and unconfirmed
 * before, so `userAdded` may be followed by other events.
 */
function changesOf(
	person: Person,
	known: KnownUser | undefined,
	previous: IDataObject | undefined,
): PortalEvent[] {
	if (known?.unread) return [];
	const { active = true, confirm = false } = known ?? {};
	const happened: Array<[UserEvent, boolean]> = [
		['userAdded', !known],
		['userTypeChanged', known !== undefined && known.userTypeId !== person.userTypeId],
		['emailChanged', isOtherAddress(known?.emailHash, person.emailHash)],
		['userConfirmed', person.confirm && !confirm],
		['userActivated', person.active && !active],
		['userDeactivated', !person.active && active],
	];
	return happened
		.filter(([, isSo]) => isSo)
		.map(([event]) => ({
			...eventOf(event, person, previous),
			// Only a move concerns the previous user type.
			...(event === 'userTypeChanged' && { from: known?.userTypeId }),
		}));
}

/** An address that Zoho leaves out does not count as another address. */
function isOtherAddress(before: number | undefined, now: number | undefined): boolean {
	return before !== undefined && now !== undefined && before !== now;
}

/** Whether `unconfirmed` is reported for a person, and the marks that prevent a second report. */
function lateness(
	person: Person,
	known: KnownUser | undefined,
	previous: IDataObject | undefined,
	{ is, was, includeOverdue }: Watches,
	now: number,
): { events: PortalEvent[]; marks: Pick<KnownUser, 'told' | 'overdue'> } {
	const late = is.events.includes('unconfirmed') && isLate(person, is, now);
	if (known?.unread || !isWatchedFor(was, is))
		return { events: [], marks: { told: false, overdue: late } };
	const { told = false, overdue = false } = known ?? {};
	if (!late || told || (overdue && !includeOverdue))
		return { events: [], marks: { told, overdue } };
	const event = eventOf('unconfirmed', person, previous);
	const isTold = wants(is, event) && wants(was, event);
	return { events: [event], marks: { told: isTold, overdue: overdue || !isTold } };
}

function isLate({ confirm, invitedAt }: Person, { unconfirmedDays }: Watch, now: number): boolean {
	return !confirm && invitedAt !== undefined && now - invitedAt >= unconfirmedDays * DAY;
}

/** Whether `unconfirmed` was watched before, with the same number of days. */
function isWatchedFor(was: Watch, is: Watch): boolean {
	return was.events.includes('unconfirmed') && was.unconfirmedDays === is.unconfirmedDays;
}

function removalOf(known: KnownUser, names: Map<string, string>): PortalEvent {
	const previous = previouslyKnown(known, names);
	return {
		event: 'userRemoved',
		userType: { id: known.userTypeId, name: names.get(known.userTypeId) ?? '' },
		subject: { personality_id: known.id, ...previous },
		previous,
	};
}

function eventOf(event: UserEvent, person: Person, previous?: IDataObject) {
	const userType = { id: person.userTypeId, name: person.userTypeName };
	return { event, userType, subject: jsonOf(person), previous };
}

function knownState({ id, userTypeId, active, confirm, emailHash }: Person, known?: KnownUser) {
	const hash = emailHash ?? known?.emailHash;
	return { id, userTypeId, active, confirm, ...(hash !== undefined && { emailHash: hash }) };
}

function unread(id: string, userTypeId: string): KnownUser {
	const none = { active: false, confirm: false, told: false, overdue: false };
	return { id, userTypeId, ...none, unread: true };
}

/** @param names of user types in the known state, by ID */
function previouslyKnown(known: KnownUser, names: Map<string, string>): IDataObject {
	const { userTypeId, active, confirm } = known;
	const name = names.get(userTypeId);
	return {
		user_type_id: userTypeId,
		...(name !== undefined && { user_type_name: name }),
		...(!known.unread && { active, confirm }),
	};
}

function compareTypes(before: KnownUserType[], now: ListedUserType[]) {
	const known = new Map(before.map((one) => [one.id, one]));
	const left = new Set(now.map(({ id }) => id));
	const present = now.flatMap((userType): PortalEvent[] => {
		const { id, name, row } = userType;
		const old = known.get(id);
		const event = { userType: { id, name }, subject: row };
		if (!old) return [{ ...event, event: 'userTypeCreated' }];
		if (!differs(old, userType)) return [];
		const previous = { name: old.name, active: old.active };
		return [{ ...event, event: 'userTypeUpdated', previous }];
	});
	const deleted = before
		.filter(({ id }) => !left.has(id))
		.map(
			({ id, name, active }): PortalEvent => ({
				event: 'userTypeDeleted',
				userType: { id, name },
				subject: { id, name, active },
				previous: { name, active },
			}),
		);
	return { present, deleted, known: now.map((one) => knownType(one, known.get(one.id))) };
}

/** Modules that one of the two readings lacks cannot be compared. */
function differs(old: KnownUserType, { name, active, modules }: ListedUserType): boolean {
	const readTwice = old.modules !== undefined && modules !== undefined;
	return old.name !== name || old.active !== active || (readTwice && old.modules !== modules);
}

function knownType(
	{ id, name, active, modules }: ListedUserType,
	old?: KnownUserType,
): KnownUserType {
	const hash = modules ?? old?.modules;
	return { id, name, active, ...(hash !== undefined && { modules: hash }) };
}
