import type { BatchCalls } from '../../run/batchRun';
import { sendIds } from '../../run/idResults';
import type { Operation } from '../../run/operation';
import type { UserType } from '../../zoho/directory';
import type { PortalUser } from '../../zoho/people';
import { errorData } from '../../http/error';
import type { ZohoRequest } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { anyUserType, portal, targetUserType } from '../fields';
import { settings } from './delete';
import { users } from './fields';
import { listUsers } from './listUsers';
import { onPortalUsers, userGroupOf } from './onPortalUsers';
import type { Plan, UserGroup } from './onPortalUsers';
import { canTransfer } from './transferable';

/** The most users that Zoho moves in one call. */
export const MOST_TRANSFERS = 200;

/** People of one user type who are moved to another one. */
interface TransferGroup {
	/** The call, for the user type in which they are. */
	request: ZohoRequest;
	/** ID of the target user type. */
	target: string;
}

/** Moves people, with `request` and `target` of `transferGroup`. */
export const transferCalls: BatchCalls<TransferGroup> = {
	idKey: 'personality_id',
	send: async (connection, { request, target }, ids) =>
		await sendIds(connection, request, ids, 'personality_id', {
			transferred: true,
			user_type_id: target,
		}),
	probe: ({ request }) => listUsers(request),
};

/** @param request the call without its query */
export function transferGroup(request: ZohoRequest, target: string): TransferGroup {
	return {
		target,
		request: { ...request, query: { transfer_To: target }, safety: 'ambiguous' },
	};
}

const to = targetUserType({
	required: true,
	description:
		'The user type to move the users to. It needs the same personality module and the same invitation field.',
});

export const transfer: Operation = {
	name: 'Transfer',
	value: 'transfer',
	action: 'Transfer portal users',
	description: 'Move one or more users to another user type of the portal, with its permissions',
	method: 'POST',
	// The singular "action" and the capital T of "transfer_To" are Zoho's own spelling.
	path: '/settings/portals/{portal}/user_type/{userType}/users/action/transfer',
	scopes: [CLIENT_PORTAL.update, CLIENT_PORTAL.read],
	limit: '200 users a call',
	warnings: [
		{ message: 'These people will see what the target user type may see, and nothing else' },
	],
	thing: 'portal user',
	counted: 'user',
	done: 'transferred',
	fields: [portal, anyUserType, users, to, settings],
	options: settings,
	strategy: onPortalUsers<UserGroup & TransferGroup>({
		...transferCalls,
		maxBatchSize: MOST_TRANSFERS,
		batchSize: (item) => item.read(settings).batchSize,
		group: (item) => {
			const target = item.read(to);
			const group = userGroupOf(item, settings);
			return { ...group, ...transferGroup(group.request, target) };
		},
		// Zoho refuses to move users to the user type that they already have; they count as done.
		reads: ({ userType, target }) => userType === target,
		wish: ({ target }) => ({ target }),
		plan: ({ target }, user, types): Plan => planTransfer(target, user, types),
	}),
};

function planTransfer(target: string, { user_type_id }: PortalUser, types: UserType[]): Plan {
	const from = types.find(({ id }) => id === user_type_id);
	const goal = types.find(({ id }) => id === target);
	if (user_type_id === target) {
		return { unchanged: { user_type_id, ...(goal && { user_type_name: goal.name }) } };
	}
	// Only some runs read the user types. Without them, Zoho decides.
	return types.length === 0 || canTransfer(from, goal)
		? {
				action: 'transferred',
				target_user_type_id: target,
				after: { user_type_id: target, user_type_name: goal?.name },
			}
		: { error: errorData(400, 'INVALID_DATA', { details: { transfer_To: target } }) };
}
