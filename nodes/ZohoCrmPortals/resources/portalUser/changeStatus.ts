import type { OperationLabels } from '../../errors/messages';
import type { BatchCalls } from '../../execution/batchRun';
import { sendIds } from '../../execution/idResults';
import type { IdResults } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import type { Connection } from '../../transport/connection';
import type { PortalUser } from '../../transport/directory';
import { dataOf, errorData } from '../../transport/error';
import type { ZohoRequest } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { changeInBulk } from './bulkStatus';
import { onPortalUsers, userGroupOf } from './onPortalUsers';
import type { Plan, UserGroup } from './onPortalUsers';

/** From how many users on jobs are used, by what was chosen under "In Bulk". */
const LEAST_IN_BULK = { automatic: 50, always: 1, never: Infinity };

type InBulk = keyof typeof LEAST_IN_BULK;

/** Users whose status a call changes that is not a job. */
export const MOST_STATUS_CHANGES = 1;

/** People of one user type whose status is changed. */
interface StatusGroup {
	request: ZohoRequest;
	active: boolean;
	inBulk: InBulk;
}

/** What changes the status of people, as `statusGroup` says. */
export const statusCalls: BatchCalls<StatusGroup> = {
	idKey: 'personality_id',
	ahead: async (connection, { request, active, inBulk }, ids) =>
		await changeInBulk(connection, { request, active }, ids, LEAST_IN_BULK[inBulk]),
	send: async (connection, { request, active }, ids) =>
		await changeOne(connection, request, active, ids),
};

/** @param request without its query */
export function statusGroup(
	request: ZohoRequest,
	active: boolean,
	inBulk: InBulk = 'automatic',
): StatusGroup {
	return { active, inBulk, request: { ...request, query: { active } } };
}

/** Texts about a change of status. */
export function statusLabels(active: boolean): Partial<OperationLabels> {
	if (active) return { done: 'activated' };
	return {
		done: 'deactivated',
		messages: {
			NOT_ALLOWED: {
				reason: 'a portal user who has not accepted the invitation cannot be deactivated',
				remedy: 'Delete the portal user instead; the CRM record stays.',
			},
		},
	};
}

export const changeStatus: Operation = {
	name: 'Change Status',
	value: 'changeStatus',
	action: 'Activate or deactivate portal users',
	description: 'Activate or deactivate one or more portal users; a deactivated user cannot log in',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}/users/{personality_id}/actions/change_status',
	scopes: [CLIENT_PORTAL.update, CLIENT_PORTAL.read],
	limit: '1 user a call; from 50 users on, 100',
	hint: 'People who are deactivated will no longer be able to log in to the portal',
	thing: 'portal user',
	done: 'changed',
	strategy: onPortalUsers<UserGroup & StatusGroup>({
		...statusCalls,
		group: (item) => {
			const active = item.value('active', true);
			const { inBulk } = item.value<{ inBulk?: InBulk }>('options', {});
			const group = userGroupOf(item);
			return { ...group, ...statusGroup(group.request, active, inBulk) };
		},
		plan: ({ active }, user): Plan => planChange(active, user),
		maxBatchSize: MOST_STATUS_CHANGES,
		labels: ({ active }) => statusLabels(active),
	}),
};

/** Zoho refuses to activate somebody who is active: they are as asked. */
async function changeOne(
	connection: Connection,
	request: ZohoRequest,
	active: boolean,
	ids: string[],
): Promise<IdResults> {
	return await sendIds(connection, request, ids, 'personality_id', { active }).catch((error) => {
		const { code, message, uncertain } = dataOf(error);
		if (!active || code !== 'ALREADY_ACTIVATED') throw error;
		// After a try in doubt, it may have been that one.
		const output = { active, ...(!uncertain && { unchanged: true }), code, message };
		return { results: new Map(ids.map((id) => [id, { output }])) };
	});
}

/** Who has not accepted the invitation cannot be deactivated. */
function planChange(active: boolean, user: PortalUser): Plan {
	if (!active && user.active === true && user.confirm === false) {
		return { error: errorData(400, 'NOT_ALLOWED') };
	}
	if (user.active === active) return { unchanged: { active } };
	return { action: active ? 'activated' : 'deactivated' };
}
