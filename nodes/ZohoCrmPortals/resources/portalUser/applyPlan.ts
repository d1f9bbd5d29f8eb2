import { errorData, foreseenRefusal } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import { unknownUserType } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import { ACTIONS } from './change';
import type { Change, Unchanged } from './change';
import { isSameTime } from './found';
import type { Found } from './found';
import type { ComparedRow, PlannedChange } from './plannedItem';
import { canTransfer } from './transferable';

/** The changes to make, and the people for whom none is made. */
export interface Judged {
	changes: Change[];
	unchanged: Unchanged[];
	/** Why rows are not carried out, by `keyOfRow`. */
	refused: Map<string, ZohoErrorData>;
}

/** The state that a plan is compared with. */
export interface Reality {
	/** The people in the portal, by ID. */
	people: ReadonlyMap<string, Found>;
	/** All user types of the portal. */
	types: UserType[];
	/** Whether an earlier try of the run has made a change, or may have made it. */
	wasTried: (change: Pick<Change, 'id' | 'action'>) => boolean;
}

/**
 * Compares a plan with the people it concerns, in any order. People who are already in the planned
 * state need no change, and people who have changed since the plan was made are left alone. A pure
 * function.
 */
export function planApply(planned: ComparedRow[], reality: Reality): Judged {
	const judged: Judged = { changes: [], unchanged: [], refused: new Map() };
	const byPerson = new Map<string, Map<string, ComparedRow>>();
	for (const one of planned) {
		const ofPerson = byPerson.get(one.id) ?? new Map<string, ComparedRow>();
		byPerson.set(one.id, ofPerson);
		// If the same invitation is planned in two languages, the first one counts, because it is
		// sent only once.
		const key = JSON.stringify({ ...one, who: undefined, language: undefined });
		if (!ofPerson.has(key)) ofPerson.set(key, one);
	}
	for (const [id, rows] of byPerson) {
		const all = [...rows.values()];
		const told = judge(id, all, reality);
		if ('error' in told) {
			for (const one of all) judged.refused.set(keyOfRow(one), told.error);
			continue;
		}
		for (const { change, isDone, error } of told) {
			if (error) judged.refused.set(keyOfRow(change), error);
			else if (isDone) judged.unchanged.push({ id, action: change.action });
			else judged.changes.push(change);
		}
		if (told.length < all.length) judged.unchanged.push({ id });
	}
	return judged;
}

/** The key of everything that is the same row for one person. */
export function keyOfRow({
	id,
	action = 'unchanged',
}: {
	id: string;
	action?: ComparedRow['action'];
}): string {
	return `${action} ${id}`;
}

/** The changes to a person, or why none of them is made. */
type Told = Array<{ change: Change; isDone: boolean; error?: ZohoErrorData }> | Refused;

interface Refused {
	error: ZohoErrorData;
}

/** @param rows everything that is planned for one person */
function judge(id: string, rows: ComparedRow[], reality: Reality): Told {
	const all = ACTIONS.flatMap((action) =>
		rows.flatMap((one) => (one.action === action ? [one] : [])),
	);
	const first = all.at(0);
	const actions = rows.map(({ action }) => action);
	if (contradicts(all, rows)) {
		return { error: errorData(0, 'TWO_CHANGES', { details: { actions } }) };
	}
	const now = reality.people.get(id);
	const [{ found }] = rows;
	if (!found) {
		if (first) return judgeInvitation(first, all, now, reality);
		return now ? stale(['in the portal']) : [];
	}
	if (!now) {
		if (first?.action !== 'deleted') return stale(['no longer in the portal']);
		return [{ change: { id, action: 'deleted', userType: first.userType }, isDone: true }];
	}
	const target = all.find((one) => one.target !== undefined)?.target ?? found.userType;
	const isTransferred = now.userType === target;
	const differences = differencesIn(all, found, now, target, reality);
	if (differences.length > 0) return stale(differences);
	const { types } = reality;
	const typeOf = (wanted: string) => types.find((type) => type.id === wanted);
	if (!isTransferred && !canTransfer(typeOf(now.userType), typeOf(target))) {
		return foreseen('INVALID_DATA', { transfer_To: target });
	}
	return all.map(({ action, module }) => {
		if (action === 'transferred') {
			return { change: { id, action, userType: now.userType, target }, isDone: isTransferred };
		}
		const isDone =
			(action === 'activated' && now.active) || (action === 'deactivated' && !now.active);
		const isRefused = action === 'deactivated' && !isDone && !now.confirmed;
		const change = { id, action, userType: target, module };
		return { change, isDone, ...(isRefused && foreseen('NOT_ALLOWED', {})) };
	});
}

/** @param all an invitation, and another one if the plan has two */
function judgeInvitation(
	first: PlannedChange,
	all: PlannedChange[],
	now: Found | undefined,
	{ types, wasTried }: Reality,
): Told {
	const { userType } = first;
	if (first.action !== 'invited') return stale([now ? 'in the portal' : 'not in the portal']);
	if (now && now.userType !== userType) {
		return stale(['already in the portal, in another user type']);
	}
	if (!types.some((type) => type.id === userType)) {
		return { error: unknownUserType(userType, types) };
	}
	return all.map(({ id, action, module }) => ({
		change: { id, action, userType, module },
		// If this run has invited them, the other invitation may be left to send.
		isDone: now !== undefined && (action === 'invited' || !wasTried(first)),
	}));
}

/**
 * Whether the changes planned for one person contradict each other, in any order, or the rows come
 * from different plans.
 */
function contradicts(all: PlannedChange[], rows: ComparedRow[]): boolean {
	const actions = new Set(all.map(({ action }) => action));
	return (
		actions.size < all.length ||
		(actions.has('deleted') && actions.size > 1) ||
		(actions.has('activated') && actions.has('deactivated')) ||
		new Set(rows.map(({ found }) => JSON.stringify(found))).size > 1
	);
}

/**
 * The properties in which a person differs both from the state in the plan and from the planned
 * state.
 */
function differencesIn(
	all: PlannedChange[],
	found: Found,
	now: Found,
	target: string,
	{ wasTried }: Reality,
): string[] {
	const wants = (action: Change['action']) => all.find((one) => one.action === action);
	const again = wants('reinvited');
	const isActive =
		now.active === found.active || Boolean(wants(now.active ? 'activated' : 'deactivated'));
	const isSameTimeInvited =
		isSameTime(now.invitedTime, found.invitedTime) || (again !== undefined && wasTried(again));
	return [
		...(now.userType === found.userType || now.userType === target ? [] : ['in another user type']),
		...(isActive ? [] : [now.active ? 'active' : 'deactivated']),
		...(now.confirmed === found.confirmed
			? []
			: [now.confirmed ? 'confirmed: the invitation was accepted' : 'no longer confirmed']),
		...(isSameTimeInvited ? [] : ['invited at another time']),
		...(again === undefined || now.email === found.email ? [] : ['at another email address']),
	];
}

function stale(now: string[]): Refused {
	return { error: errorData(0, 'STALE_PLAN', { details: { now } }) };
}

function foreseen(code: string, details: { transfer_To?: string }): Refused {
	return { error: foreseenRefusal(code, details) };
}
