import { noContent, objectIn, ok, refuse } from './answers';
import type { Answer, Json } from './answers';
import { oneOf } from './guards';
import type { ApiRequest } from './handler';
import { advance } from './job';
import { jobAnswer } from './jobAnswer';
import { isSubordinate } from './roles';
import type { OrgUser, World } from './world';

export function transferAndDeleteUser(request: ApiRequest): Answer {
	const id = 'transferAndDeleteUser';
	const { world, switches, body } = request;
	guardTransfers(id, request);
	const user = pathUser(id, request);
	guardSuperAdmin(id, world);
	if (user.id === world.superAdmin) throw refuse(id, 'NOT_ALLOWED', 'super admin');
	const given = oneOf(id, body, 'transfer_and_delete');
	const job = schedule(id, request, given, user);
	return deletion(
		switches.sources === 'oas' ? { job_id: job } : { jobId: job, id: user.id },
		switches,
	);
}

/** The same with the user's ID in the body. */
export function transferAndDeleteUserByBody(request: ApiRequest): Answer {
	const id = 'transferAndDeleteUserByBody';
	const { world, switches, body } = request;
	guardTransfers(id, request);
	guardSuperAdmin(id, world);
	const given = oneOf(id, body, 'transfer_and_delete');
	if (given.id === undefined) throw refuse(id, 'MANDATORY_NOT_FOUND', 'id of the user');
	const user = world.users.get(String(given.id));
	// No source distinguishes a deleted user from an unknown one here.
	if (!user || user.status === 'deleted') {
		throw refuse(id, 'INVALID_DATA', 'body id unknown', { id: String(given.id) });
	}
	if (user.id === world.superAdmin) throw refuse(id, 'NOT_ALLOWED', 'super admin');
	const job = schedule(id, request, given, user);
	const key = switches.sources === 'oas' ? 'job_id' : 'jobId';
	return deletion({ [key]: job, id: user.id }, switches);
}

/** Zoho says that the user is deleted although it is only scheduled. */
function deletion(details: Json, { sources }: ApiRequest['switches']): Answer {
	const message = `${sources === 'oas' ? 'User' : 'user'} is deleted successfully`;
	return ok({ transfer_and_delete: [{ code: 'SUCCESS', details, message, status: 'success' }] });
}

export function transferUser(request: ApiRequest): Answer {
	const id = 'transferUser';
	guardTransfers(id, request);
	const { world, body } = request;
	const user = pathUser(id, request);
	const caller = world.users.get(world.currentUser);
	if (caller && !isSubordinate(world, user, caller)) throw refuse(id, 'NOT_ALLOWED');
	// More than one object is documented for the deletion only.
	const given = oneOf('transferAndDeleteUser', body, 'transfer');
	const job_id = schedule(id, request, given, user, false);
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

function guardTransfers(id: string, { switches }: ApiRequest): void {
	if (switches.lacking.includes('Crm_Implied_Change_Owner_Leads')) {
		throw refuse(id, 'NO_PERMISSION', 'change-owner permission');
	}
}

function guardSuperAdmin(id: string, world: World): void {
	if (world.currentUser !== world.superAdmin) {
		throw refuse(id, 'NO_PERMISSION', 'caller is not super admin');
	}
}

function pathUser(id: string, { world, params }: ApiRequest): OrgUser {
	const user = world.users.get(params.user_id);
	if (!user) {
		const isTransfer = id === 'transferUser';
		throw refuse(id, 'INVALID_DATA', isTransfer ? 'path user is no CRM user' : 'path id unknown');
	}
	if (user.status === 'deleted') throw refuse(id, 'INVALID_DATA', 'path user already deleted');
	return user;
}

/** Schedules a transfer, with or without the deletion of the user. Returns the ID of the job. */
function schedule(
	id: string,
	{ world, switches }: ApiRequest,
	{ transfer, move_subordinate }: Json,
	user: OrgUser,
	deletes = true,
): string {
	if (!transfer && !move_subordinate) throw refuse(id, 'EXPECTED_FIELD_MISSING');
	for (const [key, target] of Object.entries({ transfer, move_subordinate })) {
		if (!target) continue;
		const wrapper = deletes ? 'transfer_and_delete' : 'transfer';
		const at = { api_name: 'id', json_path: `$.${wrapper}.${key}.id` };
		const targetId = objectIn(target).id;
		if (targetId === undefined) {
			throw refuse(id, 'MANDATORY_NOT_FOUND', 'inside', { ...at, parent_api_name: key });
		}
		if (typeof targetId !== 'string' || !/^\d+$/.test(targetId)) {
			throw refuse(id, 'INVALID_DATA', 'wrong type', { ...at, expected_data_type: 'bigint' });
		}
		const found = world.users.get(targetId);
		if (found?.status !== 'active') {
			const cause = found?.status === 'deleted' ? 'target deleted' : 'target inactive';
			const owner_status = found?.status ?? (deletes ? 'no_crm_user' : 'not_crm_user');
			throw refuse(id, 'INVALID_DATA', cause, { ...at, owner_status });
		}
		if (deletes && key === 'move_subordinate' && found.Reporting_To?.id === user.id) {
			throw refuse(id, 'NOT_ALLOWED', 'itself a subordinate');
		}
	}
	const running = [...world.jobs.values()].filter((job) => job.rows === null && job.limited);
	if (running.length >= 10) throw refuse(id, 'CONCURRENT_JOB_LIMIT_EXCEEDED');
	const jobId = world.newId();
	world.jobs.set(jobId, {
		id: jobId,
		kind: deletes ? 'transfer_and_delete' : 'transfer',
		status: 'scheduled',
		readsLeft: switches.jobReads,
		rows: null,
		limited: true,
		finish: () => {
			if (switches.jobsFail) return [];
			if (deletes) user.status = 'deleted';
			for (const other of world.users.values()) {
				if (move_subordinate && other.Reporting_To?.id === user.id) {
					const managerId = String(objectIn(move_subordinate).id);
					const name = world.users.get(managerId)?.full_name ?? '';
					other.Reporting_To = { id: managerId, name };
				}
			}
			return [];
		},
	});
	return jobId;
}

function jobStatus(id: string, key: string, { world, switches, query }: ApiRequest): Answer {
	if (!query.job_id) throw refuse(id, 'REQUIRED_PARAM_MISSING');
	const job = world.jobs.get(query.job_id);
	if (job?.kind !== key) return noContent;
	advance(job, switches.jobsFail);
	const reason = job.status === 'failed' ? { reason: 'Records are locked' } : {};
	return jobAnswer(switches, ok({ [key]: [{ status: job.status, ...reason }] }));
}
