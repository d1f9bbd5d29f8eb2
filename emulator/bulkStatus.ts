import { errorAnswer, ok, Refusal, refuse } from './answers';
import type { Answer, Json } from './answers';
import type { Switches } from './switches';
import { commonError } from './contract';
import { guardPortalUsers } from './guards';
import type { ApiRequest } from './handler';
import type { LaterWork } from './later';

/**
 * Changes the status of many users in a job that no call reads. The result appears only in the list
 * of users.
 */
export function changePortalUsersStatusBulk(request: ApiRequest): Answer {
	const id = 'changePortalUsersStatusBulk';
	const { world, switches } = request;
	if (switches.bulkStatus === 'unknown') {
		throw new Refusal(errorAnswer(commonError('INVALID_URL_PATTERN')));
	}
	const userType = guardPortalUsers(id, request);
	const [{ users = [] } = {}] = (request.body.change_status ?? []) as Array<{ users?: Json[] }>;
	users.forEach(({ personality_id }, index) => {
		if (personality_id === undefined) {
			throw refuse(id, 'MANDATORY_NOT_FOUND', '', {
				api_name: 'personality_id',
				json_path: `$.change_status[0].users[${index}].personality_id`,
			});
		}
	});
	const job_id = world.newId();
	const changes = users.map(({ personality_id, active }) => () => {
		const user = world.portalUsers.get(String(personality_id));
		if (user?.userTypeId !== userType.id || (active === false && !user.confirm)) return;
		user.active = active === true;
	});
	const scheduled = ok({
		change_status: [
			{
				code: 'SCHEDULED',
				details: { job_id },
				message: 'Portal bulk user status change scheduled successfully',
				status: 'success',
			},
		],
	});
	return { ...scheduled, ...carriedOut(switches.bulkStatus, changes) };
}

/** Makes the changes as the switch says, or schedules them. */
function carriedOut(
	bulkStatus: Exclude<Switches['bulkStatus'], 'unknown'>,
	changes: Array<() => void>,
): { done?: boolean; later?: LaterWork[] } {
	switch (bulkStatus) {
		case 'fast':
			changes.forEach((change) => change());
			return {};
		case 'slow':
			return { done: false, later: changes.map((act, place) => ({ calls: place + 1, act })) };
		case 'ignoresSome':
			changes.filter((_, place) => place % 2 === 0).forEach((change) => change());
			return {};
		case 'ignoresAll':
			return { done: false };
	}
}
