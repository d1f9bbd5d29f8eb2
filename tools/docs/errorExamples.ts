import type { OperationLabels } from '../../nodes/ZohoCrmPortals/errors/messages';
import type { ZohoErrorData } from '../../nodes/ZohoCrmPortals/transport/error';

/** An error as Zoho or the node gives it, as far as its words depend on it. */
interface ErrorExample extends Partial<Omit<ZohoErrorData, 'code'>>, Partial<OperationLabels> {}

const JOB = '7310000000000900001';
const USER_TYPE = '7310000000000310002';
const PORTAL = 'AcmeClients';
const ELSEWHERE = { environment: 'production', dataCenter: 'com', home: 'eu' };
const CRM_USER = { crm_user: 'ben@example.com', field: 'User' };
const SANDBOX = { environment: 'sandbox', dataCenter: 'com' };

/**
 * An example of each text of every code whose words depend on the error, in the order in which the
 * page has them. Codes with one text need none.
 */
export const errorExamples: Record<string, ErrorExample[]> = {
	ALREADY_USED: [{ details: { api_name: 'name' } }],
	AMBIGUOUS: [
		{ details: { found: ['Mina Shah (7310000000000400001)', 'M. Shah (7310000000000400009)'] } },
		{
			details: {
				...CRM_USER,
				found: [
					{ full_name: 'Ben Ortiz', id: '7310000000000101002', status: 'active' },
					{ full_name: 'Ben O.', id: '7310000000000101009', status: 'inactive' },
				],
			},
		},
	],
	API_NOT_SUPPORTED: [
		{},
		{ details: { unsupported_environment: 'sandbox' } },
		{ details: { unsupported_login_user_type: 'Client Portal User' } },
		{ details: { supported_domains: ['com', 'eu', 'in'] } },
	],
	BROKEN_ANSWER: [{ details: { cause: 'ECONNRESET' } }],
	CONCURRENT_JOB_LIMIT_EXCEEDED: [{ details: { limit: '10' } }],
	COUNTS_DISAGREE: [{ details: { missing: 40, counted: 120, read: 80 } }],
	DEPENDENT_FIELD_MISSING: [{ details: { api_name: 'layouts' } }],
	DEPENDENT_MISMATCH: [{ details: { api_name: '$shift_effective_from' } }],
	DEPENDENT_PARAM_MISSING: [{ details: { param_name: 'query_id' } }],
	DUPLICATE_DATA: [{}, { details: { record_id: '7310000000000400001' } }],
	EMPTY_ANSWER: [{ httpStatus: 400 }],
	ENDLESS_PAGES: [{ details: { page: 12 } }],
	FEATURE_NOT_ENABLED: [{ message: 'ReportingTo Feature is not enabled' }],
	FIELD_NOT_SHOWN: [{ details: { api_name: 'Email', module: 'Contacts' } }],
	FOREIGN_ORIGIN: [{ details: { origin: 'https://api.example.com' } }],
	INCOMPLETE_LIST: [{ details: { total: 230, read: 200 } }],
	INVALID_DATA: [
		{},
		{ message: 'No portal exists with the given portal name.' },
		{ details: { personality_id: '7310000000000400002' } },
		{ details: { param_name: 'transfer_To' } },
		{ details: { transfer_To: USER_TYPE } },
		{ details: { resource_path_index: 1, owner_status: 'deleted' } },
		{ details: { json_path: '$.transfer.transfer.id', owner_status: 'inactive' } },
		{ details: { resource_path_index: 2 } },
		{ details: { resource_path_index: 4 } },
		{ details: { resource_path_index: '6' } },
		{
			message: 'Invitation sent has failed as provided personality record does not have email id.',
		},
		{ details: { api_name: 'name', maximum_length: 30 } },
		{ details: { api_name: 'name', minimum_length: 6 } },
		{ details: { api_name: 'active', expected_data_type: 'boolean' } },
		{ details: { api_name: 'shared_type', supported_values: ['private', 'public'] } },
		{ details: { api_name: 'name', regex: '[^`~!&+%]+' } },
		{ details: { api_name: 'time_zone' } },
		{ details: { expected_data_type: 'Invalid Reporting Manager' } },
	],
	INVALID_HOST: [{}, { account: ELSEWHERE }],
	INVALID_QUERY: [{ details: { api_name: 'Email' } }],
	INVALID_REQUEST: [{}],
	INVALID_TOKEN: [
		{},
		{ details: { error: 'invalid_code' } },
		{ details: { error: 'Access Denied' } },
		{ account: ELSEWHERE },
	],
	JOB_FAILED: [{ details: { job_id: JOB } }],
	JOB_RUNNING: [{ details: { job_id: JOB, timeout: 300 } }],
	JOB_UNKNOWN: [{ details: { job_id: JOB } }],
	JOB_UNREADABLE: [
		{ details: { job_id: JOB, code: 'INTERNAL_ERROR' } },
		{
			details: {
				job_id: JOB,
				code: 'OAUTH_SCOPE_MISMATCH',
				scope: 'ZohoCRM.settings.clientportal.READ',
			},
		},
	],
	JOB_UNSEEN: [{ details: { job_id: JOB } }],
	LEFT_BEHIND: [
		{ details: { subordinates: true } },
		{ details: { assignment: true } },
		{ details: { criteria: true } },
		{ details: { assignment: true, target_user: '7310000000000101003' } },
	],
	LICENSE_LIMIT_EXCEEDED: [{ thing: 'user type' }],
	LIMIT_EXCEEDED: [{}, { details: { limit: 3 } }],
	LIMIT_REACHED: [{ details: { limit: 2000 } }],
	MANDATORY_NOT_FOUND: [
		{ details: { api_name: 'personality_module' } },
		{ message: 'Personality module and Notes module are mandatory modules.' },
	],
	MANY_PORTALS: [{ details: { names: [PORTAL, 'AcmePartners'] } }],
	MAPPING_MISMATCH: [{ details: { api_name: 'decimal_separator' } }],
	NO_ANSWER: [{ details: { cause: 'ECONNREFUSED' } }],
	NO_CREDENTIAL: [{ details: { cause: 'Credential with ID "7" does not exist' } }],
	NO_MATCH: [
		{ details: { missing: ['the module "Deals"'], fixed: [] } },
		{ details: { missing: [], fixed: ['the personality module of the default user type'] } },
	],
	NO_PERMISSION: [
		{ details: { permissions: ['Crm_Implied_Manage_ClientPortal'] } },
		{ details: { permissions: ['Crm_Implied_Api_Access'] } },
		{},
	],
	NO_PROOF: [{ httpStatus: 200 }],
	NOT_ALLOWED: [
		{ message: 'Super Admin cannot be Deleted.' },
		{ message: 'You cannot delete user in a sandbox org', account: SANDBOX },
	],
	NOT_CONNECTED: [{}, { details: { error: 'invalid_client' } }, { account: ELSEWHERE }],
	NOT_FOUND: [
		{},
		{ details: { portal: PORTAL, by: 'email' } },
		{ details: { portal: PORTAL, user_type_id: USER_TYPE, by: 'id' } },
		{ details: { user_type: 'Dealer', names: ['Clients', 'Dealers'] } },
		{ details: { module: 'Contacts', field: 'Email' } },
		{ details: { ...CRM_USER, users: 25 } },
	],
	NOT_SUPPORTED: [{ details: { api_name: 'created_by' } }],
	OAUTH_SCOPE_MISMATCH: [
		{ details: { scope: 'ZohoCRM.settings.clientportal.CREATE' } },
		{ details: { scope: 'ZohoSearch.securesearch.READ,ZohoCRM.modules.contacts.READ' } },
	],
	PATTERN_NOT_MATCHED: [{ details: { api_name: 'name' } }],
	REQUIRED_PARAM_MISSING: [{ details: { param_name: 'transfer_To' } }],
	STRANGE_ROW: [{ details: { row: '{"name":"Mina Shah"}' } }],
	TOO_MANY_REMOVALS: [
		{
			details: {
				found: 12,
				allowed: 10,
				others: 'delete',
				people: ['mina@example.com', 'ben@example.com'],
			},
		},
	],
	TOO_MANY_USERS: [{ details: { found: 1200, allowed: 1000 } }],
	TWO_USER_TYPES: [{ details: { names: ['Clients', 'Dealers'] } }],
	UNAPPROVABLE: [
		{ message: 'Cannot add user for CRMPlus account from CRM. Kindly add user through CRMPlus' },
		{ message: 'You cannot update user in a sandbox org', account: SANDBOX },
	],
	UNCLEAR_ROWS: [{ details: { records: 100, codes: ['RECORD_LOCKED', 'NOT_APPROVED'] } }],
	UNREADABLE_ANSWER: [{ httpStatus: 503, message: 'Service Unavailable' }],
};
