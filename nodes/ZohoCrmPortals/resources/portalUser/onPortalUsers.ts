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
import { UserLookUp } from './userLookUp';
import type { LookedUp } from './userLookUp';

/** What items ask for portal users, as plain JSON. */
export interface UserGroup extends Group {
	portal: string;
	/** Undefined: the users are looked for in every user type. */
	userType?: string;
	includePrevious: boolean;
}

/** What doing it would change about a portal user. */
export type Plan =
	| {
			action: string;
			target_user_type_id?: string;
			/** How the user is then; undefined for users who are gone. */
			after?: Partial<PortalUser>;
	  }
	/** Nothing: this is how the user is already. */
	| { unchanged: IDataObject }
	/** Zoho would refuse it. */
	| { error: ZohoErrorData };

interface OnPortalUsers<G extends UserGroup> extends Omit<BatchCalls<G>, 'idKey'> {
	group: (item: Item) => G;
	batchSize?: (item: Item) => number | undefined;
	maxBatchSize: number | ((group: G) => number);
	labels?: (group: G) => Partial<OperationLabels>;
	/** What is wished for a user, whoever it is: two items that wish the same have one change. */
	wish: (group: G) => IDataObject;
	plan: (group: G, user: PortalUser, types: UserType[]) => Plan;
	/** Whether users have to be read even though their user type is named. */
	reads?: (group: G) => boolean;
}

/**
 * What every operation on portal users asks.
 *
 * @param options those of the operation
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
 * Runs operations on portal users, who are named by id or email, in one user type or in any. Those
 * named by id in a user type are sent as they are; all others are looked up first, as they are before
 * the run. Items are planned in their order, each on what the ones before it will have done.
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
		find: async (run, asked) => {
			const named = await usersAmong(run, asked);
			const lookUp = new UserLookUp(
				run,
				named.filter((one) => isOpen(run, one)),
			);
			const planner = new Planner(run, options);
			const found = await Promise.all(
				named.map(async (one, position) =>
					isOpen(run, one)
						? await orPeopleRefused(run, 'portal users', asked[position].people, one, async () => {
								await planner.learn(one.group);
								return await lookUp.users(one.group, one);
							})
						: undefined,
				),
			);
			lookUp.hintOfOthers();
			return named.map(({ group, people, failures }, position): Array<Target<G>> => {
				const ofItem = found[position];
				const targets = ofItem
					? ofItem.map((one) => ('error' in one ? one : planner.target(group, one.value, one)))
					: people.values.map((value) => planner.unread(group, value));
				return [...failures, ...targets];
			});
		},
	});
}

/** Plans what items ask for people, one after the other, on a state that moves on. */
class Planner<G extends UserGroup> {
	/** User types of portals, as far as they are needed. */
	private readonly types = new Map<string, UserType[]>();

	/** How people will be after what is planned for them, by id; null for who is gone. */
	private readonly planned = new Map<string, Partial<PortalUser> | null>();

	/** What was wished last for somebody, by id, and what came of it. */
	private readonly last = new Map<string, { wish: string; target: Target<G> }>();

	/** The group in each user type: the same for all, so that they are sent together. */
	private readonly groups = new Map<G, Map<string, G>>();

	constructor(
		private readonly run: Run,
		private readonly options: OnPortalUsers<G>,
	) {}

	/** Reads what a plan needs to know beside the people; without a user type, they are read anyway. */
	async learn({ portal: name, userType, includePrevious }: G): Promise<void> {
		const { settings, connection } = this.run;
		if (!settings.dryRun && !includePrevious && userType !== undefined) return;
		this.types.set(name, await userTypesOf(connection, name));
	}

	/** Somebody who is sent as named, without being read. */
	unread(group: G, id: string): Target<G> {
		const { userType } = group;
		const { wish, plan } = this.options;
		const target = { id, group };
		const known = { personality_id: id, user_type_id: userType ?? '' };
		this.note(id, plan(group, { ...known, ...this.planned.get(id) }, []));
		this.last.set(id, { wish: JSON.stringify(wish(group)), target });
		return target;
	}

	/** What is to be sent for somebody who was looked up, or their outcome. */
	target(group: G, value: string, one: LookedUp): Target<G> {
		const { dryRun } = this.run.settings;
		const isOfType = !isEmail(value) && group.userType !== undefined;
		if ('failure' in one) {
			if (!isOfType) return one.failure;
			const moved = this.planned.get(value);
			const isThere = moved?.user_type_id === group.userType;
			if (isThere) return this.plan(group, { ...moved, ...idsOf(value, group.userType) });
			// Where Zoho can tell that somebody is not of a user type, the word is Zoho's.
			return dryRun ? foreseen(idsOf(value), notOfType(value)) : { id: value, group };
		}
		const { user } = one;
		const moved = this.planned.get(user.personality_id)?.user_type_id ?? user.user_type_id;
		if (dryRun && isOfType && moved !== group.userType) {
			return foreseen(subjectOfUser(user), notOfType(value));
		}
		return this.plan(group, user);
	}

	private plan(group: G, user: PortalUser): Target<G> {
		const { personality_id: id } = user;
		const wish = JSON.stringify(this.options.wish(group));
		const before = this.last.get(id);
		if (before?.wish === wish) return before.target;
		const types = this.types.get(group.portal) ?? [];
		const now = { ...user, ...this.planned.get(id) };
		const plan = this.options.plan(group, now, types);
		this.note(id, plan);
		const target = this.targetOf(group, user, now.user_type_id, plan);
		this.last.set(id, { wish, target });
		return target;
	}

	private targetOf(group: G, user: PortalUser, userType: string, plan: Plan): Target<G> {
		const { dryRun } = this.run.settings;
		const subject = subjectOfUser(user);
		const type = this.types.get(group.portal)?.find(({ id }) => id === user.user_type_id);
		const previous =
			dryRun || group.includePrevious ? { previous: previousOf(user, type?.name) } : {};
		if (dryRun)
			return dry({ ...user, user_type_name: user.user_type_name ?? type?.name }, plan, previous);
		if ('unchanged' in plan) {
			const said = { unchanged: true, code: 'UNCHANGED' };
			return { subject, json: { ...subject, ...plan.unchanged, ...said, ...previous } };
		}
		const { personality_id: id, name, email } = user;
		return {
			id,
			group: this.inType(group, userType),
			who: { name, email },
			output: { ...('after' in plan && pick(plan.after ?? {}, ['user_type_name'])), ...previous },
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
			request: { ...group.request, path: pathIn(group.request.path, userType) },
		};
		ofGroup.set(userType, one);
		return one;
	}
}

/** The path in a user type; it may have been filled in with the one that people were in before. */
function pathIn(path: string, userType: string): string {
	return path.replace(/(\/user_type\/)[^/]+/, `$1${segment(userType)}`);
}

/** Who an outcome is about, as far as that was read. */
function subjectOfUser({ personality_id, name, email }: PortalUser): IDataObject {
	return { personality_id, name, email };
}

function idsOf(personality_id: string, user_type_id = ''): PortalUser {
	return { personality_id, user_type_id };
}

/** What a dry run says of a user. */
function dry(user: PortalUser, plan: Plan, previous: IDataObject): Outcome {
	const { user_type_id, user_type_name } = user;
	const subject = subjectOfUser(user);
	if ('error' in plan) return foreseen(user, plan.error);
	const json = { ...subject, planned: true, user_type_id, user_type_name };
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

function foreseen(user: IDataObject, error: ZohoErrorData): Outcome {
	const { personality_id, name, email } = user;
	const subject = {
		personality_id,
		...(name !== undefined && { name }),
		...(email !== undefined && { email }),
	};
	return { subject, error: { ...error, foreseen: true } };
}

function notOfType(personality_id: string): ZohoErrorData {
	return errorData(400, 'INVALID_DATA', { details: { personality_id } });
}

/** How a user was before, so that a workflow can undo what is done now. */
export function previousOf(user: PortalUser, user_type_name?: string): IDataObject {
	const { user_type_id, active, confirm, email, name, invited_time } = user;
	return { user_type_id, user_type_name, active, confirm, email, name, invited_time };
}
