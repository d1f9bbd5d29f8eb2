import type { IDataObject } from 'n8n-workflow';

import type { OperationLabels } from '../../nodes/ZohoCrmPortals/errors/messages';

const JOB = '7310000000000900001';
const USER_TYPE = '7310000000000310002';
const PORTAL = 'AcmeClients';
const CRM_USER = { crm_user: 'ben@example.com', field: 'User' };

/** The accounts of the credentials in the examples. */
export const accounts: Record<string, OperationLabels['account']> = {
	elsewhere: { environment: 'production', dataCenter: 'com', home: { site: 'zoho.eu' } },
	unlisted: { environment: 'production', dataCenter: 'com', home: { unlisted: 'sg' } },
	sandbox: { environment: 'sandbox', dataCenter: 'com' },
};

/**
 * Examples of each text of every code whose text depends on the error, in the order of the page:
 * the details, and `httpStatus`, `message`, `account` and `thing`, which are not details. Codes
 * with one text need no example.
 */
export const errorExamples: Record<string, IDataObject[]> = {
	ALREADY_USED: [{ api_name: 'name' }],
	AMBIGUOUS: [
		{ found: ['Mina Shah (7310000000000400001)', 'M. Shah (7310000000000400009)'] },
		{
			...CRM_USER,
			found: [
				{ full_name: 'Ben Ortiz', id: '7310000000000101002', status: 'active' },
				{ full_name: 'Ben O.', id: '7310000000000101009', status: 'inactive' },
			],
		},
	],
	API_NOT_SUPPORTED: [
		{},
		{ unsupported_environment: 'sandbox' },
		{ unsupported_login_user_type: 'Client Portal User' },
		{ supported_domains: ['com', 'eu', 'in'] },
	],
	BROKEN_ANSWER: [{ cause: 'ECONNRESET' }],
	CONCURRENT_JOB_LIMIT_EXCEEDED: [{ limit: '10' }],
	COUNTS_DISAGREE: [{ missing: 40, counted: 120, read: 80 }],
	DEPENDENT_FIELD_MISSING: [{ api_name: 'layouts' }],
	DEPENDENT_MISMATCH: [{ api_name: '$shift_effective_from' }],
	DEPENDENT_PARAM_MISSING: [{ param_name: 'query_id' }],
	DUPLICATE_DATA: [{}, { record_id: '7310000000000400001' }],
	EMPTY_ANSWER: [{ httpStatus: 400 }],
	EMPTY_LIST: [{ counted: 20, user_type: 'Dealers' }],
	ENDLESS_PAGES: [{ page: 12 }],
	FEATURE_NOT_ENABLED: [{ message: 'ReportingTo Feature is not enabled' }],
	FIELD_NOT_SHOWN: [{ api_name: 'Email', module: 'Contacts' }],
	FOREIGN_ORIGIN: [{ origin: 'https://api.example.com' }, { origin: 'zoho', typed: true }],
	INCOMPLETE_LIST: [{ total: 230, read: 200 }, { read: 200 }],
	INVALID_DATA: [
		{},
		{ message: 'No portal exists with the given portal name.' },
		{ personality_id: '7310000000000400002' },
		{ param_name: 'transfer_To' },
		{ transfer_To: USER_TYPE },
		{ resource_path_index: 1, owner_status: 'deleted' },
		{ json_path: '$.transfer.transfer.id', owner_status: 'inactive' },
		{ resource_path_index: 2 },
		{ resource_path_index: 4 },
		{ resource_path_index: '6' },
		{
			message: 'Invitation sent has failed as provided personality record does not have email id.',
		},
		{ api_name: 'name', maximum_length: 30 },
		{ api_name: 'name', minimum_length: 6 },
		{ api_name: 'active', expected_data_type: 'boolean' },
		{ api_name: 'shared_type', supported_values: ['private', 'public'] },
		{ api_name: 'name', regex: '[^`~!&+%]+' },
		{ api_name: 'time_zone' },
		{ expected_data_type: 'Invalid Reporting Manager' },
	],
	INVALID_HOST: [{}, { account: 'elsewhere' }],
	INVALID_QUERY: [{ api_name: 'Email' }],
	INVALID_REQUEST: [{}],
	INVALID_TOKEN: [
		{},
		{ error: 'invalid_code' },
		{ error: 'Access Denied' },
		{ error: 'invalid_client' },
		{ account: 'elsewhere' },
		{ account: 'unlisted' },
	],
	JOB_FAILED: [{ job_id: JOB }],
	JOB_RUNNING: [{ job_id: JOB, timeout: 300 }],
	JOB_UNKNOWN: [{ job_id: JOB }],
	JOB_UNREADABLE: [
		{ job_id: JOB, code: 'INTERNAL_ERROR' },
		{ job_id: JOB, code: 'OAUTH_SCOPE_MISMATCH', scope: 'ZohoCRM.settings.clientportal.READ' },
	],
	JOB_UNSEEN: [{ job_id: JOB }],
	LEFT_BEHIND: [
		{ subordinates: true },
		{ assignment: true },
		{ criteria: true },
		{ assignment: true, target_user: '7310000000000101003' },
	],
	LICENSE_LIMIT_EXCEEDED: [{ thing: 'user type' }],
	LIMIT_EXCEEDED: [{}, { limit: 3 }],
	LIMIT_REACHED: [{ limit: 2000 }],
	MANDATORY_NOT_FOUND: [
		{ api_name: 'personality_module' },
		{ message: 'Personality module and Notes module are mandatory modules.' },
	],
	MANY_PORTALS: [{ names: [PORTAL, 'AcmePartners'] }],
	MAPPING_MISMATCH: [{ api_name: 'decimal_separator' }],
	NO_ANSWER: [{ cause: 'ECONNREFUSED' }],
	NO_CREDENTIAL: [{ cause: 'Credential with ID "7" does not exist' }],
	NO_MATCH: [
		{ missing: ['the module "Deals"'], fixed: [] },
		{ missing: [], fixed: ['the personality module of the default user type'] },
	],
	NO_PERMISSION: [
		{ permissions: ['Crm_Implied_Manage_ClientPortal'] },
		{ permissions: ['Crm_Implied_Api_Access'] },
		{},
	],
	NO_PROOF: [{ httpStatus: 200 }],
	NO_TOKEN: [{ error: 'general_error' }, { error: '' }, { status: 503 }],
	NODE_FAULT: [{ name: 'TypeError' }],
	NOT_ALLOWED: [
		{ message: 'Super Admin cannot be Deleted.' },
		{ message: 'You cannot delete user in a sandbox org', account: 'sandbox' },
	],
	NOT_CONNECTED: [{}, { error: 'invalid_client' }, { account: 'elsewhere' }],
	NOT_FOUND: [
		{},
		{ portal: PORTAL, by: 'email' },
		{ portal: PORTAL, user_type_id: USER_TYPE, by: 'id' },
		{ user_type: 'Dealer', names: ['Clients', 'Dealers'] },
		{ module: 'Contacts', field: 'Email' },
		{ ...CRM_USER, users: 25 },
	],
	NOT_SUPPORTED: [{ api_name: 'created_by' }],
	OAUTH_SCOPE_MISMATCH: [
		{ scope: 'ZohoCRM.settings.clientportal.CREATE' },
		{ scope: 'ZohoSearch.securesearch.READ,ZohoCRM.modules.contacts.READ' },
	],
	PATTERN_NOT_MATCHED: [{ api_name: 'name' }],
	REQUIRED_PARAM_MISSING: [{ param_name: 'transfer_To' }],
	STRANGE_ROW: [{ key: 'personality_id', holds: 'nothing' }],
	TOO_MANY_REMOVALS: [
		{
			found: 12,
			allowed: 10,
			actions: ['deleted'],
			people: ['mina@example.com', 'ben@example.com'],
		},
	],
	TOO_MANY_USERS: [{ found: 1200, allowed: 1000 }],
	TWO_USER_TYPES: [{ names: ['Clients', 'Dealers'] }],
	UNAPPROVABLE: [
		{ message: 'Cannot add user for CRMPlus account from CRM. Kindly add user through CRMPlus' },
		{ message: 'You cannot update user in a sandbox org', account: 'sandbox' },
	],
	UNADDRESSABLE: [{ name: '..' }],
	UNCLEAR_ROWS: [{ records: 100, codes: ['RECORD_LOCKED', 'NOT_APPROVED'] }],
	UNKNOWN_ANSWER: [{ httpStatus: 200 }, { httpStatus: 200, message: 'error' }],
	UNREADABLE_ANSWER: [{ httpStatus: 503, message: 'Service Unavailable' }],
};
