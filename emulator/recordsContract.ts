import type { DocumentedOperation, DocumentedParameter } from './contractTypes';
import { openApiError } from './contractTypes';

/** The most fields in one call. */
export const MOST_FIELDS = 50;

/** The most IDs in one call. */
export const MOST_IDS = 100;

const paging: DocumentedParameter[] = [
	{ name: 'fields', type: 'string, comma list', required: true },
	{ name: 'approved', type: 'string', values: ['true', 'false', 'both'] },
	{ name: 'page', type: 'integer' },
	{ name: 'per_page', type: 'integer', max: 200 },
	{ name: 'page_token', type: 'string' },
];

const info = {
	per_page: 200,
	count: 1,
	page: 1,
	more_records: true,
	sort_by: 'id',
	sort_order: 'desc',
	next_page_token: 'c8582xx9e7c7',
	previous_page_token: null,
	page_token_expiry: '2026-03-06T09:00:00+05:30',
	call: false,
	email: false,
};

const errors = [
	openApiError(
		'REQUIRED_PARAM_MISSING',
		{ param_name: 'fields' },
		'One of the expected parameter is missing',
		'no fields',
	),
	openApiError(
		'LIMIT_EXCEEDED',
		{ limit: MOST_FIELDS, param_name: 'fields' },
		'limit exceeded',
		'more than 50 fields',
	),
	openApiError(
		'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
		{ limit: 2000 },
		'You have reached the limit of the records that can be fetched by page numbers',
		'pages beyond the first 2,000 records',
	),
	openApiError(
		'AMBIGUITY_DURING_PROCESSING',
		{ ambiguity_due_to: [{ param_name: 'page' }, { param_name: 'page_token' }] },
		'ambiguity while processing the request',
		'page and page_token',
	),
	openApiError(
		'TOKEN_BOUND_DATA_MISMATCH',
		{ param_name: 'page_token' },
		'the parameters differ from those of the token',
		'other parameters than the token was given for',
	),
	openApiError(
		'EXPIRED_VALUE',
		{ api_name: 'page_token', json_path: '$.page_token' },
		'the page token has expired',
		'an old token, and one that is none',
	),
	openApiError(
		'PAGINATION_LIMIT_EXCEEDED',
		{},
		'You have reached the limit of the records that can be fetched',
		'pages beyond 100,000 records',
	),
	openApiError(
		'INVALID_DATA',
		{ param_name: 'cvid' },
		'invalid data',
		'a parameter whose value is not taken',
	),
	openApiError('AUTHORIZATION_FAILED', {}, 'User does not have sufficient privilege', 'docs only'),
	openApiError(
		'NO_PERMISSION',
		{ permissions: ['Crm_Implied_View_Contacts'] },
		'permission denied',
		'permission',
		403,
	),
];

const owner = { name: 'Asha Rao', id: '7310000000000101001', email: 'asha@example.test' };

const contact = {
	id: '7310000000000400001',
	Full_Name: 'Mina Shah',
	Account_Name: { name: 'Nordwind Logistik', id: '7310000000000610001' },
	Owner: owner,
};

const success = [
	{ http: 200, wrapper: 'data', basis: 'oas-example, docs v8', body: { data: [contact], info } },
];

const empty = { http: 204, when: 'no record fits' };

/** Capitalized as in OpenAPI files, and in lower case as in the documentation. */
const modules = (module: string) => [
	'ZohoCRM.modules.ALL',
	'ZohoCRM.modules.READ',
	...new Set([module, module.toLowerCase()].map((name) => `ZohoCRM.modules.${name}.READ`)),
];

/**
 * Lists of records, in the format of the contract, which covers portals and users. Based on Zoho's
 * newest OpenAPI files (zoho/crm-oas, v8.0/record and v8.0/related_records) and the documentation
 * (https://www.zoho.com/crm/developer/docs/api/v8/get-records.html), without the parts that a
 * client for portals does not need: sorting, filters, converted leads and territories. Some of the
 * texts are ours.
 */
export const recordOperations: DocumentedOperation[] = [
	{
		id: 'getRecords',
		method: 'GET',
		path: '/{module}',
		scopes: modules('{module}'),
		pathParams: [{ name: 'module', type: 'string' }],
		query: [
			...paging,
			{ name: 'ids', type: 'string, comma list' },
			{ name: 'cvid', type: 'string(digits)' },
		],
		body: null,
		limits: { idsMax: MOST_IDS },
		success,
		empty,
		errors: [
			openApiError(
				'INVALID_MODULE',
				{ resource_path_index: 0 },
				'the module name given seems to be invalid',
				'module unknown',
			),
			openApiError(
				'NOT_SUPPORTED',
				{ resource_path_index: 0 },
				'module not supported',
				'module without records',
			),
			...errors,
		],
	},
	{
		id: 'getContactsOfAccount',
		method: 'GET',
		path: '/Accounts/{account_id}/Contacts',
		// No source says which scope is required, that of the account or that of the list.
		scopes: modules('Accounts'),
		alsoScopes: modules('Contacts'),
		pathParams: [{ name: 'account_id', type: 'string(digits)' }],
		query: [...paging, { name: 'ids', type: 'string, comma list' }],
		body: null,
		limits: { idsMax: MOST_IDS },
		success,
		empty,
		errors: [
			openApiError(
				'INVALID_DATA',
				{ resource_path_index: 1 },
				'The related id given seems to be invalid',
				'account unknown',
			),
			openApiError('INVALID_DATA', {}, 'The record does not exist', 'the same, elsewhere', 404),
			openApiError(
				'INVALID_DATA',
				{ resource_path_index: 2 },
				'the relation name given seems to be invalid',
				'the related list is hidden in the layout',
			),
			...errors,
		],
	},
];
