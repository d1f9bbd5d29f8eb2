import type { IDataObject } from 'n8n-workflow';

import { batch, orRefused, subjectsOf } from '../../execution/batch';
import type { Named, Target } from '../../execution/batch';
import type { BatchCalls, Group } from '../../execution/batchRun';
import type { Outcome, Strategy } from '../../execution/operation';
import type { Field } from '../../form/field';
import type { Item } from '../../form/item';
import type { Run } from '../../execution/run';
import type { OperationLabels } from '../../errors/messages';
import { userTypesOf } from '../../transport/directory';
import type { UserType } from '../../transport/directory';
import type { PortalUser } from '../../transport/people';
import { errorData } from '../../transport/error';
import type { ZohoErrorData } from '../../transport/error';
import { anyUserType, portal } from '../fields';
import { users } from './fields';
import { UserLookUp } from './userLookUp';

/** What items ask for portal users, as plain JSON. */
export interface UserGroup extends Group {
	portal: string;
	/** Undefined: the users are looked for in every user type. */
	userType?: string;
	includePrevious: boolean;
}

/** What doing it would change about a portal user. */
export type Plan =
	| { action: string; target_user_type_id?: string }
	/** Nothing: this is how the user is already. */
	| { unchanged: IDataObject }
	/** Zoho would refuse it. */
	| { error: ZohoErrorData };

interface OnPortalUsers<G extends UserGroup> extends Omit<BatchCalls<G>, 'idKey'> {
	group: (item: Item) => G;
	batchSize?: (item: Item) => number | undefined;
	maxBatchSize: number | ((group: G) => number);
	labels?: (group: G) => Partial<OperationLabels>;
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
 * Runs operations on portal users, who are named by id or e-mail, in one user type or in any. Who is
 * named by id in a user type is sent as it is; all others are looked up first.
 */
export function onPortalUsers<G extends UserGroup>(options: OnPortalUsers<G>): Strategy {
	const { plan, reads } = options;
	const isOpen = ({ settings }: Run, { group, people }: Named<G>) =>
		group.userType === undefined ||
		people.by === 'email' ||
		settings.dryRun ||
		group.includePrevious ||
		reads?.(group) === true;
	return batch<G>({
		...options,
		who: users,
		idKey: 'personality_id',
		find: async (run, asked) => {
			const lookUp = new UserLookUp(
				run,
				asked.filter((named) => isOpen(run, named)),
			);
			return await Promise.all(
				asked.map(async (named) => {
					const { group, people } = named;
					if (!isOpen(run, named)) return people.values.map((id) => ({ id, group }));
					return await orRefused(
						run,
						subjectsOf(people, 'personality_id'),
						async () => await targetsOf(run, named, lookUp, plan),
					);
				}),
			);
		},
	});
}

/** What becomes of each whom an item names, or what is to be sent for them. */
async function targetsOf<G extends UserGroup>(
	{ connection, settings: { dryRun } }: Run,
	{ group, people }: Named<G>,
	lookUp: UserLookUp,
	plan: OnPortalUsers<G>['plan'],
): Promise<Array<Target<G>>> {
	const { includePrevious } = group;
	const types = dryRun || includePrevious ? await userTypesOf(connection, group.portal) : [];
	const groups = new Map<string, G>();
	const inType = (userType: string): G => {
		const path = group.request.path.replace('{userType}', userType);
		const one = groups.get(userType) ?? {
			...group,
			userType,
			request: { ...group.request, path },
		};
		groups.set(userType, one);
		return one;
	};
	const found = await lookUp.users(group, people);
	return found.map((one, position): Target<G> => {
		if ('failure' in one) {
			// Where Zoho can tell that somebody is not of a user type, the word is Zoho's.
			if (people.by === 'email' || group.userType === undefined) return one.failure;
			const id = people.values[position];
			return dryRun ? foreseen(id, notOfType(id)) : { id, group };
		}
		const { user } = one;
		const { personality_id: id, user_type_id, name } = user;
		const planned = plan(group, user, types);
		const type = types.find((one) => one.id === user_type_id);
		const previous = includePrevious ? { previous: previousOf(user, type?.name) } : {};
		const subject = { personality_id: id };
		if (dryRun) return dry(user, planned);
		if ('unchanged' in planned) {
			const { unchanged } = planned;
			const said = { unchanged: true, code: 'UNCHANGED' };
			return { subject, json: { ...subject, ...unchanged, ...said, ...previous } };
		}
		return { id, group: inType(user_type_id), output: previous, name: String(name) };
	});
}

/** What a dry run says of a user. */
function dry(user: PortalUser, plan: Plan): Outcome {
	const { personality_id, user_type_id } = user;
	if ('error' in plan) return foreseen(personality_id, plan.error);
	const json = { personality_id, planned: true, user_type_id };
	const action = 'unchanged' in plan ? { action: 'unchanged', unchanged: true } : plan;
	return { subject: { personality_id }, json: { ...json, ...action } };
}

function foreseen(personality_id: string, error: ZohoErrorData): Outcome {
	return { subject: { personality_id }, error: { ...error, foreseen: true } };
}

function notOfType(personality_id: string): ZohoErrorData {
	return errorData(400, 'INVALID_DATA', { details: { personality_id } });
}

/** How a user was before, so that a workflow can undo what is done now. */
export function previousOf(user: PortalUser, user_type_name?: string): IDataObject {
	const { user_type_id, active, confirm, email, name } = user;
	return { user_type_id, user_type_name, active, confirm, email, name };
}
