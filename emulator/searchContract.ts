import type { DocumentedOperation } from './contractTypes';
import { openApiError } from './contractTypes';

/** The most conditions in one search. */
export const MOST_CONDITIONS = 10;

/** The most values of one `in`. */
export const MOST_VALUES = 100;

/** The most records of one search, over all its pages. */
export const MOST_FOUND = 2_000;

/** The most characters of the criteria. */
export const MOST_CHARACTERS = 3_000;

/**
 * The search for records, in the format of the contract, which covers portals and users. Based on
 * the documentation (https://www.zoho.com/crm/developer/docs/api/v8/search-records.html) and Zoho's
 * newest OpenAPI file (zoho/crm-oas, v8.0/module_search), without the parts that a client for
 * portals does not need: searches by phone or word, sorting, and the states of leads, approvals and
 * CRM users.
 */
export const searchOperation: DocumentedOperation = {
	id: 'searchRecords',
	method: 'GET',
	path: '/{module}/search',
	scopes: ['ZohoSearch.securesearch.READ'],
	alsoScopes: ['ZohoCRM.modules.ALL', 'ZohoCRM.modules.READ', 'ZohoCRM.modules.{module}.READ'],
	pathParams: [{ name: 'module', type: 'string' }],
	query: [
		{ name: 'criteria', type: 'string', required: 'yes-or-email', maxLength: MOST_CHARACTERS },
		{ name: 'email', type: 'string', required: 'no' },
		{ name: 'fields', type: 'string, comma list' },
		{ name: 'page', type: 'integer' },
		{ name: 'per_page', type: 'integer', max: 200 },
	],
	body: null,
	limits: {},
	success: [
		{
			http: 200,
			wrapper: 'data',
			basis: 'oas-example, docs v7',
			body: {
				data: [
					{
						id: '7310000000000900001',
						Owner: { name: 'Asha Rao', id: '7310000000000101001', email: 'asha@example.test' },
						Full_Name: 'Mina Shah',
						Email: 'mina.shah@example.test',
						Created_Time: '2026-03-04T10:15:00+05:30',
						Modified_Time: '2026-03-05T09:00:00+05:30',
					},
				],
				info: {
					per_page: 200,
					count: 1,
					sort_by: 'id',
					page: 1,
					sort_order: 'desc',
					more_records: false,
				},
			},
		},
	],
	empty: { http: 204, when: 'nothing is found, or not yet' },
	errors: [
		openApiError(
			'EXPECTED_PARAM_MISSING',
			{ param_names: ['criteria', 'email', 'phone', 'word'] },
			'one of the expected parameter is missing',
			'nothing to search for',
		),
		openApiError(
			'INVALID_MODULE',
			{ resource_path_index: 0 },
			'the module name given seems to be invalid',
			'module unknown',
		),
		openApiError(
			'NOT_SUPPORTED',
			{ module: 'Visits' },
			'module not supported for search',
			'module without records',
		),
		openApiError(
			'INVALID_QUERY',
			{ reason: 'brackets count does not match' },
			'Invalid query formed',
			'malformed',
		),
		openApiError(
			'INVALID_QUERY',
			{ reason: 'the field is not available in the module', api_name: 'Email' },
			'Invalid query formed',
			'field unknown',
		),
		openApiError(
			'INVALID_QUERY',
			{
				operator: 'greater_than',
				reason: 'The operator is not valid for the field type',
				api_name: 'Email',
			},
			'invalid operator found',
			'operator',
		),
		openApiError(
			'INVALID_QUERY',
			{ param_name: 'Email' },
			'Only 100 values are allowed in "IN" criteria',
			'too many values',
		),
		openApiError(
			'CRITERIA_LIMIT_EXCEEDED',
			{},
			// The same files have 10 as the limit, as in the documentation.
			'no of criterium that can be given exceed the limit 15',
			'too many conditions',
		),
		openApiError(
			'LIMIT_REACHED',
			{ limit: String(MOST_FOUND) },
			'maximum response iteration limit reached',
			'pages beyond the last record that a search gives',
		),
		openApiError(
			'AUTHORIZATION_FAILED',
			{},
			'User does not have sufficient privilege',
			'docs only',
		),
		openApiError('NO_PERMISSION', {}, 'Permission denied to read', 'permission', 403),
	],
};
