import { noContent, objectsIn, ok, refuse, without } from './answers';
import type { Answer, Json, Refusal } from './answers';
import type { Switches } from './switches';
import { documentedError } from './contract';
import { guardPortalUsers, inferred } from './guards';
import type { ApiRequest } from './handler';
import { usersBefore } from './lag';
import { settle } from './mixed';
import type { Part } from './mixed';
import { pageOf, userPaging } from './pages';
import { checkTarget } from './userTypes';
import type { PortalUser, UserType } from './world';

const anyone = () => true;

const SELECTS = new Map<string, (user: PortalUser) => boolean>([
	['AllUsers', anyone],
	['AllActiveUsers', (user) => user.active],
	['ActiveUsers', (user) => user.active],
	['DeactiveUsers', (user) => !user.active],
	['NotConfirmedUsers', (user) => !user.confirm],
	['ConfirmedUsers', (user) => user.confirm],
	['ActiveConfirmedUsers', (user) => user.active && user.confirm],
]);

export function getPortalUsers(request: ApiRequest): Answer {
	const { switches, query } = request;
	const userType = guardPortalUsers('getPortalUsers', request);
	const selects = selectorOf(request);
	checkLength(query.personality_ids, switches);
	const wanted = filteredIds(request);
	const filters = filtersOf(query.filters);
	if (switches.emptyLists.includes(userType.id)) return noContent;
	const everybody = usersBefore(request, switches.listsLag, userType.id);
	const all = everybody
		.filter((user) => selects(user) && passes(user, filters))
		.filter((user) => wanted?.has(user.personality_id) ?? true);
	const firstPage = { ...query, page: undefined, page_token: undefined };
	const asked = switches.ignoresPages ? { ...request, query: firstPage } : request;
	const { rows, info, tokens } = pageOf(all, asked, userPaging(request));
	if (rows.length === 0) return noContent;
	const users = rows.map((user) => present(request, user));
	const total_count = (switches.totalCount === 'all' ? everybody : all).length;
	return ok({
		users,
		info: { total_count, ...(switches.sources === 'docs' && info), ...tokens },
	});
}

/** @throws Refusal for a type that the list does not support */
function selectorOf({ query, switches }: ApiRequest): (user: PortalUser) => boolean {
	const type = query.type ?? (switches.sources === 'oas' ? 'AllUsers' : '');
	const selects = SELECTS.get(type);
	const refused = switches.typeFilter === 'refused' && type !== 'AllUsers';
	if (!selects || refused) throw refuse('getPortalUsers', 'PATTERN_NOT_MATCHED');
	return switches.typeFilter === 'ignored' ? anyone : selects;
}

/** The most characters of `personality_ids` in one OpenAPI file. */
const LONGEST_IDS = 255;

/** The IDs that a list is filtered by; undefined for everybody. */
function filteredIds({ query, switches }: ApiRequest): Set<string> | undefined {
	const { personality_ids: list } = query;
	if (!list) return undefined;
	const ids = list.split(',');
	switch (switches.idFilter) {
		case 'works':
			return new Set(ids);
		case 'ignored':
			return undefined;
		case 'refused':
			throw refuse('getPortalUsers', 'PATTERN_NOT_MATCHED', '', { api_name: 'personality_ids' });
		case 'cut':
			return new Set(list.slice(0, LONGEST_IDS).split(','));
		case 'first':
			return new Set(ids.slice(0, 1));
		case 'everySecond':
			return new Set(ids.filter((_, place) => place % 2 === 0));
	}
}

export function deletePortalUsers(request: ApiRequest): Answer {
	const userType = guardPortalUsers('deletePortalUsers', request);
	const remove = ({ personality_id }: PortalUser) =>
		request.world.portalUsers.delete(personality_id);
	const message =
		request.switches.sources === 'oas'
			? 'User deleted successfully'
			: 'Portal user deleted successfully.';
	const { scheduledAbove } = request.switches;
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
		most: request.switches.scheduledAbove.transfer,
		scheduled: 'Portal users transfer scheduled successfully',
	});
}

export function changePortalUserStatus(request: ApiRequest): Answer {
	const id = 'changePortalUserStatus';
	const userType = guardPortalUsers(id, request);
	const { world, switches, params, query } = request;
	// Other calls document this refusal. This call documents only that the parameter is required.
	if (!['true', 'false'].includes(query.active ?? '')) {
		throw inferred('REQUIRED_PARAM_MISSING', { param: 'active' });
	}
	const refuseStatus = (code: string, cause = ''): Refusal => {
		const refusal = refuse(id, code, cause);
		const { answer } = refusal;
		if (switches.statusRefusals === 'wrapped') answer.body = { change_status: [answer.body] };
		return refusal;
	};
	const user = world.portalUsers.get(params.personality_id);
	const recycled = world.records.get(params.personality_id)?.state === 'recycled';
	if (!user || user.userTypeId !== userType.id || recycled) throw refuseStatus('INVALID_DATA');
	if (query.active === 'true') {
		if (user.active) throw refuseStatus('ALREADY_ACTIVATED');
		if (world.activePortalUsers() >= switches.portalUserLicences) {
			const refusal = refuseStatus('LIMIT_EXCEEDED');
			if (switches.sources === 'docs') refusal.answer.status = 403;
			throw refusal;
		}
	} else if (!user.confirm) {
		throw refuseStatus('NOT_ALLOWED', 'confirm false');
	}
	user.active = query.active === 'true';
	return ok({
		change_status: [
			success({ personality_id: user.personality_id }, 'Status of the user changed successfully.'),
		],
	});
}

/** The change to each of many users. */
interface Deed {
	act: (user: PortalUser) => void;
	/** The message for each user when it is done. */
	message: string;
	/** Above this number of users, it becomes a job. */
	most: number;
	/** The message about the job. No source has this text. */
	scheduled: string;
}

/** Deletes or transfers the users named in the query, and treats wrong IDs as the switch says. */
function forEachId(
	id: string,
	{ query, world, switches }: ApiRequest,
	userType: UserType,
	{ act, message, most, scheduled }: Deed,
): Answer {
	const list = query.personality_ids ?? '';
	if (list === '') throw refuse(id, 'REQUIRED_PARAM_MISSING', '', { param: 'personality_ids' });
	checkLength(list, switches);
	const ids = list.split(',');
	const userOf = (one: string) => {
		const user = world.portalUsers.get(one);
		return user?.userTypeId === userType.id ? user : undefined;
	};
	const right = ids.flatMap((one) => userOf(one) ?? []);
	if (ids.length > most) {
		const calls = switches.scheduledAfterCalls;
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
	return settle(switches.mixedIds, parts);
}

function checkLength(list = '', { maxIdsLength }: Switches): void {
	if (list.length <= maxIdsLength) return;
	throw inferred('INVALID_DATA', {
		param_name: 'personality_ids',
		maximum_length: maxIdsLength,
	});
}

/** The filters of a list of users, with one of the two comparators in Zoho's documentation each. */
function filtersOf(text = '[]'): Json[] {
	try {
		const filters: unknown = JSON.parse(text);
		if (Array.isArray(filters)) return objectsIn(filters);
	} catch {
		// Refused like any other text that is not a list.
	}
	throw refuse('getPortalUsers', 'PATTERN_NOT_MATCHED', '', { api_name: 'filters' });
}

function passes(user: PortalUser, filters: Json[]): boolean {
	return filters.every(
		({ value, comparator }) => (user.status_reason__s === value) === (comparator === 'equal'),
	);
}

function present({ switches }: ApiRequest, user: PortalUser): Json {
	const { invited_time } = user;
	const shown = without(user, 'userTypeId', 'invited_time');
	return switches.sources === 'oas'
		? { ...shown, created_time: invited_time, Source__s: 'Portal' }
		: { ...shown, invited_time };
}

function success(details: Json, message: string): Json {
	return { code: 'SUCCESS', details, message, status: 'success' };
}
