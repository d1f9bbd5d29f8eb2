import type { IDataObject } from 'n8n-workflow';

import { wants } from './events';
import type { PortalEvent, UserEvent, Watch } from './events';
import { jsonOf } from './reading';
import type { Person, Reading, UserType } from './reading';
import type { KnownUserType, Snapshot } from './snapshot';
import type { KnownUser } from './users';

const DAY = 86_400_000;

/** What a poll is asked for, and what the one before it was asked for. */
export interface Asked {
	is: Watch;
	was: Watch;
	/** Whether those are told who were late before anybody was to be told. */
	includeOverdue: boolean;
}

/** What changed, and what is known from now on. */
export interface Comparison {
	events: PortalEvent[];
	known: Snapshot;
}

/** What is known after a first look, of which nothing is told. */
export function seed(reading: Reading, watch: Watch, now: number): Snapshot {
	const users = new Map<string, KnownUser>();
	for (const person of reading.people.values()) {
		const overdue = watch.events.includes('unconfirmed') && isLate(person, watch, now);
		users.set(person.id, { ...stateOf(person), told: false, overdue });
	}
	return { userTypes: reading.userTypes.map((one) => knownType(one)), users };
}

/**
 * Compares a reading with what was known before it. An event is told when it is asked for and was
 * asked for before: what was switched on since then is told of later changes only.
 *
 * Events are in an order in which they can have happened: new and changed user types, people, with
 * several events of one person together, removed people, deleted user types.
 *
 * @param now in ms
 */
export function compare(before: Snapshot, reading: Reading, asked: Asked, now: number): Comparison {
	const { is, was } = asked;
	const isAsked = (event: PortalEvent) => wants(is, event) && wants(was, event);
	const users = new Map<string, KnownUser>();
	const ofPeople = [...reading.people.values()].flatMap((person) => {
		const known = before.users.get(person.id);
		const late = lateness(person, known, asked, now);
		users.set(person.id, { ...stateOf(person), ...late.marks });
		return [...changesOf(person, known), ...late.events];
	});
	const types = compareTypes(before.userTypes, reading.userTypes);
	const events = [...types.present, ...ofPeople, ...removals(before, reading), ...types.deleted];
	return { events: events.filter(isAsked), known: { userTypes: types.known, users } };
}

/** What happened to a person since what was known; nobody was invited without being told before. */
function changesOf(person: Person, known: KnownUser | undefined): PortalEvent[] {
	const previous = known && previousOf(known);
	const { active = true, confirm = false } = known ?? {};
	const moved = known && known.userTypeId !== person.userTypeId;
	const names: Array<UserEvent | false | undefined> = [
		!known && 'userAdded',
		moved && 'userTypeChanged',
		known && known.emailHash !== person.emailHash && 'emailChanged',
		person.confirm && !confirm && 'userConfirmed',
		person.active && !active && 'userActivated',
		!person.active && active && 'userDeactivated',
	];
	return names
		.filter((name) => name !== false && name !== undefined)
		.map((event) => ({
			...eventOf(event, person, previous),
			// Only a move concerns the user type that was left.
			...(event === 'userTypeChanged' && { from: known?.userTypeId }),
		}));
}

/** Whether `unconfirmed` is told of a person, and what is noted so that it is told once. */
function lateness(
	person: Person,
	known: KnownUser | undefined,
	{ is, was, includeOverdue }: Asked,
	now: number,
): { events: PortalEvent[]; marks: Pick<KnownUser, 'told' | 'overdue'> } {
	const late = is.events.includes('unconfirmed') && isLate(person, is, now);
	const before = was.events.includes('unconfirmed') && was.unconfirmedDays === is.unconfirmedDays;
	if (!before) return { events: [], marks: { told: false, overdue: late } };
	const { told = false, overdue = false } = known ?? {};
	if (!late || told || (overdue && !includeOverdue))
		return { events: [], marks: { told, overdue } };
	const event = eventOf('unconfirmed', person, known && previousOf(known));
	const isTold = wants(is, event) && wants(was, event);
	return { events: [event], marks: { told: isTold, overdue: overdue || !isTold } };
}

function isLate({ confirm, invitedAt }: Person, { unconfirmedDays }: Watch, now: number): boolean {
	return !confirm && invitedAt !== undefined && now - invitedAt >= unconfirmedDays * DAY;
}

function removals(before: Snapshot, { people }: Reading): PortalEvent[] {
	const names = new Map(before.userTypes.map(({ id, name }) => [id, name]));
	return [...before.users.values()]
		.filter(({ id }) => !people.has(id))
		.map((known) => ({
			event: 'userRemoved',
			userType: { id: known.userTypeId, name: names.get(known.userTypeId) ?? '' },
			subject: { personality_id: known.id, ...previousOf(known) },
			previous: previousOf(known),
		}));
}

function eventOf(event: UserEvent, person: Person, previous?: IDataObject) {
	const userType = { id: person.userTypeId, name: person.userTypeName };
	return { event, userType, subject: jsonOf(person), previous };
}

function stateOf({ id, userTypeId, active, confirm, emailHash }: Person) {
	return { id, userTypeId, active, confirm, emailHash };
}

function previousOf({ userTypeId, active, confirm }: KnownUser): IDataObject {
	return { user_type_id: userTypeId, active, confirm };
}

function compareTypes(before: KnownUserType[], now: UserType[]) {
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

/** Modules that were not read at one of the times cannot be compared. */
function differs(old: KnownUserType, { name, active, modules }: UserType): boolean {
	const readTwice = old.modules !== undefined && modules !== undefined;
	return old.name !== name || old.active !== active || (readTwice && old.modules !== modules);
}

function knownType({ id, name, active, modules }: UserType, old?: KnownUserType): KnownUserType {
	const hash = modules ?? old?.modules;
	return { id, name, active, ...(hash !== undefined && { modules: hash }) };
}
