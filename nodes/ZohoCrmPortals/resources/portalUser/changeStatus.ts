import { batch } from '../../execution/batch';
import { readRows, sendIds } from '../../execution/idResults';
import type { IdResults } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import type { Connection } from '../../transport/connection';
import { send } from '../../transport/request';
import type { ZohoRequest } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';

/** Users that Zoho takes in one job. */
const MAX_BY_JOB = 100;

export const changeStatus: Operation = {
	name: 'Change Status',
	value: 'changeStatus',
	action: 'Activate or deactivate portal users',
	description: 'Activate or deactivate one or more portal users; a deactivated user cannot log in',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}/users/{personality_id}/actions/change_status',
	scopes: [CLIENT_PORTAL.update],
	limit: '1 user a call, or 100 as a job',
	hint: 'People who are deactivated will no longer be able to log in to the portal',
	thing: 'portal user',
	done: 'changed',
	strategy: batch({
		parameter: 'personalityIds',
		idKey: 'personality_id',
		group: (item) => {
			const active = item.value('active', true);
			const { useJob: byJob = false } = item.value<{ useJob?: boolean }>('options', {});
			return { active, byJob, request: { ...item.request('personality_id'), query: { active } } };
		},
		maxBatchSize: ({ byJob }) => (byJob ? MAX_BY_JOB : 1),
		send: async (connection, { request, active, byJob }, ids) =>
			byJob
				? await scheduleChange(connection, request, active, ids)
				: await sendIds(connection, request, ids, 'personality_id', { active }),
		labels: ({ active }) =>
			active
				? { done: 'activated' }
				: {
						done: 'deactivated',
						messages: {
							NOT_ALLOWED: {
								reason: 'a portal user who has not accepted the invitation cannot be deactivated',
								remedy: 'Delete the portal user instead; the CRM record stays.',
							},
						},
					},
	}),
};

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
