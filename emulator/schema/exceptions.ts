import { objectIn, without } from '../answers';
import { documented, documentedError } from '../contract';
import type { DocumentedError, DocumentedSuccess } from '../contractTypes';
import { mixedRows, rowsOf } from './words';

interface Exception {
	/** The operations it applies to; all if undefined. */
	operations?: string[];
	/** What the sources say or leave out, mostly from the contract's lists of both. */
	why: string;
}

/** An answer of the emulator that is not in the contract: one of these. */
export interface AnswerException extends Exception {
	error?: DocumentedError;
	success?: DocumentedSuccess;
	/** A code that a row of a job may have. */
	rowCode?: string;
	/** A value for the status of a job. */
	jobStatus?: string;
	/** A status with any text, from a server in front of the API. */
	front?: number;
	/**
	 * A status with rows in the operation's array, each of which is a success or a documented
	 * error.
	 */
	rows?: number;
}

/** A part of requests that is not in the contract. */
export interface RequestException extends Exception {
	/** JSON pointer into the request: "/body/users/0/role". */
	at: RegExp;
	/** The JSON schema keyword that fails there. */
	keyword: string;
	/** The unknown key; any if undefined. */
	key?: string;
}

const PORTAL_USERS = [
	'getPortalUsers',
	'deletePortalUsers',
	'transferPortalUsers',
	'changePortalUserStatus',
	'changePortalUsersStatusBulk',
];

const JOB_READS = ['getPortalInviteJobs', 'getTransferUserStatus', 'getTransferAndDeleteStatus'];

/** The list that the body must contain. */
const WITHOUT_LIST = {
	updatePortalUserType: 'user_type',
	updateUser: 'users',
	transferAndDeleteUser: 'transfer_and_delete',
	transferUser: 'transfer',
};

const BY_IDS = ['deletePortalUsers', 'transferPortalUsers'];

function error(
	code: string,
	details: DocumentedError['details'],
	{ http = 400, wrapper = null }: { http?: number; wrapper?: string | null } = {},
): DocumentedError {
	const basis = 'inferred';
	return { http, code, wrapper, details, message: null, when: 'not documented', basis };
}

function success(http: number, wrapper: string | null, body: DocumentedSuccess['body']) {
	return { http, wrapper, basis: 'exception', body };
}

/** Answers of the emulator that are not in the contract, each with a reason. */
export const answerExceptions: AnswerException[] = [
	{
		operations: ['createPortal'],
		error: error('NOT_ALLOWED', {}, { wrapper: 'portals' }),
		why: 'The code and status for a second portal are among the unknowns; OASN says only that it is refused.',
	},
	{
		operations: ['createPortalUserType'],
		error: error('DUPLICATE_DATA', {}),
		why: 'The error for creating a name that exists is among the unknowns; it is answered as an update is.',
	},
	{
		operations: ['createPortalUserType'],
		error: error(
			'INVALID_DATA',
			{ api_name: 'personality_module', json_path: '$.user_type[0].personality_module' },
			{ wrapper: 'user_type' },
		),
		why: 'OASN has the error for an unsuitable personality module under updates only.',
	},
	{
		operations: ['createPortalUserType'],
		error: error('INVALID_MODULE', {}),
		why: 'The documentation lists INVALID_MODULE for unrelated modules under updates only.',
	},
	{
		operations: PORTAL_USERS,
		error: error('INVALID_DATA', {}),
		why: 'An unknown portal on calls about portal users is among the unknowns; it is answered as calls about user types are.',
	},
	{
		operations: ['updatePortalUserType', 'deletePortalUserType', ...PORTAL_USERS],
		error: error('INVALID_DATA', { resource_path_index: 4 }),
		why: 'The body for an unknown user type is among the unknowns; it is answered as reading a user type is.',
	},
	{
		operations: ['deletePortalUserType'],
		error: error('NOT_ALLOWED', { resource_path_index: 4 }),
		why: 'The code for deleting the default user type is among the unknowns.',
	},
	{
		operations: ['deletePortalUserType'],
		error: error('INVALID_DATA', { transfer_To: '7310000000000310002' }),
		why: 'OASN has transfer_To when a user type is deleted, but no error for a wrong one; it is answered as a transfer is.',
	},
	{
		operations: ['deletePortalUserType'],
		success: success(200, 'user_type', {
			user_type: [
				{
					code: 'SUCCESS',
					details: { id: 7310000000000310 },
					message: 'deleted',
					status: 'success',
				},
			],
		}),
		why: 'The documentation has the id of a deleted user type as a bare number in every sample, OASN as a text.',
	},
	{
		operations: [...BY_IDS, 'updateUsers'],
		error: error('INVALID_DATA', {}, { wrapper: 'users' }),
		why: 'What right and wrong ids in one call get is among the unknowns; one way is a refusal that names none.',
	},
	{
		operations: ['transferPortalUsers'],
		success: mixedRows('transferPortalUsers', 'exception'),
		why: 'What right and wrong ids in one call get is among the unknowns; OASN has rows of both for a deletion only.',
	},
	{
		operations: ['updateUsers'],
		rows: 200,
		why: 'OASN updates ten CRM users in one call, and the HTTP status and form of mixed results is among the unknowns: 200.',
	},
	{
		operations: ['updateUsers'],
		rows: 400,
		why: 'OASN updates ten CRM users in one call, and the HTTP status and form of mixed results is among the unknowns: 400.',
	},
	{
		operations: BY_IDS,
		success: success(200, 'users', {
			users: [
				{
					code: 'SCHEDULED',
					details: { job_id: '7310000000000500001' },
					message: 'scheduled',
					status: 'success',
				},
			],
		}),
		why: 'Many ids become a job in the documentation; the form of that answer is among the unknowns, and is that of other jobs.',
	},
	{
		operations: [...BY_IDS, 'getPortalUsers'],
		error: error('INVALID_DATA', { param_name: 'personality_ids', maximum_length: 255 }),
		why: 'Whether the 255 characters that OASN has for personality_ids are enforced is among the unknowns.',
	},
	{
		operations: ['changePortalUserStatus'],
		error: error('REQUIRED_PARAM_MISSING', { param: 'active' }),
		why: 'A status change without active has no documented refusal, though active is required; it is refused as a transfer without transfer_To is.',
	},
	{
		operations: ['changePortalUserStatus'],
		error: error('LIMIT_EXCEEDED', { limit: 0 }, { http: 403 }),
		why: 'LIMIT_EXCEEDED is a 403 in the documentation, a 400 in OASN.',
	},
	{
		operations: ['changePortalUsersStatusBulk'],
		error: error(
			'INVALID_DATA',
			{ api_name: 'active', json_path: '$.change_status[0].users[0].active' },
			{ wrapper: 'change_status' },
		),
		why: 'A wrong status, or too many users, in a status change of many has no documented refusal; it is refused as many invitations are.',
	},
	{
		operations: ['inviteUser', 'inviteUsersBulk', 'getPortalInviteJobs'],
		error: error('INVALID_MODULE', { resource_path_index: 0 }),
		why: 'A wrong module is INVALID_MODULE in OAS25 only.',
	},
	{
		operations: ['getPortalInviteJobs'],
		error: documentedError('inviteUser', 'NO_PERMISSION'),
		why: 'No source lists NO_PERMISSION for jobs of invitations; they are refused as the invitations are.',
	},
	{
		operations: ['getPortalInviteJobs'],
		rowCode: 'RECORD_LOCKED',
		why: 'RECORD_LOCKED is documented for one invitation, and not among the eight codes of OASN for rows of a job.',
	},
	{
		operations: ['transferUser'],
		error: error('INVALID_DATA', {
			maximum_length: 1,
			api_name: 'transfer',
			json_path: '$.transfer',
		}),
		why: 'OASN has one object in the body of a transfer, but no error for more; it is refused as a deletion is.',
	},
	{
		operations: ['searchRecords'],
		error: error('INVALID_DATA', { param_name: 'criteria', maximum_length: 3000 }),
		why: 'OASN has 3,000 characters as the length of criteria, and no error for longer ones.',
	},
	{
		operations: ['getPortalsMeta'],
		error: error('API_NOT_SUPPORTED', { unsupported_environment: 'sandbox' }),
		why: 'OAS25 alone has the call, without errors; in a sandbox it is refused as all calls about portals are.',
	},
	{
		operations: ['getPortalsMeta'],
		error: error('NO_PERMISSION', {}, { http: 403 }),
		why: 'OAS25 alone has the call, without errors; without the permission it is refused as all calls about portals are.',
	},
	{
		operations: ['getUsersCount'],
		error: error('PATTERN_NOT_MATCHED', { api_name: 'type' }),
		why: 'A count of a type that nobody documents has no documented refusal; it is refused as a list is.',
	},
	...Object.entries(WITHOUT_LIST).map(([operation, wrapper]) => ({
		operations: [operation],
		error: error('MANDATORY_NOT_FOUND', { api_name: wrapper, json_path: '$' }, { wrapper }),
		why: `A body without its list has no documented refusal for ${operation}; it is refused as other calls do.`,
	})),
	{
		operations: JOB_READS,
		error: error('INVALID_DATA', { param_name: 'job_id' }),
		why: 'How the read of a job is refused is among the unknowns; a client must not lose the job by any refusal: 400.',
	},
	{
		operations: JOB_READS,
		error: error('NO_PERMISSION', {}, { http: 403 }),
		why: 'How the read of a job is refused is among the unknowns; a client must not lose the job by any refusal: 403.',
	},
	{
		operations: JOB_READS,
		front: 200,
		why: 'A maintenance page in the place of a job comes from front servers, in HTML.',
	},
	{
		operations: ['getPortalInviteJobs'],
		jobStatus: 'failed',
		why: 'That a job of invitations fails is not documented; jobs of transfers do.',
	},
	{
		front: 414,
		why: 'An address that is too long does not reach the API: front servers answer it, in HTML.',
	},
];

/** Requests of clients that are not in the contract, each with a reason. */
export const requestExceptions: RequestException[] = [
	{
		operations: ['createUser', 'updateUser', 'updateUsers'],
		at: /^\/body\/users\/\d+\/Reporting_To$/,
		keyword: 'required',
		why: 'Reporting_To is {id,name} in OASN; errors are about its id only, and a client knows no more than that.',
	},
	{
		operations: ['updatePortalUserType'],
		at: /^\/body\/user_type\/0\/personality_module$/,
		keyword: 'required',
		why: 'personality_module is {api_name} in the samples of the documentation, {api_name,id} in OASN without either marked as required.',
	},
	{
		operations: ['updatePortalUserType'],
		at: /^\/body\/user_type\/0\/modules\/\d+\/views$/,
		keyword: 'type',
		why: 'views is null where there is none in the documentation, which has one table for a creation and an update.',
	},
	{
		operations: ['updatePortalUserType'],
		at: /^\/body\/user_type\/0\/modules\/\d+\/permissions$/,
		keyword: 'additionalProperties',
		why: 'The permissions for attachments to notes are in every answer and in a creation; OASN leaves them out of an update.',
	},
];

const USER_LISTS = ['getPortalUsers', 'getUsers'];

/** User types in a list without their modules, counted as in the documentation, or not at all. */
const countedOtherwise = success(200, 'user_type', {
	user_type: rowsOf('getPortalUserTypes').map((row) => ({
		...without(row, 'active_user_count', 'deactive_user_count'),
		no_of_users: 1,
	})),
});

const [{ body: recordList }] = documented('getRecords').success;
/** The keys for the next page of a list that has page tokens. */
const tokens = Object.fromEntries(
	Object.entries(objectIn(recordList.info)).filter(([key]) => key.includes('page_token')),
);

/** Answers that a switch of the emulator causes, although no source has them. */
export const switchedExceptions: AnswerException[] = [
	{
		operations: ['getPortalUserTypes'],
		success: countedOtherwise,
		why: 'userCounts: the sources differ on the names of the counts, and none says that they are always there.',
	},
	{
		error: error('INTERNAL_ERROR', {}),
		why: 'throttledAs: a throttle that looks like an error of the server, with 400.',
	},
	{
		operations: ['changePortalUserStatus'],
		rows: 400,
		why: 'statusRefusals: the refusal of a change of status is at the top in OASN, its success a row of change_status.',
	},
	...USER_LISTS.flatMap((operation) =>
		documented(operation).success.map((shown): AnswerException => {
			const info = objectIn(shown.body.info);
			return {
				operations: [operation],
				success: { ...shown, body: { ...shown.body, info: { ...info, ...tokens } } },
				why: `userPages: lists of records have page tokens, and lists of users might (${operation}, ${shown.basis}).`,
			};
		}),
	),
	...[
		'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
		'AMBIGUITY_DURING_PROCESSING',
		'TOKEN_BOUND_DATA_MISMATCH',
		'EXPIRED_VALUE',
	].map((code) => ({
		operations: USER_LISTS,
		error: documentedError('getRecords', code),
		why: `userPages: lists of users might be refused beyond 2,000 rows as lists of records are: ${code}.`,
	})),
];

/** Requests that clients may send because of a switch. */
export const switchedRequests: RequestException[] = [
	{
		operations: USER_LISTS,
		at: /^\/query$/,
		keyword: 'additionalProperties',
		key: 'page_token',
		why: 'userPages: a client sends the token that it was given.',
	},
];

export function isAbout({ operations }: Exception, id: string): boolean {
	return operations?.includes(id) ?? true;
}
