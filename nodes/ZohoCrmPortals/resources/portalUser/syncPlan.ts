import type { UserType } from '../../zoho/directory';
import { errorData } from '../../http/error';
import type { ZohoErrorData } from '../../http/error';
import type { Change, PortalPerson, Unchanged } from './change';
import { canTransfer } from './transferable';

/** A person on the list, with the user type they should have. */
export interface Wanted {
	id: string;
	/** ID of the user type. */
	userType: string;
	/** Whether to invite the person again if they have not accepted. */
	resend: boolean;
}

/** The treatment of people who are not on the list. */
export type Others = 'leave' | 'deactivate' | 'delete';

export interface PlanSettings {
	/** All user types of the portal. */
	types: UserType[];
	others: Others;
	/** IDs of the user types in which people who are not on the list are affected. */
	governed: ReadonlySet<string>;
}

export interface SyncPlan {
	/** Changes to one person are in the order in which they are made. */
	changes: Change[];
	unchanged: Unchanged[];
	/** Why people on the list cannot get the state that it asks for. */
	refused: Map<string, ZohoErrorData>;
}

/**
 * Plans the changes that make a portal match a list. A pure function: the same people, list and
 * settings always give the same plan, in time linear in both.
 */
export function planSync(
	people: readonly PortalPerson[],
	list: readonly Wanted[],
	{ types, others, governed }: PlanSettings,
): SyncPlan {
	const plan: SyncPlan = { changes: [], unchanged: [], refused: new Map() };
	const inPortal = new Map(people.map((person) => [person.id, person]));
	const typeOf = new Map(types.map((type) => [type.id, type]));
	const add = (id: string, changes: Change[], unchanged: Unchanged = { id }): void => {
		plan.changes.push(...changes);
		if (changes.length === 0) plan.unchanged.push(unchanged);
	};

	const onList = new Map<string, Wanted>();
	for (const wanted of list) {
		const { id, userType } = wanted;
		const first = onList.get(id) ?? wanted;
		onList.set(id, first);
		if (first.userType === userType) continue;
		const names = [first.userType, userType].map((one) => typeOf.get(one)?.name ?? one);
		plan.refused.set(id, errorData(0, 'TWO_USER_TYPES', { details: { names } }));
	}
	for (const [id, wanted] of onList) {
		const person = inPortal.get(id);
		const [from, to] = [person?.userType ?? wanted.userType, wanted.userType];
		if (plan.refused.has(id)) continue;
		if (from === to || canTransfer(typeOf.get(from), typeOf.get(to))) {
			add(id, changesFor(wanted, person));
		} else {
			const refusal = errorData(400, 'INVALID_DATA', { details: { transfer_To: to } });
			plan.refused.set(id, { ...refusal, foreseen: true });
		}
	}
	for (const { id, userType, active, confirmed } of inPortal.values()) {
		if (others === 'leave' || onList.has(id) || !governed.has(userType)) continue;
		if (others === 'delete') add(id, [{ action: 'deleted', id, userType }]);
		else if (!active) add(id, []);
		else if (confirmed) add(id, [{ action: 'deactivated', id, userType }]);
		else add(id, [], { id, unconfirmed: true });
	}
	return plan;
}

/** The changes that make a person match the list. */
function changesFor({ id, userType, resend }: Wanted, person?: PortalPerson): Change[] {
	if (!person) return [{ action: 'invited', id, userType }];
	const changes: Change[] = [];
	if (person.userType !== userType) {
		changes.push({ action: 'transferred', id, userType: person.userType, target: userType });
	}
	if (resend && !person.confirmed) changes.push({ action: 'reinvited', id, userType });
	if (!person.active) changes.push({ action: 'activated', id, userType });
	return changes;
}

/**
 * The user types in which people who are not on the list are affected: those on the list, or all
 * with the same module.
 */
export function governedBy(
	named: ReadonlySet<string>,
	types: UserType[],
	othersIn: 'named' | 'all',
): Set<string> {
	const modules = new Set(types.filter(({ id }) => named.has(id)).map(({ module }) => module));
	const governed = types.filter(({ id, module }) =>
		othersIn === 'all' ? modules.has(module) : named.has(id),
	);
	return new Set(governed.map(({ id }) => id));
}
