import { answerOf, noContent, objectsIn, ok, refuse } from './answers';
import type { Answer, Json, Refusal } from './answers';
import { enums } from './contract';
import { bulkOf, inferred, missing, placeOf } from './guards';
import type { ApiRequest } from './handler';
import { advance } from './job';
import { jobAnswer } from './jobAnswer';
import { emailIn } from './world';
import type { CrmRecord, World } from './world';

const SINGLE = 'inviteUser';
const BULK = 'inviteUsersBulk';

/** One invitation: a separate call or a row of a job. */
interface Invitation {
	id: string;
	user_type_id?: unknown;
	type?: unknown;
	language?: unknown;
}

export function inviteUser(request: ApiRequest): Answer {
	guardInvitations(SINGLE, request);
	const { params, query } = request;
	for (const param of ['user_type_id', 'type']) {
		if (!query[param]) throw refuse(SINGLE, 'REQUIRED_PARAM_MISSING', '', { param });
	}
	const { user_type_id, type, language } = query;
	const message = invite(request, { id: params.record_id, user_type_id, type, language });
	return ok({ portal_invite: [success({ record_id: params.record_id }, message)] });
}

/** Each object of the body becomes a job. */
export function inviteUsersBulk(request: ApiRequest): Answer {
	guardInvitations(BULK, request);
	const objects = bulkOf(BULK, request.body.portal_invite, '$.portal_invite', wrong);
	const pathOf = (place: number) => `$.portal_invite[${place}].data`;
	const given = objects.map(({ data }, place) => bulkOf(BULK, data, pathOf(place), wrong));
	const mistakes = given.flatMap((rows, place) =>
		rows.flatMap((row, position) => mistakeIn(request, row, `${pathOf(place)}[${position}]`) ?? []),
	);
	if (mistakes.length > 0) {
		const rows = mistakes.flatMap(({ answer }) => objectsIn(answer.body?.portal_invite));
		return { status: 400, body: { portal_invite: rows } };
	}
	return ok({
		portal_invite: given.map((rows) => ({
			code: 'SCHEDULED',
			details: { job_id: schedule(request, rows) },
			message: 'Portal bulk invite scheduled successfully',
			status: 'success',
		})),
	});
}

const wrong = (json_path: string) => refuse(BULK, 'INVALID_DATA', '', placeOf(json_path));

/** The refusal of a row, if it has a mistake. */
function mistakeIn({ world }: ApiRequest, row: Json, path: string): Refusal | undefined {
	const lacking = ['id', 'user_type_id', 'type'].find((key) => row[key] === undefined);
	if (lacking !== undefined) return missing(BULK, `${path}.${lacking}`);
	if (!enums.inviteType.includes(String(row.type))) return wrong(`${path}.type`);
	return recordOf(world, String(row.id)) ? undefined : wrong(`${path}.id`);
}

/** Schedules invitations; returns the ID of the job. */
function schedule(request: ApiRequest, rows: Json[]): string {
	const { world, switches, params } = request;
	const people = rows.map((row): Invitation => ({ ...row, id: String(row.id) }));
	const id = world.newId();
	world.jobs.set(id, {
		id,
		kind: 'invite',
		module: params.module,
		status: 'scheduled',
		readsLeft: switches.jobReads,
		rows: null,
		finish: () => finish(request, people),
	});
	return id;
}

/** Reads a job, or all jobs of the module if none is named. */
export function getPortalInviteJobs(request: ApiRequest): Answer {
	const { world, switches, query, params } = request;
	guardInvitations('getPortalInviteJobs', request);
	const jobs = [...world.jobs.values()].filter(
		({ id, kind, module }) =>
			kind === 'invite' && module === params.module && id === (query.job_id ?? id),
	);
	if (jobs.length === 0) return noContent;
	const portal_invite = jobs.map((job) => {
		advance(job, switches.inviteJobsFail !== 'no');
		const { id: job_id, rows: data, status } = job;
		return { data, job_id, status };
	});
	return jobAnswer(switches, ok({ portal_invite }));
}

/** Invites the people of a job, as many of them as it processes. */
function finish(request: ApiRequest, people: Invitation[]): Json[] | null {
	const { inviteJobsFail, jobRows } = request.switches;
	if (inviteJobsFail === 'before') return null;
	const reached =
		inviteJobsFail === 'partly' ? people.slice(0, Math.ceil(people.length / 2)) : people;
	const rows = reached.map((row) => jobRow(request, row));
	return inviteJobsFail === 'partly' ? null : arrange(jobRows, rows);
}

function guardInvitations(id: string, request: ApiRequest): void {
	const { switches, world, params } = request;
	if (switches.environment === 'sandbox') throw refuse(id, 'API_NOT_SUPPORTED', 'sandbox org');
	if (switches.lacking.includes('Crm_Implied_Manage_ClientPortal_Users')) {
		// Documented for invitations, and assumed to be the same for their jobs.
		throw refuse(SINGLE, 'NO_PERMISSION');
	}
	if (!world.modules.has(params.module))
		throw inferred('INVALID_MODULE', { resource_path_index: 0 });
}

/** A record that is not in the recycle bin. */
function recordOf(world: World, id: string): CrmRecord | undefined {
	const record = world.records.get(id);
	return record?.state === 'recycled' ? undefined : record;
}

/** Invites a person; returns Zoho's code for the result. */
function invite({ world, switches, params }: ApiRequest, invitation: Invitation): string {
	const { id, type } = invitation;
	const language = typeof invitation.language === 'string' ? invitation.language : '';
	const userType = world.userTypes.get(String(invitation.user_type_id));
	const record = recordOf(world, id);
	const badData = () => refuse(SINGLE, 'INVALID_DATA', 'bad language');
	if (language !== '' && !enums.languages.includes(language)) throw badData();
	if (!record || record.module !== params.module || !userType) throw badData();
	if (userType.personality_module.api_name !== params.module) throw badData();
	const whom = { record_id: id };
	const email = emailIn(record, userType.invitation_field.api_name);
	if (email === null) throw refuse(SINGLE, 'INVALID_DATA', 'no email');
	if (record.state === 'inReview') throw refuse(SINGLE, 'NOT_REVIEWED', '', whom);
	if (record.state === 'notApproved') throw refuse(SINGLE, 'NOT_APPROVED', '', whom);
	if (record.state === 'locked') throw refuse(SINGLE, 'RECORD_LOCKED', '', whom);
	const invited = world.portalUsers.has(id);
	const fitting = invited ? 'reinvite' : 'invite';
	if (record.state === 'gdpr' || type !== fitting) throw refuse(SINGLE, 'CANNOT_PROCESS');
	const twin = [...world.portalUsers.values()].find(
		(user) => user.email.toLowerCase() === email.toLowerCase() && user.personality_id !== id,
	);
	if (twin) throw refuse(SINGLE, 'DUPLICATE_DATA', '', whom);
	if (!invited && world.activePortalUsers() >= switches.portalUserLicences) {
		throw refuse(SINGLE, 'LICENSE_LIMIT_EXCEEDED');
	}
	if (!invited) world.addPortalUser(userType.id, record, { confirm: false });
	world.mails.push({ record_id: id, type: fitting, language });
	return invited
		? 'Invite has been resent to personality'
		: 'An Invite has been sent to the personality.';
}

/** A failed row contains no record ID. */
function jobRow(request: ApiRequest, row: Invitation): Json {
	try {
		return success({ id: row.id }, invite(request, row));
	} catch (error) {
		const { body = {} } = answerOf(error);
		return { code: body.code, details: {}, message: body.message, status: 'error' };
	}
}

function arrange(order: ApiRequest['switches']['jobRows'], rows: Json[]): Json[] {
	switch (order) {
		case 'reversed':
			return [...rows].reverse();
		case 'failedLast':
			return [...rows].sort((a, b) => Number(a.status === 'error') - Number(b.status === 'error'));
		case 'incomplete':
			return rows.slice(1);
		default:
			return rows;
	}
}

function success(details: Json, message: string): Json {
	return { code: 'SUCCESS', details, message, status: 'success' };
}
