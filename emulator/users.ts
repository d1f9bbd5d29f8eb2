import { noContent, ok, refuse } from './answers';
import type { Answer, Json } from './answers';
import { documented } from './contract';
import { guardUsers } from './guards';
import type { ApiRequest } from './handler';
import { pageOf, userPaging } from './pages';
import { levelOf } from './roles';
import type { OrgUser } from './world';

const SELECTS: Record<string, (user: OrgUser, request: ApiRequest) => boolean> = {
	AllUsers: () => true,
	ActiveUsers: (user) => user.status === 'active',
	AllActiveUsers: (user) => user.status === 'active',
	DeactiveUsers: (user) => user.status === 'inactive',
	ActiveAndDeactive: (user) => user.status !== 'deleted',
	ConfirmedUsers: (user) => user.confirm,
	NotConfirmedUsers: (user) => !user.confirm,
	DeletedUsers: (user) => user.status === 'deleted',
	ActiveConfirmedUsers: (user) => user.status === 'active' && user.confirm,
	AdminUsers: (user) => user.profile.name === 'Administrator',
	ActiveConfirmedAdmins: (user) =>
		user.profile.name === 'Administrator' && user.status === 'active' && user.confirm,
	CurrentUser: (user, { world }) => user.id === world.currentUser,
	DeveloperUsers: () => false,
	ActiveLiteUser: () => false,
	ChildRoleUsers: (user, request) => levelsBelow(user, request) === 1,
	ParentRoleUsers: (user, request) => levelsBelow(user, request) === -1,
	SubordinateRoleUsers: (user, request) => levelsBelow(user, request) > 0,
	ConfirmedReportingUsers: (user, { world }) =>
		user.confirm && user.Reporting_To?.id === world.currentUser,
};

/**
 * How far the role of a user is below the role in the query, or else that of the current user; not
 * a number if there is no such role.
 */
function levelsBelow({ role }: OrgUser, { world, query }: ApiRequest): number {
	const from = query.role_id ?? world.users.get(world.currentUser)?.role.id ?? '';
	return (levelOf(world, role.id) ?? NaN) - (levelOf(world, from) ?? NaN);
}

export function getUsers(request: ApiRequest): Answer {
	const { switches, query, headers } = request;
	const ids = query.ids?.split(',');
	const matching = selected(request, query.type ?? 'AllUsers').filter(
		(user) => (ids?.includes(user.id) ?? true) && hasType(user, request),
	);
	const since = Date.parse(headers['if-modified-since'] ?? '');
	const all = matching.filter((user) => !(Date.parse(String(user.Modified_Time)) <= since));
	if (all.length < matching.length && all.length === 0) return { status: 304 };
	const { promisesMore } = switches;
	const { rows, info, tokens } = pageOf(all, request, userPaging(request));
	if (rows.length === 0 && !promisesMore) return noContent;
	const more_records = promisesMore || info.more_records;
	const users = rows.map((user) => shown(user, request));
	return ok({ users, info: { ...info, more_records, ...tokens } });
}

export function getUser(request: ApiRequest): Answer {
	const { world, params } = request;
	if (!/^\d+$/.test(params.user_id)) throw refuse('getUser', 'INVALID_DATA');
	const user = world.users.get(params.user_id);
	if (!user || !hasType(user, request)) return noContent;
	return ok({ users: [shown({ ...user, ...appearance }, request)] });
}

function hasType({ type__s }: OrgUser, { query }: ApiRequest): boolean {
	return (query.type__s ?? type__s) === type__s;
}

/** A user with the requested fields, and the ID as in records. */
function shown(user: Json, { query }: ApiRequest): Json {
	if (!query.fields) return user;
	const fields = ['id', ...query.fields.split(',')];
	return Object.fromEntries(Object.entries(user).filter(([key]) => fields.includes(key)));
}

export function getUsersCount(request: ApiRequest): Answer {
	const type = request.query.type ?? 'AllUsers';
	const [{ values }] = documented('getUsersCount').query;
	// The count supports ten of the types of the list, and no source says how it refuses others.
	if (!values?.includes(type)) throw refuse('getUsers', 'PATTERN_NOT_MATCHED');
	return ok({ count: selected(request, type).length });
}

/** @throws Refusal for a type that the list does not support */
function selected(request: ApiRequest, type: string): OrgUser[] {
	if (!Object.hasOwn(SELECTS, type)) throw refuse('getUsers', 'PATTERN_NOT_MATCHED');
	const selects = SELECTS[type];
	return [...request.world.users.values()].filter((user) => selects(user, request));
}

/** Keys that are only in the answer for a single user. */
const tab = { font_color: '#FFFFFF', background: '#222222' };
const appearance = {
	theme: {
		normal_tab: tab,
		selected_tab: tab,
		new_background: null,
		background: '#F3F0EB',
		screen: 'fixed',
		type: 'default',
	},
	customize_info: {
		notes_desc: false,
		show_right_panel: null,
		bc_view: null,
		show_home: false,
		show_detail_view: true,
		show_left_panel: true,
		unpin_recent_item: null,
	},
	personal_account: false,
};

export function deleteUser(request: ApiRequest): Answer {
	const id = 'deleteUser';
	const { world, switches, params } = request;
	guardUsers(id, request, 'NOT_ALLOWED');
	const user = world.users.get(params.user_id);
	if (!user) throw refuse(id, 'INVALID_DATA', 'unknown id');
	const at = { json_path: '$.users[0].id', id: user.id };
	if (user.status === 'deleted') throw refuse(id, 'ID_ALREADY_DELETED', '', at);
	if (user.id === world.primaryContact) throw refuse(id, 'INVALID_REQUEST', '', at);
	if (user.type__s === 'Support User') throw refuse(id, 'NOT_ALLOWED', 'support user');
	user.status = 'deleted';
	user.Modified_Time = now();
	return ok(result(switches.sources === 'oas' ? { id: user.id } : {}, 'User deleted'));
}

/** The current time in the format of the API. */
export function now(): string {
	return `${new Date().toISOString().slice(0, 19)}+00:00`;
}

export function result(details: Json, message: string): Json {
	return { users: [{ code: 'SUCCESS', details, message, status: 'success' }] };
}
