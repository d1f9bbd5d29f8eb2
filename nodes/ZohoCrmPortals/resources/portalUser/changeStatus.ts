import { isObject } from '../../transport/answer';
import { batch } from '../../transport/batch';
import type { Exchange } from '../../transport/batch';
import type { Item } from '../../transport/item';
import type { Operation } from '../../transport/operation';
import { send } from '../../transport/send';
import { onlyRow } from '../../transport/single';

/** Users that Zoho takes in one job. */
const MOST_BY_JOB = 100;

export const changeStatus: Operation = {
	name: 'Change Status',
	value: 'changeStatus',
	action: 'Change status of portal users',
	description: 'Activate or deactivate one or more portal users; a deactivated user cannot log in',
	method: 'PUT',
	path: '/settings/portals/{portal}/user_type/{userType}/users/{personality_id}/actions/change_status',
	scope: 'ZohoCRM.settings.clientportal.UPDATE',
	limit: '1 user a call, or 100 as a job',
	hint: 'People who are deactivated will no longer be able to log in to the portal',
	thing: 'portal user',
	done: 'changed',
	...batch({
		parameter: 'personalityIds',
		idKey: 'personality_id',
		most: (item) => (byJob(item) ? MOST_BY_JOB : 1),
		request: (item) => ({ query: { active: isActive(item) }, repeat: 'doubtful' }),
		settings: (item) => ({ byJob: byJob(item) }),
		exchange: (item) => (byJob(item) ? scheduleChange : undefined),
		result: (item) => ({ active: isActive(item) }),
		deed: (item) => ({ done: isActive(item) ? 'activated' : 'deactivated' }),
	}),
};

/**
 * Has Zoho change many users by a job. No call reads that job: what becomes of a user shows in the
 * list of users only.
 */
const scheduleChange: Exchange = async (connection, request, ids) => {
	const { active } = request.query ?? {};
	const users = ids.map((personality_id) => ({ personality_id, active }));
	const answer = await send(connection, {
		method: 'PUT',
		path: request.path.replace('/{personality_id}', ''),
		body: { change_status: [{ users }] },
	});
	const row = onlyRow(answer, false);
	const { job_id } = isObject(row.details) ? row.details : {};
	return { verdicts: new Map(ids.map((id) => [id, { row, output: { scheduled: true, job_id } }])) };
};

function isActive(item: Item): boolean {
	return item.value('active', true);
}

function byJob(item: Item): boolean {
	return item.value<{ useJob?: boolean }>('options', {}).useJob ?? false;
}
