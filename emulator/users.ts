import { noContent, ok, refuse } from './answers';
import type { Answer, Json } from './answers';
import { documented } from './contract';
import { guardUsers } from './guards';
import type { ApiRequest } from './handler';
import { pageOf, userPaging } from './pages';
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
};

export function getUsers(request: ApiRequest): Answer {
	const { switches, query } = request;
	const ids = query.ids?.split(',');
	const all = selected(request, query.type ?? 'AllUsers').filter(
		(user) => ids?.includes(user.id) ?? true,
	);
	const { promisesMore } = switches;
	const { rows: users, info, tokens } = pageOf(all, request, userPaging(request));
	if (users.length === 0 && !promisesMore) return noContent;
	const more_records = promisesMore || info.more_records;
	return ok({ users, info: { ...info, more_records, ...tokens } });
}

export function getUser({ world, params }: ApiRequest): Answer {
	if (!/^\d+$/.test(params.user_id)) throw refuse('getUser', 'INVALID_DATA');
	const user = world.users.get(params.user_id);
	return user ? ok({ users: [{ ...user, ...appearance }] }) : noContent;
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
	const selects = SELECTS[type];
	if (!selects) throw refuse('getUsers', 'PATTERN_NOT_MATCHED');
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
	if (!user) {
		// The second version of the API answers this with HTTP 200 and text in lower case.
		if (switches.sources === 'oas') throw refuse(id, 'INVALID_DATA', 'unknown id');
		return ok({
			code: 'invalid_data',
			details: {},
			message: 'the_id_given_seems_to_be_invalid',
			status: 'error',
		});
	}
	const at = { json_path: '$.users[0].id', id: user.id };
	if (user.status === 'deleted') throw refuse(id, 'ID_ALREADY_DELETED', '', at);
	if (user.id === world.primaryContact) throw refuse(id, 'INVALID_REQUEST', '', at);
	if (user.type__s === 'Support User') throw refuse(id, 'NOT_ALLOWED', 'support user');
	user.status = 'deleted';
	return ok(result(switches.sources === 'oas' ? { id: user.id } : {}, 'User deleted'));
}

export function result(details: Json, message: string): Json {
	return { users: [{ code: 'SUCCESS', details, message, status: 'success' }] };
}
