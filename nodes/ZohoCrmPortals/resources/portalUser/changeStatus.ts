import { batch } from '../../execution/batch';
import { sendIds } from '../../execution/idResults';
import type { Operation } from '../../execution/operation';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { changeInBulk } from './bulkStatus';

/** From how many users on jobs are used, by what was chosen under "In Bulk". */
const LEAST_IN_BULK = { automatic: 50, always: 1, never: Infinity };

type InBulk = keyof typeof LEAST_IN_BULK;

export const changeStatus: Operation = {
	name: 'Change Status',
	value: 'changeStatus',
	action: 'Change status of portal users',
	description: 'Activate or deactivate one or more portal users; a deactivated user cannot log in',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}/users/{personality_id}/actions/change_status',
	scopes: [CLIENT_PORTAL.update, CLIENT_PORTAL.read],
	limit: '1 user a call; from 50 users on, 100',
	hint: 'People who are deactivated will no longer be able to log in to the portal',
	thing: 'portal user',
	done: 'changed',
	strategy: batch({
		parameter: 'personalityIds',
		idKey: 'personality_id',
		group: (item) => {
			const active = item.value('active', true);
			const { inBulk = 'automatic' } = item.value<{ inBulk?: InBulk }>('options', {});
			return { active, inBulk, request: { ...item.request('personality_id'), query: { active } } };
		},
		maxBatchSize: 1,
		ahead: async (connection, { request, active, inBulk }, ids) =>
			await changeInBulk(connection, { request, active }, ids, LEAST_IN_BULK[inBulk]),
		send: async (connection, { request, active }, ids) =>
			await sendIds(connection, request, ids, 'personality_id', { active }),
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
