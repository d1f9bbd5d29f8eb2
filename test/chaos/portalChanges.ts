import type { Emulator } from '../../emulator/server';
import { PORTAL, VENDORS } from '../../emulator/seed';
import type { PortalUser, UserType } from '../../emulator/world';
import type { Random } from '../../emulator/random';

/** What is so of a portal user at a moment. */
export interface UserState {
	userType: string;
	active: boolean;
	confirm: boolean;
	email: string;
	/** In ms. */
	invitedAt: number;
}

/** What is so of a user type at a moment. */
export interface TypeState {
	name: string;
	active: boolean;
}

/** A state that began at a moment; undefined: there was nothing of that ID. */
interface Entry<S> {
	since: number;
	state: S | undefined;
}

const DAY = 86_400_000;

/** So many people in a user type that a full reading takes more calls than a cheap poll. */
const CROWD = 1_700;

/** How many of them are changed as all others are. */
const LIVELY = 20;

/** Changes a portal at random, and remembers what was so at which moment. */
export class PortalChanges {
	/** Counts changes: the moments of history. */
	moment = 0;

	readonly users = new Map<string, Array<Entry<UserState>>>();

	readonly types = new Map<string, Array<Entry<TypeState>>>();

	portal = PORTAL;

	/** Most of a crowd, of whom nothing is changed but their order. */
	private readonly quiet = new Set<string>();

	/** Who has moved or was gone since the poll began: nobody does twice while a portal is read. */
	private readonly moved = new Set<string>();

	constructor(
		private readonly emulator: Emulator,
		private readonly random: Random,
	) {
		this.add(random.pick([0, 3, 40, 120]));
		const crowd = emulator.switches.pageSize < 200 ? 0 : random.pick([0, CROWD, CROWD, CROWD]);
		for (const one of emulator.world.addPortalUsers(VENDORS, crowd).slice(LIVELY)) {
			this.quiet.add(one.personality_id);
		}
		this.record();
	}

	/** A poll begins. */
	begin(): void {
		this.moved.clear();
	}

	/** One change, of which some are of many people. */
	change(): void {
		const { random } = this;
		const kinds = [
			() => this.add(random.pick([1, 1, 3])),
			() => this.add(1),
			() => this.alter((user) => (user.confirm = true)),
			() => this.alter((user) => (user.confirm = true)),
			() => this.alter((user) => (user.active = !user.active && user.confirm)),
			() => this.alter((user) => (user.email = `other${random.below(1_000)}@example.test`)),
			() => this.alter((user) => (user.invited_time = daysAgo(random.below(12)))),
			() => this.move(),
			() => this.move(),
			() => this.remove(1),
			() => this.remove(random.pick([1, 2, 8, 30])),
			() => this.removeAndAddAgain(),
			() => this.reorder(),
			() => this.alterType(),
			() => this.addType(),
			() => this.removeType(),
			() => this.rename(),
		];
		random.pick(kinds)();
		this.record();
	}

	/** What was so of somebody at a moment or after it. */
	static since<S>(history: Array<Entry<S>> | undefined, moment: number): Array<S | undefined> {
		const entries = history ?? [];
		const last = entries.filter(({ since }) => since <= moment).at(-1);
		return [last?.state, ...entries.filter(({ since }) => since > moment).map((one) => one.state)];
	}

	private record(): void {
		this.moment++;
		const { world } = this.emulator;
		note(this.users, this.moment, world.portalUsers, userState);
		note(this.types, this.moment, world.userTypes, ({ name, active }) => ({ name, active }));
	}

	private get people(): PortalUser[] {
		const all = [...this.emulator.world.portalUsers.values()];
		return all.filter((user) => !this.quiet.has(user.personality_id));
	}

	private get userTypes(): UserType[] {
		return [...this.emulator.world.userTypes.values()];
	}

	private add(amount: number): void {
		const { random } = this;
		for (let count = 0; count < amount; count++) {
			const type = random.pick(this.userTypes);
			this.emulator.world.addPortalUsers(type.id, 1, {
				confirm: random.chance(0.5),
				invited_time: daysAgo(random.below(12)),
			});
		}
	}

	private alter(change: (user: PortalUser) => void): void {
		if (this.people.length > 0) change(this.random.pick(this.people));
	}

	private still(): PortalUser[] {
		return this.people.filter((user) => !this.moved.has(user.personality_id));
	}

	private move(): void {
		const still = this.still();
		if (still.length === 0) return;
		const user = this.random.pick(still);
		this.moved.add(user.personality_id);
		user.userTypeId = this.random.pick(this.userTypes).id;
	}

	private remove(amount: number): void {
		for (let count = 0; count < amount; count++) {
			const still = this.still();
			if (still.length === 0) return;
			const { personality_id } = this.random.pick(still);
			this.moved.add(personality_id);
			this.emulator.world.portalUsers.delete(personality_id);
		}
	}

	private removeAndAddAgain(): void {
		const still = this.still();
		if (still.length === 0) return;
		const user = this.random.pick(still);
		this.moved.add(user.personality_id);
		this.emulator.world.portalUsers.delete(user.personality_id);
		this.emulator.world.portalUsers.set(user.personality_id, {
			...user,
			userTypeId: this.random.pick(this.userTypes).id,
		});
	}

	/** Zoho promises no order: some go to the end. */
	private reorder(): void {
		const { portalUsers } = this.emulator.world;
		for (const user of [...portalUsers.values()].filter(() => this.random.chance(0.3))) {
			portalUsers.delete(user.personality_id);
			portalUsers.set(user.personality_id, user);
		}
	}

	private alterType(): void {
		const type = this.random.pick(this.userTypes);
		if (this.random.chance(0.5)) type.active = !type.active;
		else type.name = `Type ${this.random.below(1_000)}`;
	}

	private addType(): void {
		if (this.userTypes.length > 6) return;
		this.emulator.world.addUserType(this.portal, `Type ${this.random.below(1_000)}`);
	}

	private removeType(): void {
		const removable = this.userTypes.filter(({ id, default: usual }) => !usual && id !== VENDORS);
		if (removable.length < 2) return;
		const type = this.random.pick(removable);
		const target = this.random.pick(removable.filter(({ id }) => id !== type.id));
		const people = this.emulator.world.usersOf(type.id);
		// Nobody moves twice in a poll.
		if (people.some(({ personality_id }) => this.moved.has(personality_id))) return;
		for (const user of people) {
			this.moved.add(user.personality_id);
			user.userTypeId = target.id;
		}
		this.emulator.world.userTypes.delete(type.id);
	}

	private rename(): void {
		if (!this.random.chance(0.3)) return;
		const { portals } = this.emulator.world;
		const old = portals.get(this.portal);
		if (!old) throw new Error(`No portal ${this.portal}`);
		portals.delete(this.portal);
		this.portal = `Portal${this.random.below(100_000)}`;
		portals.set(this.portal, { ...old, name: this.portal });
		for (const type of this.userTypes) type.portal = this.portal;
	}
}

/** Writes down what is another state than before. */
function note<T, S extends object>(
	history: Map<string, Array<Entry<S>>>,
	moment: number,
	things: Map<string, T>,
	stateOf: (thing: T) => S,
): void {
	for (const id of new Set([...history.keys(), ...things.keys()])) {
		const thing = things.get(id);
		const state = thing && stateOf(thing);
		const entries = history.get(id);
		if (!entries) history.set(id, [{ since: moment, state }]);
		else if (!isEqual(entries.at(-1)?.state, state)) entries.push({ since: moment, state });
	}
}

function isEqual<S extends object>(one: S | undefined, other: S | undefined): boolean {
	if (!one || !other) return one === other;
	const now = new Map<string, unknown>(Object.entries(other));
	return Object.entries(one).every(([key, value]) => now.get(key) === value);
}

function userState(user: PortalUser): UserState {
	const { userTypeId: userType, active, confirm, email, invited_time } = user;
	return { userType, active, confirm, email, invitedAt: Date.parse(invited_time) };
}

/** Half a day off, so that no test hangs on the moment. */
function daysAgo(days: number): string {
	return new Date(Date.now() - (days + 0.5) * DAY).toISOString();
}
