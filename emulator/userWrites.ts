import { noContent, ok, refuse } from './answers';
import type { Answer, Json } from './answers';
import { guardUsers } from './guards';
import type { ApiRequest } from './handler';
import { advance, jobAnswer } from './jobs';
import { result } from './users';
import type { OrgUser, World } from './world';

const NAME = /^[^<>{}`]*$/;

export function createUser(request: ApiRequest): Answer {
	const id = 'createUser';
	guardUsers(id, request, 'NOT_ALLOWED');
	const { world, behaviour, body } = request;
	if (behaviour.usersManagedElsewhere) throw refuse(id, 'UNAPPROVABLE', 'Zoho One');
	const given = oneOf(id, body.users, 'users');
	checkUser(id, world, given);
	const { first_name, last_name, email, role, profile, ...others } = given;
	if (!first_name && !last_name) throw refuse(id, 'MANDATORY_NOT_FOUND', 'last name');
	if (!role) throw refuse(id, 'INVALID_DATA', 'bad Reporting_To or role id');
	if (!profile) throw refuse(id, 'INVALID_DATA', 'bad profile');
	if (typeof email !== 'string' || !email.includes('@')) {
		throw refuse(id, 'INVALID_DATA', 'bad e-mail');
	}
	if (email.endsWith('@zoho.com')) throw refuse(id, 'INVALID_DATA', 'zoho.com address');
	if ([...world.users.values()].some((user) => user.email === email)) {
		throw refuse(id, 'DUPLICATE_DATA', 'e-mail taken');
	}
	if (world.users.size >= behaviour.userLicences) throw refuse(id, 'LICENSE_LIMIT_EXCEEDED');
	const user = world.addUser(String(first_name ?? ''), String(last_name ?? ''), {
		...others,
		...named(world, { role, profile }),
		email,
		confirm: false,
	});
	return { status: 201, body: result({ id: user.id }, 'User added') };
}

export function updateUser(request: ApiRequest): Answer {
	const id = 'updateUser';
	guardUsers(id, request, 'UNAPPROVABLE');
	const { world, params, body } = request;
	const user = world.users.get(params.user_id);
	if (!user) throw refuse(id, 'INVALID_DATA', 'unknown user id');
	if (user.status === 'deleted') throw refuse(id, 'CANNOT_UPDATE_DELETED_USER');
	const change = oneOf(id, body.users, 'users');
	checkUser(id, world, change);
	const at = { id: user.id, json_path: '$.users[0].id' };
	if (change.status === 'active' && user.status === 'active') {
		throw refuse(id, 'ID_ALREADY_ACTIVE', '', at);
	}
	if (change.status === 'inactive') {
		if (user.status === 'inactive') throw refuse(id, 'ID_ALREADY_DEACTIVATED');
		if (user.id === world.primaryContact)
			throw refuse(id, 'INVALID_REQUEST', 'primary contact', at);
	}
	if (change.email !== undefined && user.confirm) {
		throw refuse(id, 'EMAIL_UPDATE_NOT_ALOWED', 'confirmed user');
	}
	if (
		change.number_separator !== undefined &&
		change.number_separator === change.decimal_separator
	) {
		throw refuse(id, 'MAPPING_MISMATCH');
	}
	Object.assign(user, change, named(world, change));
	user.full_name = `${user.first_name ?? ''} ${user.last_name}`.trim();
	return ok(result({ id: user.id }, 'User updated'));
}

export function getUsersCount({ world, query }: ApiRequest): Answer {
	const all = [...world.users.values()];
	const status = { ActiveUsers: 'active', DeactiveUsers: 'inactive', DeletedUsers: 'deleted' }[
		query.type ?? ''
	];
	return ok({ count: all.filter((user) => !status || user.status === status).length });
}

export function transferAndDeleteUser(request: ApiRequest): Answer {
	const id = 'transferAndDeleteUser';
	const { world, behaviour, body } = request;
	const user = pathUser(id, request);
	if (world.currentUser !== world.superAdmin) {
		throw refuse(id, 'NO_PERMISSION', 'caller is not super admin');
	}
	if (user.id === world.superAdmin) throw refuse(id, 'NOT_ALLOWED', 'super admin');
	const job = schedule(
		id,
		request,
		oneOf(id, body.transfer_and_delete, 'transfer_and_delete'),
		user,
	);
	const details = behaviour.sources === 'oas' ? { job_id: job } : { jobId: job, id: user.id };
	const message =
		behaviour.sources === 'oas' ? 'User is deleted successfully' : 'user is deleted successfully';
	return ok({ transfer_and_delete: [{ code: 'SUCCESS', details, message, status: 'success' }] });
}

export function transferUser(request: ApiRequest): Answer {
	const id = 'transferUser';
	const user = pathUser(id, request);
	const job_id = schedule(id, request, oneOf(id, request.body.transfer, 'transfer'), user, false);
	return ok({
		transfer: [
			{
				code: 'SCHEDULED',
				details: { job_id },
				message: 'transfer of data is successfully scheduled',
				status: 'success',
			},
		],
	});
}

export const getTransferAndDeleteStatus = (request: ApiRequest): Answer =>
	jobStatus('getTransferAndDeleteStatus', 'transfer_and_delete', request);

export const getTransferUserStatus = (request: ApiRequest): Answer =>
	jobStatus('getTransferUserStatus', 'transfer', request);

export function validateBeforeTransfer({ world, params }: ApiRequest): Answer {
	const id = 'validateBeforeTransfer';
	const user = world.users.get(params.user_id);
	if (!user) throw refuse(id, 'INVALID_DATA');
	if (user.id === world.superAdmin) throw refuse(id, 'NOT_ALLOWED');
	const subordinates = [...world.users.values()].some((one) => one.Reporting_To?.id === user.id);
	return ok({
		validate_before_transfer: [
			{
				id: user.id,
				name: user.full_name,
				assignment: true,
				criteria: false,
				subordinates,
				alert: false,
			},
		],
	});
}

function pathUser(id: string, { world, behaviour, params }: ApiRequest): OrgUser {
	if (behaviour.lacking.includes('Crm_Implied_Change_Owner_Leads')) {
		throw refuse(id, 'NO_PERMISSION', 'change-owner permission');
	}
	const user = world.users.get(params.user_id);
	if (!user) throw refuse(id, 'INVALID_DATA', 'path user is no CRM user');
	if (user.status === 'deleted') throw refuse(id, 'INVALID_DATA', 'path user already deleted');
	return user;
}

/** Schedules a transfer, with the deletion of the user or without. Returns the id of the job. */
function schedule(
	id: string,
	{ world, behaviour }: ApiRequest,
	{ transfer, move_subordinate }: { transfer?: Json; move_subordinate?: Json },
	user: OrgUser,
	deletes = true,
): string {
	if (!transfer && !move_subordinate) throw refuse(id, 'EXPECTED_FIELD_MISSING');
	for (const target of [transfer, move_subordinate]) {
		if (!target) continue;
		if (target.id === undefined) throw refuse(id, 'MANDATORY_NOT_FOUND');
		const status = world.users.get(String(target.id))?.status;
		if (status === 'deleted') throw refuse(id, 'INVALID_DATA', 'target deleted');
		if (status !== 'active') {
			const { details } = refuse(id, 'INVALID_DATA', 'target inactive').answer.body as Json;
			throw refuse(id, 'INVALID_DATA', 'target inactive', {
				api_name: 'id',
				json_path: `$.${deletes ? 'transfer_and_delete' : 'transfer'}.transfer.id`,
				...(details as Json | undefined),
				owner_status: status ?? 'no_crm_user',
			});
		}
	}
	const running = [...world.jobs.values()].filter((job) => job.rows === null && job.limited);
	if (running.length >= 10) throw refuse(id, 'CONCURRENT_JOB_LIMIT_EXCEEDED');
	const jobId = world.newId();
	world.jobs.set(jobId, {
		id: jobId,
		status: 'scheduled',
		readsLeft: behaviour.jobReads,
		rows: null,
		limited: true,
		finish: () => {
			if (behaviour.jobsFail) return [];
			if (deletes) user.status = 'deleted';
			for (const other of world.users.values()) {
				if (move_subordinate && other.Reporting_To?.id === user.id) {
					const manager = world.users.get(String(move_subordinate.id));
					other.Reporting_To = { id: String(move_subordinate.id), name: manager?.full_name ?? '' };
				}
			}
			return [];
		},
	});
	return jobId;
}

function jobStatus(id: string, key: string, { world, behaviour, query }: ApiRequest): Answer {
	if (!query.job_id) throw refuse(id, 'REQUIRED_PARAM_MISSING');
	const job = world.jobs.get(query.job_id);
	if (!job) return noContent;
	advance(job, behaviour.jobsFail);
	const reason = job.status === 'failed' ? { reason: 'Records are locked' } : {};
	return jobAnswer(behaviour, ok({ [key]: [{ status: job.status, ...reason }] }));
}

/** The one object of a body that takes exactly one. */
function oneOf(id: string, list: unknown, key: string): Json {
	const objects = (list ?? []) as Json[];
	if (objects.length > 1) throw refuse(id, 'INVALID_DATA', 'more than one');
	const [given] = objects;
	if (!given) {
		throw refuse(id, 'MANDATORY_NOT_FOUND', '', { api_name: key, json_path: `$.${key}` });
	}
	return given;
}

function checkUser(id: string, world: World, given: Json): void {
	if (given.created_by !== undefined) throw refuse(id, 'NOT_SUPPORTED', 'read-only field');
	for (const key of ['first_name', 'last_name']) {
		if (typeof given[key] === 'string' && !NAME.test(given[key])) {
			throw refuse(id, 'INVALID_DATA', 'forbidden characters', {
				api_name: key,
				json_path: `$.users[0].${key}`,
			});
		}
	}
	const known = named(world, given);
	if (given.role !== undefined && !known.role) {
		throw refuse(id, 'INVALID_DATA', 'bad Reporting_To or role id');
	}
	if (given.profile !== undefined && !known.profile)
		throw refuse(id, 'INVALID_DATA', 'bad profile');
}

/** Role and profile with their names. The sources disagree: Zoho takes an id, or an object. */
function named(world: World, { role, profile }: Json): Partial<OrgUser> {
	const idOf = (value: unknown) =>
		typeof value === 'object' && value !== null ? (value as Json).id : value;
	const found = {
		role: world.roles.find(({ id }) => id === idOf(role)),
		profile: world.profiles.find(({ id }) => id === idOf(profile)),
	};
	return Object.fromEntries(Object.entries(found).filter(([, value]) => value)) as Partial<OrgUser>;
}
