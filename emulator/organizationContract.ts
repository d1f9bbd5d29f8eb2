import type { DocumentedOperation } from './contractTypes';

/**
 * The keys of an organization in Zoho's documentation. They are in every answer, as null if unset.
 */
export const ORGANIZATION = {
	country: null,
	photo_id: null,
	city: null,
	description: null,
	mc_status: false,
	gapps_enabled: false,
	domain_name: 'org1080000000000001',
	translation_enabled: false,
	street: null,
	alias: null,
	currency: 'US Dollar',
	id: '7310000000000100001',
	state: null,
	fax: null,
	employee_count: '1',
	zip: null,
	website: null,
	currency_symbol: '$',
	mobile: null,
	currency_locale: 'en_US',
	primary_zuid: '70000001',
	zia_portal_id: null,
	time_zone: 'Asia/Kolkata',
	zgid: '70000000',
	country_code: 'US',
	license_details: {
		paid_expiry: null,
		users_license_purchased: 10,
		trial_type: null,
		trial_expiry: null,
		paid: true,
		paid_type: 'enterprise',
	},
	phone: null,
	company_name: 'Acme Example',
	privacy_settings: false,
	primary_email: 'asha@example.test',
	iso_code: 'USD',
};

/**
 * The organization of the connected user, in the format of the contract, which covers portals and
 * users. See https://www.zoho.com/crm/developer/docs/api/v8/get-org-data.html
 */
export const organizationOperation: DocumentedOperation = {
	id: 'getOrganization',
	method: 'GET',
	path: '/org',
	scopes: ['ZohoCRM.org.ALL', 'ZohoCRM.org.READ'],
	pathParams: [],
	query: [],
	body: null,
	limits: {},
	success: [{ http: 200, wrapper: 'org', basis: 'docs', body: { org: [ORGANIZATION] } }],
	empty: null,
	errors: [],
};
