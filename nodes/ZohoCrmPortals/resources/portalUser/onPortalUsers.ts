import type { IDataObject } from 'n8n-workflow';

import { batch } from '../../run/batch';
import type { Named, Target } from '../../run/batch';
import type { BatchCalls, Group } from '../../run/batchRun';
import type { Outcome, Strategy } from '../../run/operation';
import type { Field } from '../../form/field';
import { isEmail } from '../../form/locator';
import type { Item } from '../../form/item';
import type { Run } from '../../run/run';
import type { OperationLabels } from '../../errors/messages';
import { userTypesOf } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import type { PortalUser } from '../../zoho/people';
import { errorData } from '../../http/error';
import { segment } from '../../zoho/paths';
import type { ZohoErrorData } from '../../http/error';
import { anyUserType, portal } from '../fields';
import { pick } from '../../http/pick';
import { users } from './fields';
import { orPeopleRefused, usersAmong } from './members';
import type { Members } from './members';
import { personMet } from './person';
import { userTypesIfKnown } from './recordFields';
import { UserLookUp } from './userLookUp';
import type { LookedUp } from './userLookUp';

/** The settings of items for portal users, as plain JSON. */
export interface UserGroup extends Group {
	portal: string;
	/** Undefined if the users are looked for in every user type. */
	userType?: string;
	includePrevious: boolean;
}

/** The effect of an operation on a portal user. */
export type Plan =
	| {
			action: string;
			target_user_type_id?: string;
			/** The state of the user after the change; undefined for deleted users. */
			after?: Partial<PortalUser>;
	  }
	/** No change: the user is already in this state. */
	| { unchanged: IDataObject }
	/** Zoho would refuse the change. */
	| { error: ZohoErrorData };

interface OnPortalUsers<G extends UserGroup> extends Omit<BatchCalls<G>, 'idKey'> {
	group: (item: Item) => G;
	batchSize?: (item: Item) => number | undefined;
	maxBatchSize: number | ((group: G) => number);
	labels?: (group: G) => Partial<OperationLabels>;
	/**
	 * The requested change, regardless of the user: items with the same request share one change.
	 */
	wish: (group: G) => IDataObject;
	plan: (group: G, user: PortalUser, types: UserType[]) => Plan;
	/** Whether users have to be read even if their user type is named. */
	reads?: (group: G) => boolean;
}

/**
 * The settings that all operations on portal users share.
 *
 * @param options the options of the operation
 */
export function userGroupOf(item: Item, options: Field<{ includePrevious?: boolean }>): UserGroup {
	const { includePrevious = false } = item.read(options);
	const known = { portal: item.read(portal), userType: item.read(anyUserType) };
	return {
		portal: known.portal,
		...(known.userType !== undefined && { userType: known.userType }),
		includePrevious,
		request: item.request(known),
	};
}

/**
 * Runs operations on portal users, who are named by ID or email, in one user type or in any. If all
 * users are named by ID in one user type each, they are sent without being read. Otherwise, all of
 * them are looked up first, in their state before the run. Items are planned in order, each based on
 * the changes of the items before it.
 */
export function onPortalUsers<G extends UserGroup>(options: OnPortalUsers<G>): Strategy {
	const { reads } = options;
	const isOpen = ({ settings }: Run, { group, people, of }: Named<G> & Members) =>
		group.userType === undefined ||
		of !== undefined ||
		people.values.some(isEmail) ||
		settings.dryRun ||
		group.includePrevious ||
		reads?.(group) === true;
	return batch<G>({
		...options,
		who: users,
		idKey: 'personality_id',
		readOf: personMet,
		find: async (run, asked) => {
			const named = await usersAmong(run, asked);
			if (!named.some((one) => isOpen(run, one)) && !areInSeveralTypes(named)) {
				return named.map(({ group, people }) => people.values.map((id) => ({ id, group })));
			}
			const lookUp = new UserLookUp(run, named);
			const planner = new Planner(run, options);
			const found = await Promise.all(
				named.map(
					async (one, position) =>
						await orPeopleRefused(run, 'portal users', asked[position].people, one, async () => {
							await planner.learn(one.group);
							return await lookUp.users(one.group, one);
						}),
				),
			);
			lookUp.hintOfOthers();
			return named.map(({ group, failures }, position): Array<Target<G>> => {
				const targets = found[position].map((one) =>
					'error' in one ? one : planner.target(group, one.value, one),
				);
				return [...failures, ...targets];
			});
		},
	});
}

/** Whether items name the same person in different user types. */
function areInSeveralTypes<G extends UserGroup>(named: Array<Named<G>>): boolean {
	const [first] = named;
	if (named.every(({ group }) => group.userType === first.group.userType)) return false;
	const types = new Map<string, string | undefined>();
	return named.some(({ group: { userType }, people }) =>
		people.values.some((id) => {
			const isOther = types.has(id) && types.get(id) !== userType;
			types.set(id, userType);
			return isOther;
		}),
	);
}

/** The plan for a person, which items with the same request share. */
interface PlanOfPerson<G> {
	/** The request, as text. */
	wish: string;
	/** The state before the run. */
	user: PortalUser;
	/** The state after the changes that were planned before. */
	now: PortalUser;
	plan: Plan;
	/** The change that an earlier try has made, if the person is in the requested state by it. */
	madeBefore?: string;
	/** The settings of the call. */
	sent: G;
}

/** Plans the changes of all items in order, on a state that changes with the plan. */
class Planner<G extends UserGroup> {
	/** User types of portals that were needed so far. */
	private readonly types = new Map<string, UserType[]>();

	/** The state of people after the planned changes, by ID; null for deleted people. */
	private readonly planned = new Map<string, Partial<PortalUser> | null>();

	/** The last request for each person, by ID. */
	private readonly last = new Map<string, PlanOfPerson<G>>();

	/** The state of people before the run, by ID, as far as they were found. */
	private readonly met = new Map<string, PortalUser>();

	/** The group for each user type, shared so that its users are sent together. */
	private readonly groups = new Map<G, Map<string, G>>();

	constructor(
		private readonly run: Run,
		private readonly options: OnPortalUsers<G>,
	) {}

	/** Reads the user types, for plans and for the names of user types in outcomes. */
	async learn({ portal: name }: G): Promise<void> {
		const { settings, connection } = this.run;
		const read = settings.dryRun ? userTypesOf : userTypesIfKnown;
		this.types.set(name, await read(connection, name));
	}

	/** The request for a person who was looked up, or the outcome. */
	target(group: G, value: string, one: LookedUp): Target<G> {
		const isOfType = !isEmail(value) && group.userType !== undefined;
		if ('failure' in one && !isOfType) return one.failure;
		const found = 'user' in one ? (one.before ?? one.user) : this.met.get(value);
		const user = found ?? idsOf(value, group.userType);
		const id = user.personality_id;
		if (found) this.met.set(id, found);
		const isFound = 'user' in one;
		const userType = this.typeOf(id, isFound ? one.user.user_type_id : undefined);
		const wish = JSON.stringify(this.options.wish(group));
		const before = this.last.get(id);
		if (before?.wish === wish && (isFound || userType === group.userType)) {
			return this.targetOf(group, before);
		}
		if (isOfType && userType !== group.userType) {
			return foreseen(subjectOfUser(this.named(group, user)), notOfType(id));
		}
		const planned = this.plan(group, user, isFound ? one.user : user);
		this.last.set(id, { ...planned, wish });
		return this.targetOf(group, { ...planned, wish });
	}

	/** The user type after the changes planned so far; undefined for deleted people. */
	private typeOf(id: string, before: string | undefined): string | undefined {
		const planned = this.planned.get(id);
		return planned === null ? undefined : (planned?.user_type_id ?? before);
	}

	/**
	 * @param user the state before the run
	 * @param found the state now: an earlier try whose outcome is uncertain may have changed it
	 */
	private plan(group: G, user: PortalUser, found: PortalUser): Omit<PlanOfPerson<G>, 'wish'> {
		const planOf = (one: PortalUser) =>
			this.options.plan(group, one, this.types.get(group.portal) ?? []);
		const changes = this.planned.get(user.personality_id);
		const now = { ...found, ...changes };
		const plan = planOf(now);
		this.note(user.personality_id, plan);
		const first = found === user ? plan : planOf({ ...user, ...changes });
		const madeBefore = 'action' in first ? first.action : undefined;
		return { user, now, plan, madeBefore, sent: this.inType(group, now.user_type_id) };
	}

	/** A user with the name of the user type, if it is known. */
	private named({ portal: name }: G, user: PortalUser): PortalUser {
		const type = this.types.get(name)?.find(({ id }) => id === user.user_type_id);
		return { ...user, user_type_name: user.user_type_name ?? type?.name };
	}

	private targetOf(group: G, { user, now, plan, madeBefore, sent }: PlanOfPerson<G>): Target<G> {
		const { dryRun } = this.run.settings;
		const before = this.named(group, user);
		const previous =
			dryRun || group.includePrevious
				? { previous: previousOf(before, before.user_type_name) }
				: {};
		if (dryRun) return dry(before, plan, previous);
		const subject = subjectOfUser(this.named(group, now));
		if ('unchanged' in plan) {
			const said =
				madeBefore === undefined
					? { unchanged: true, code: 'UNCHANGED' }
					: { ...(madeBefore === 'transferred' && { transferred: true }), code: 'SUCCESS' };
			return { subject, json: { ...subject, ...plan.unchanged, ...said, ...previous } };
		}
		const { personality_id: id, name } = user;
		return {
			id,
			group: sent,
			who: subject,
			output: previous,
			after: 'after' in plan ? pick(plan.after ?? {}, ['user_type_name']) : undefined,
			name: typeof name === 'string' ? name : undefined,
		};
	}

	private note(id: string, plan: Plan): void {
		if (!('action' in plan)) return;
		const before = this.planned.get(id) ?? {};
		this.planned.set(id, plan.after ? { ...before, ...plan.after } : null);
	}

	private inType(group: G, userType: string): G {
		const ofGroup = this.groups.get(group) ?? new Map<string, G>();
		this.groups.set(group, ofGroup);
		const one = ofGroup.get(userType) ?? {
			...group,
			userType,
			// What does not concern Zoho must not split a batch.
			includePrevious: false,
			request: { ...group.request, path: pathIn(group.request.path, userType) },
		};
		ofGroup.set(userType, one);
		return one;
	}
}

/** The path in a user type. It may already contain the user type in which people were before. */
function pathIn(path: string, userType: string): string {
	return path.replace(/(\/user_type\/)[^/]+/, `$1${segment(userType)}`);
}

/** The subject of an outcome, with the data that was read. */
function subjectOfUser(user: PortalUser): IDataObject {
	const { personality_id, name, email, user_type_id, user_type_name } = user;
	return { personality_id, name, email, user_type_id, user_type_name };
}

function idsOf(personality_id: string, user_type_id = ''): PortalUser {
	return { personality_id, user_type_id };
}

/** The outcome of a user in a dry run. */
function dry(user: PortalUser, plan: Plan, previous: IDataObject): Outcome {
	const subject = subjectOfUser(user);
	if ('error' in plan) return foreseen(subject, plan.error);
	const json = { ...subject, planned: true };
	if ('unchanged' in plan) {
		return { subject, json: { ...json, action: 'unchanged', unchanged: true, ...previous } };
	}
	const { action, target_user_type_id, after } = plan;
	const target =
		target_user_type_id === undefined
			? {}
			: { target_user_type_id, target_user_type_name: after?.user_type_name };
	return { subject, json: { ...json, action, ...target, ...previous } };
}

function foreseen(subject: IDataObject, error: ZohoErrorData): Outcome {
	return { subject, error: { ...error, foreseen: true } };
}

function notOfType(personality_id: string): ZohoErrorData {
	return errorData(400, 'INVALID_DATA', { details: { personality_id } });
}

/** The state of a user before a change, so that a workflow can undo the change. */
export function previousOf(user: PortalUser, user_type_name?: string): IDataObject {
	const { user_type_id, active, confirm, email, name, invited_time } = user;
	return { user_type_id, user_type_name, active, confirm, email, name, invited_time };
}
