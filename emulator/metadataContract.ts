import type {
	DocumentedError,
	DocumentedOperation,
	DocumentedParameter,
	DocumentedSuccess,
} from './contractTypes';

const error = (http: number, code: string, details: DocumentedError['details']) => ({
	http,
	code,
	wrapper: null,
	details,
	message: null,
	when: 'listed on the pages of metadata',
	basis: 'docs',
});

const ofModule: DocumentedParameter = { name: 'module', type: 'string', required: true };

/** A list of Zoho's metadata. Rows have only the keys that a client for portals needs. */
function metadata(
	id: string,
	what: string,
	query: DocumentedParameter[],
	body: DocumentedSuccess['body'],
	empty: DocumentedOperation['empty'] = null,
): DocumentedOperation {
	return {
		id,
		method: 'GET',
		path: `/settings/${what}`,
		scopes: ['ZohoCRM.settings.ALL', `ZohoCRM.settings.${what}.READ`],
		pathParams: [],
		query,
		body: null,
		limits: {},
		success: [{ http: 200, wrapper: what, basis: 'docs v7, OAS25', body }],
		empty,
		errors: [
			error(400, 'REQUIRED_PARAM_MISSING', { param_name: 'module' }),
			error(400, 'INVALID_MODULE', {}),
			error(403, 'NO_PERMISSION', { permissions: ['Crm_Implied_Customize_Zoho_CRM'] }),
		],
	};
}

const none = (what: string) => ({ http: 204, when: `the module has no ${what}` });

/**
 * The metadata that pickers read, in the format of the contract, which covers portals and users.
 */
export const metadataOperations: DocumentedOperation[] = [
	metadata(
		'getModules',
		'modules',
		[
			{
				name: 'status',
				type: 'string',
				values: ['visible', 'user_hidden', 'system_hidden', 'scheduled_for_deletion'],
			},
		],
		{
			modules: [
				{
					id: '7310000000000200001',
					api_name: 'Contacts',
					module_name: 'Contacts',
					plural_label: 'Contacts',
					singular_label: 'Contact',
					generated_type: 'default',
					api_supported: true,
					viewable: true,
					editable: true,
					creatable: true,
					visible: true,
				},
			],
		},
	),
	metadata(
		'getFields',
		'fields',
		[ofModule, { name: 'type', type: 'string', values: ['all', 'unused'] }],
		{
			fields: [
				{
					id: '7310000000000210001',
					api_name: 'Account_Name',
					field_label: 'Account Name',
					display_label: 'Account Name',
					data_type: 'lookup',
					read_only: false,
					visible: true,
					lookup: { module: { api_name: 'Accounts' } },
				},
				{
					id: '7310000000000210002',
					api_name: 'Email',
					field_label: 'Email',
					display_label: 'Email',
					data_type: 'email',
					read_only: false,
					visible: true,
				},
			],
		},
		none('fields'),
	),
	metadata(
		'getLayouts',
		'layouts',
		[ofModule],
		{
			layouts: [
				{
					id: '7310000000000220001',
					name: 'Standard',
					api_name: 'Standard',
					display_label: 'Standard',
					status: 'active',
					visible: true,
					sections: [
						{
							api_name: 'Contacts_Information',
							fields: [
								{
									id: '7310000000000210002',
									api_name: 'Email',
									required: true,
									read_only: false,
								},
							],
						},
					],
				},
			],
		},
		none('layouts'),
	),
	metadata(
		'getCustomViews',
		'custom_views',
		[ofModule, { name: 'page', type: 'integer' }, { name: 'per_page', type: 'integer', max: 200 }],
		{
			custom_views: [
				{
					id: '7310000000000230001',
					name: 'All_Contacts',
					display_value: 'All Contacts',
					system_name: 'ALL_CONTACTS',
					system_defined: true,
				},
			],
			info: { per_page: 200, count: 1, page: 1, more_records: false },
		},
		none('list views'),
	),
	metadata('getRoles', 'roles', [], {
		roles: [{ id: '7310000000000102001', name: 'CEO', display_label: 'CEO' }],
	}),
	metadata('getProfiles', 'profiles', [], {
		profiles: [
			{
				id: '7310000000000103001',
				name: 'Administrator',
				display_label: 'Administrator',
				type: 'normal_profile',
			},
		],
	}),
];
