import { noContent, objectsIn, ok, refuse, without } from './answers';
import type { Answer, Json } from './answers';
import { documentedError } from './contract';
import { guardPortalUsers, inferred } from './guards';
import type { ApiRequest } from './handler';
import { settle } from './mixed';
import type { Part } from './mixed';
import { checkTarget } from './userTypes';
import type { PortalUser, UserType } from './world';

const SELECTS: Record<string, (user: PortalUser) => boolean> = {
	AllUsers: () => true,
	AllActiveUsers: (user) => user.active,
	ActiveUsers: (user) => user.active,
	DeactiveUsers: (user) => !user.active,
	NotConfirmedUsers: (user) => !user.confirm,
	ConfirmedUsers: (user) => user.confirm,
	ActiveConfirmedUsers: (user) => user.active && user.confirm,
};

export function getPortalUsers(request: ApiRequest): Answer {
	const { world, behaviour, query } = request;
	const userType = guardPortalUsers('getPortalUsers', request);
	const type = query.type ?? (behaviour.sources === 'oas' ? 'AllUsers' : '');
	const selects = SELECTS[type];
	if (!selects) throw refuse('getPortalUsers', 'PATTERN_NOT_MATCHED');
	const wanted = filteredIds(request);
	const filters = filtersOf(query.filters);
	const all = world
		.usersOf(userType.id)
		.filter((user) => selects(user) && passes(user, filters))
		.filter((user) => wanted?.includes(user.personality_id) ?? true);
	if (all.length === 0) return noContent;
	const perPage = Math.min(Number(query.per_page ?? behaviour.pageSize), behaviour.pageSize);
	const page = behaviour.ignoresPages ? 1 : Number(query.page ?? 1);
	const rows = all.slice((page - 1) * perPage, page * perPage);
	if (rows.length === 0) return noContent;
	const users = rows.map((user) => present(request, user));
	if (behaviour.sources === 'oas') return ok({ users, info: { total_count: all.length } });
	const info = {
		per_page: perPage,
		page,
		count: rows.length,
		total_count: all.length,
		more_records: page * perPage < all.length,
	};
	return ok({ users, info });
}

/** The ids that a list is filtered by; undefined for everybody. */
function filteredIds({ query, behaviour }: ApiRequest): string[] | undefined {
	const ids = query.personality_ids?.split(',');
	if (!ids || behaviour.idFilter === 'ignored') return undefined;
	if (behaviour.idFilter === 'refused') {
		throw refuse('getPortalUsers', 'PATTERN_NOT_MATCHED');
	}
	return behaviour.idFilter === 'cut' ? ids.slice(0, 12) : ids;
}

export function deletePortalUsers(request: ApiRequest): Answer {
	const userType = guardPortalUsers('deletePortalUsers', request);
	const remove = ({ personality_id }: PortalUser) =>
		request.world.portalUsers.delete(personality_id);
	const message =
		request.behaviour.sources === 'oas'
			? 'User deleted successfully'
			: 'Portal user deleted successfully.';
	const { scheduledAbove } = request.behaviour;
	return forEachId('deletePortalUsers', request, userType, {
		act: remove,
		message,
		most: scheduledAbove.delete,
		scheduled: 'Portal users delete scheduled successfully',
	});
}

export function transferPortalUsers(request: ApiRequest): Answer {
	const id = 'transferPortalUsers';
	const userType = guardPortalUsers(id, request);
	const { transfer_To: target } = request.query;
	if (!target) throw refuse(id, 'REQUIRED_PARAM_MISSING', '', { param: 'transfer_To' });
	checkTarget(request.world, userType, target);
	const move = (user: PortalUser) => {
		user.userTypeId = target;
	};
	return forEachId(id, request, userType, {
		act: move,
		message: 'User has been transferred successfully',
		most: request.behaviour.scheduledAbove.transfer,
		scheduled: 'Portal users transfer scheduled successfully',
	});
}

export function changePortalUserStatus(request: ApiRequest): Answer {
	const id = 'changePortalUserStatus';
	const userType = guardPortalUsers(id, request);
	const { world, behaviour, params, query } = request;
	// Other calls document this refusal; this one says only that the parameter is required.
	if (!['true', 'false'].includes(query.active ?? '')) {
		throw inferred('REQUIRED_PARAM_MISSING', { param: 'active' });
	}
	const user = world.portalUsers.get(params.personality_id);
	const recycled = world.records.get(params.personality_id)?.state === 'recycled';
	if (!user || user.userTypeId !== userType.id || recycled) throw refuse(id, 'INVALID_DATA');
	if (query.active === 'true') {
		if (user.active) throw refuse(id, 'ALREADY_ACTIVATED');
		const active = [...world.portalUsers.values()].filter((one) => one.active).length;
		if (active >= behaviour.portalUserLicences) {
			const refusal = refuse(id, 'LIMIT_EXCEEDED');
			if (behaviour.sources === 'docs') refusal.answer.status = 403;
			throw refusal;
		}
	} else if (!user.confirm) {
		throw refuse(id, 'NOT_ALLOWED', 'confirm false');
	}
	user.active = query.active === 'true';
	return ok({
		change_status: [
			success({ personality_id: user.personality_id }, 'Status of the user changed successfully.'),
		],
	});
}

/** What is done to each of many users. */
interface Deed {
	act: (user: PortalUser) => void;
	/** Said of each when it is done. */
	message: string;
	/** Users above which it becomes a job. */
	most: number;
	/** Said of the job. No source has the text. */
	scheduled: string;
}

/** Deletes or transfers the users named in the query, with wrong ids among them dealt with as told. */
function forEachId(
	id: string,
	{ query, world, behaviour }: ApiRequest,
	userType: UserType,
	{ act, message, most, scheduled }: Deed,
): Answer {
	const list = query.personality_ids ?? '';
	if (list === '') throw refuse(id, 'REQUIRED_PARAM_MISSING', '', { param: 'personality_ids' });
	if (list.length > behaviour.maxIdsLength) {
		throw inferred('INVALID_DATA', {
			param_name: 'personality_ids',
			maximum_length: behaviour.maxIdsLength,
		});
	}
	const ids = list.split(',');
	const userOf = (one: string) => {
		const user = world.portalUsers.get(one);
		return user?.userTypeId === userType.id ? user : undefined;
	};
	const right = ids.flatMap((one) => userOf(one) ?? []);
	if (ids.length > most) {
		const calls = behaviour.scheduledAfterCalls;
		const row = { code: 'SCHEDULED', details: { job_id: world.newId() }, message: scheduled };
		return {
			...ok({ users: [{ ...row, status: 'success' }] }),
			done: right.length > 0 && calls === 0,
			later: right.length > 0 ? [{ calls, act: () => right.forEach(act) }] : [],
		};
	}
	const { code, message: refused } = documentedError(id, 'INVALID_DATA');
	const parts = ids.map((personality_id): Part => {
		const user = userOf(personality_id);
		const details = { personality_id };
		return user
			? { act: () => act(user), row: success(details, message) }
			: { row: { code, details, message: refused, status: 'error' } };
	});
	return settle(behaviour.mixedIds, parts);
}

/** What the users of a list have to be, one of the two comparators of Zoho's documentation each. */
function filtersOf(text = '[]'): Json[] {
	try {
		const filters: unknown = JSON.parse(text);
		if (Array.isArray(filters)) return objectsIn(filters);
	} catch {
		// Refused like any other text that is no list.
	}
	throw refuse('getPortalUsers', 'PATTERN_NOT_MATCHED', '', { api_name: 'filters' });
}

function passes(user: PortalUser, filters: Json[]): boolean {
	return filters.every(
		({ value, comparator }) => (user.status_reason__s === value) === (comparator === 'equal'),
	);
}

function present({ behaviour }: ApiRequest, user: PortalUser): Json {
	const { invited_time } = user;
	const shown = without(user, 'userTypeId', 'invited_time');
	return behaviour.sources === 'oas'
		? { ...shown, created_time: invited_time, Source__s: 'Portal' }
		: { ...shown, invited_time };
}

function success(details: Json, message: string): Json {
	return { code: 'SUCCESS', details, message, status: 'success' };
}
