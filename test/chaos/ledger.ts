import type { IDataObject } from 'n8n-workflow';

import type { TypeState, UserState } from './portalChanges';
import { PortalChanges } from './portalChanges';

/** What somebody knows who saw the portal once and has gone by the events since. */
interface Believed extends Omit<UserState, 'invitedAt'> {
	/** Invitations that were too old when it began, or have been told. */
	overdue: boolean;
}

const DAY = 86_400_000;

/**
 * Keeps the books of a portal by the events that a trigger tells, and finds what is wrong with them:
 * an event that does not fit what was told before (doubled, false or out of order), that tells what
 * was not so at any moment of the poll, and at the end all that was lost.
 */
export class Ledger {
	readonly wrong: string[] = [];

	private readonly users = new Map<string, Believed>();

	private readonly types = new Map<string, TypeState>();

	/** User types as they were before the poll that is entered. */
	private typesBefore = new Map<string, TypeState>();

	/** @param days after which `unconfirmed` is told */
	constructor(
		private readonly truth: PortalChanges,
		private readonly days: number,
	) {
		for (const [id, history] of truth.users) {
			const state = history.at(-1)?.state;
			if (!state) continue;
			const { invitedAt, ...believed } = state;
			this.users.set(id, { ...believed, overdue: this.isLate({ ...believed, invitedAt }) });
		}
		for (const [id, history] of truth.types) {
			const state = history.at(-1)?.state;
			if (state) this.types.set(id, { ...state });
		}
	}

	/** Enters what a poll told. @param began the moment when it began to read */
	enter(items: IDataObject[], began: number): void {
		this.typesBefore = new Map(this.types);
		const before = new Map([...this.users].map(([id, one]) => [id, { ...one }]));
		for (const item of items) this.enterOne(item, began, before);
		const told = new Map(items.flatMap(({ user }) => (user ? [[idOf(user), user]] : [])));
		for (const [id, row] of told) this.compareWithRow(id, row as IDataObject);
	}

	/** What is not in the books, and what is in them and not so, when nothing moves any more. */
	close(): void {
		const ids = new Set([...this.users.keys(), ...this.truth.users.keys()]);
		for (const id of ids) {
			const truth = this.truth.users.get(id)?.at(-1)?.state;
			const { overdue = false, ...believed } = this.users.get(id) ?? {};
			const expected = truth && { ...truth, invitedAt: undefined };
			if (text(expected ?? {}) !== text(believed)) {
				this.complain(id, `is ${text(expected)}, and the events say ${text(believed)}`);
			} else if (truth && this.isLate(truth) && !overdue) {
				this.complain(id, 'has not accepted for days, and nobody was told');
			}
		}
		for (const id of new Set([...this.types.keys(), ...this.truth.types.keys()])) {
			const truth = this.truth.types.get(id)?.at(-1)?.state;
			if (text(truth) !== text(this.types.get(id))) {
				this.complain(id, `is ${text(truth)}, and the events say ${text(this.types.get(id))}`);
			}
		}
	}

	private enterOne(item: IDataObject, began: number, before: Map<string, Believed>): void {
		const event = String(item.event);
		if (item.user_type) {
			this.enterType(event, item.user_type as IDataObject, began);
			return;
		}
		const row = item.user as IDataObject;
		const id = idOf(row);
		this.checkPrevious(id, item, before.get(id));
		const states = PortalChanges.since(this.truth.users.get(id), began);
		const wasSo =
			event === 'userRemoved'
				? states.includes(undefined)
				: states.some((state) => state && isRow(state, row));
		if (!wasSo) this.complain(id, `${event} tells what was never so: ${text(row)}`);
		if (!this.applies(event, id, row))
			this.complain(id, `${event} does not fit what was told before`);
	}

	/** Applies an event to the books; false where that cannot be. */
	private applies(event: string, id: string, row: IDataObject): boolean {
		const user = this.users.get(id);
		if (event === 'userAdded') {
			const [userType, email] = [String(row.user_type_id), String(row.email)];
			this.users.set(id, { userType, active: true, confirm: false, email, overdue: false });
			return !user && this.types.has(userType);
		}
		if (!user) return false;
		const old = { ...user };
		switch (event) {
			case 'userRemoved':
				return this.users.delete(id);
			case 'userTypeChanged':
				user.userType = String(row.user_type_id);
				return user.userType !== old.userType && this.types.has(user.userType);
			case 'emailChanged':
				user.email = String(row.email);
				return user.email !== old.email;
			case 'userConfirmed':
				user.confirm = true;
				return !old.confirm;
			case 'userActivated':
				user.active = true;
				return !old.active;
			case 'userDeactivated':
				user.active = false;
				return old.active;
			case 'unconfirmed':
				user.overdue = true;
				return !old.overdue && !user.confirm;
			default:
				return false;
		}
	}

	private enterType(event: string, row: IDataObject, began: number): void {
		const id = String(row.id);
		const known = this.types.get(id);
		const states = PortalChanges.since(this.truth.types.get(id), began);
		const state = { name: String(row.name), active: row.active === true };
		const gone = event === 'userTypeDeleted';
		const wasSo = gone
			? states.includes(undefined)
			: states.some((one) => text(one) === text(state));
		if (!wasSo) this.complain(id, `${event} tells what was never so: ${text(state)}`);
		const fits =
			event === 'userTypeCreated'
				? !known
				: known !== undefined && (gone || text(known) !== text(state));
		if (!fits) this.complain(id, `${event} does not fit what was told before`);
		if (gone) this.types.delete(id);
		else this.types.set(id, state);
		const left = [...this.users.values()].filter(({ userType }) => userType === id);
		if (gone && left.length > 0) this.complain(id, `is gone with ${left.length} people in it`);
	}

	private checkPrevious(id: string, { event, previous }: IDataObject, known?: Believed): void {
		const expected = known && {
			user_type_id: known.userType,
			user_type_name: this.typesBefore.get(known.userType)?.name,
			active: known.active,
			confirm: known.confirm,
		};
		if (text(previous) !== text(expected)) {
			this.complain(
				id,
				`${String(event)} has as previous ${text(previous)}, not ${text(expected)}`,
			);
		}
	}

	/** All that differs of somebody is told at once. */
	private compareWithRow(id: string, row: IDataObject): void {
		const user = this.users.get(id);
		if (user && !isRow({ ...user, invitedAt: NaN }, row)) {
			this.complain(id, `was told as ${text(row)}, and the events say ${text(user)}`);
		}
	}

	private isLate({ confirm, invitedAt }: UserState): boolean {
		return !confirm && Date.now() - invitedAt >= this.days * DAY;
	}

	private complain(id: string, complaint: string): void {
		this.wrong.push(`${id} ${complaint}`);
	}
}

function isRow({ userType, active, confirm, email }: UserState, row: IDataObject): boolean {
	return (
		row.user_type_id === userType &&
		row.active === active &&
		row.confirm === confirm &&
		row.email === email
	);
}

function idOf(row: unknown): string {
	return String((row as IDataObject).personality_id);
}

function text(value: unknown): string {
	return JSON.stringify(value) ?? 'nothing';
}
