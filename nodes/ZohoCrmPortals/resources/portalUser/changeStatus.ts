import type { OperationLabels } from '../../errors/messages';
import type { BatchCalls } from '../../execution/batchRun';
import { readRows, sendIds } from '../../execution/idResults';
import type { IdResults } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import type { Connection } from '../../transport/connection';
import { send } from '../../transport/request';
import type { PortalUser } from '../../transport/directory';
import { dataOf, errorData } from '../../transport/error';
import type { ZohoRequest } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { onPortalUsers, userGroupOf } from './onPortalUsers';
import type { Plan, UserGroup } from './onPortalUsers';

/** Users that Zoho takes in one job. */
const MAX_BY_JOB = 100;

/** Users whose status a call changes that is not a job. */
export const MOST_STATUS_CHANGES = 1;

/** People of one user type whose status is changed. */
interface StatusGroup {
	request: ZohoRequest;
	active: boolean;
	byJob: boolean;
}

/** What changes the status of people, as `statusGroup` says. */
export const statusCalls: BatchCalls<StatusGroup> = {
	idKey: 'personality_id',
	send: async (connection, { request, active, byJob }, ids) =>
		byJob
			? await scheduleChange(connection, request, active, ids)
			: await changeOne(connection, request, active, ids),
};

/** @param request without its query */
export function statusGroup(request: ZohoRequest, active: boolean, byJob = false): StatusGroup {
	return { active, byJob, request: { ...request, query: { active } } };
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
	action: 'Change status of portal users',
	description: 'Activate or deactivate one or more portal users; a deactivated user cannot log in',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}/users/{personality_id}/actions/change_status',
	scopes: [CLIENT_PORTAL.update, CLIENT_PORTAL.read],
	limit: '1 user a call, or 100 as a job',
	hint: 'People who are deactivated will no longer be able to log in to the portal',
	thing: 'portal user',
	done: 'changed',
	strategy: onPortalUsers<UserGroup & StatusGroup>({
		...statusCalls,
		group: (item) => {
			const active = item.value('active', true);
			const { useJob = false } = item.value<{ useJob?: boolean }>('options', {});
			const group = userGroupOf(item);
			return { ...group, ...statusGroup(group.request, active, useJob) };
		},
		plan: ({ active }, user): Plan => planChange(active, user),
		maxBatchSize: ({ byJob }) => (byJob ? MAX_BY_JOB : MOST_STATUS_CHANGES),
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
		const { code, message } = dataOf(error);
		if (!active || code !== 'ALREADY_ACTIVATED') throw error;
		const output = { active, unchanged: true, code, message };
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

/**
 * Has Zoho change many users by a job. No call reads that job: what becomes of a user shows in the
 * list of users only.
 */
async function scheduleChange(
	connection: Connection,
	request: ZohoRequest,
	active: boolean,
	ids: string[],
): Promise<IdResults> {
	const users = ids.map((personality_id) => ({ personality_id, active }));
	const response = await send(connection, {
		...request,
		path: request.path.replace('/{personality_id}', ''),
		query: undefined,
		body: { change_status: [{ users }] },
	});
	return readRows(response, ids, 'personality_id', { active });
}
