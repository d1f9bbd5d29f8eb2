import { errorAnswer, ok, Refusal } from './answers';
import type { Answer, Json } from './answers';
import type { Switches } from './switches';
import { commonError } from './contract';
import { bulkOf, guardPortalUsers, inferred, missing, placeOf } from './guards';
import type { ApiRequest } from './handler';
import type { LaterWork } from './later';

/**
 * Changes the status of many users in a job that no call reads. The result appears only in the list
 * of users.
 */
export function changePortalUsersStatusBulk(request: ApiRequest): Answer {
	const id = 'changePortalUsersStatusBulk';
	const { world, switches, body } = request;
	if (switches.bulkStatus === 'unknown') {
		throw new Refusal(errorAnswer(commonError('INVALID_URL_PATTERN')));
	}
	const userType = guardPortalUsers(id, request);
	const given = bulkOf(id, body.change_status, '$.change_status', wrong).map(({ users }, place) => {
		const path = `$.change_status[${place}].users`;
		return bulkOf(id, users, path, wrong).map((row, position) =>
			changeIn(id, row, `${path}[${position}]`),
		);
	});
	const changes = given.flat().map(({ personality_id, active }) => () => {
		const user = world.portalUsers.get(personality_id);
		if (user?.userTypeId !== userType.id || (!active && !user.confirm)) return;
		const licensed = user.active || world.activePortalUsers() < switches.portalUserLicences;
		if (!active || licensed) user.active = active;
	});
	const scheduled = ok({
		change_status: given.map(() => ({
			code: 'SCHEDULED',
			details: { job_id: world.newId() },
			message: 'Portal bulk user status change scheduled successfully',
			status: 'success',
		})),
	});
	return { ...scheduled, ...carriedOut(switches.bulkStatus, changes) };
}

/** No source has a refusal of a value here. This is the one for many invitations. */
const wrong = (json_path: string) =>
	inferred('INVALID_DATA', placeOf(json_path), 'invalid data', 'change_status');

/** @throws Refusal if the row lacks a key, or has no boolean as the status */
function changeIn(id: string, { personality_id, active }: Json, path: string) {
	if (personality_id === undefined) throw missing(id, `${path}.personality_id`);
	if (active === undefined) throw missing(id, `${path}.active`);
	if (typeof active !== 'boolean') throw wrong(`${path}.active`);
	return { personality_id: String(personality_id), active };
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
