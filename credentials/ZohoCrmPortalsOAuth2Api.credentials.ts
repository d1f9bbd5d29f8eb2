import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { CUSTOM, DATA_CENTERS } from '../nodes/ZohoCrmPortals/http/dataCenter';
import { ACCESS } from '../nodes/ZohoCrmPortals/zoho/scopes';

/** Zoho's data centers and "Custom", by name. */
const DATA_CENTER_OPTIONS = [
	...DATA_CENTERS.map(({ country, site, suffix }) => ({
		name: `${country} (${site})`,
		value: suffix,
	})),
	{ name: 'Custom', value: CUSTOM },
].sort((a, b) => a.name.localeCompare(b.name));

/** An expression for Zoho's websites by the value of the data center. */
const SITES = JSON.stringify(
	Object.fromEntries(DATA_CENTERS.map(({ suffix, site }) => [suffix, site])),
);

/** Takes the place of an address until a data center is chosen. n8n refuses it and shows it. */
const NO_ADDRESS = 'choose-the-data-center-first:';

/**
 * Builds an address on the accounts server of the chosen data center. Both fields that need it
 * spell it out, because a credential expression that reads another expression through `$self` gets
 * the unresolved text.
 */
const accountsAddress = (path: string) => `={{ $self["dataCenter"] === "custom"
	? $self["accountsUrl"].replace(/\\/+$/, "") + "${path}"
	: $self["dataCenter"]
		? "https://accounts." + (${SITES})[$self["dataCenter"]] + "${path}"
		: "${NO_ADDRESS}" }}`;

/**
 * The API origin: the one that the token response named (`api_domain`), or else the host of the
 * data center. One accounts server serves every environment of a data center; only the API host
 * differs.
 */
const API_ORIGIN = `($self["oauthTokenData"]?.api_domain
	|| ($self["dataCenter"] === "custom" ? $self["customApiUrl"] : $self["dataCenter"] && "https://www.zohoapis." + $self["dataCenter"]))
	.replace("://www.", "://" + ($self["environment"] === "production" ? "www" : $self["environment"]) + ".")
	.replace(/\\/+$/, "")`;

/**
 * The scopes of the chosen access, separated by commas, as Zoho expects them:
 * https://www.zoho.com/accounts/protocol/oauth/web-server-applications.html
 */
const SCOPE = `={{ $self["access"] === "custom"
	? $self["customScope"].replace(/[\\s,]+/g, ",").replace(/^,|,$/g, "")
	: (${JSON.stringify(ACCESS)})[$self["access"]]?.join(",") }}`;

/**
 * Hides a field until a data center is chosen. n8n always shows inherited fields first, regardless
 * of their order here, so they stay hidden to let people start with the data center. This uses
 * `hide`, because n8n's public API reads `show` as a rule for the properties that a credential must
 * or must not have, and version 1 reads only its first value. n8n's server has undefined for a
 * field that was not changed.
 */
const beforeDataCenter = { dataCenter: ['', undefined] };

/**
 * Makes n8n say in plain words what is missing. n8n refuses a credential with an empty required
 * field and reports the `name` of the first one. Hidden fields count as well, except in n8n's
 * public API.
 */
function missing(name: string, hide: NonNullable<INodeProperties['displayOptions']>['hide']) {
	const property: INodeProperties = {
		displayName: name,
		name,
		type: 'hidden',
		default: '',
		required: true,
		displayOptions: { hide },
	};
	return property;
}

/**
 * An inherited field that is not needed here. It is hidden permanently instead of removed, because
 * n8n 1 otherwise requires it in a credential that is created through its public API.
 */
const unused = (name: string, value: string | boolean): INodeProperties => ({
	displayName: name,
	name,
	type: 'hidden',
	default: value,
});

/** Connects n8n to a Zoho CRM organization in any data center, with OAuth2. */
export class ZohoCrmPortalsOAuth2Api implements ICredentialType {
	name = 'zohoCrmPortalsOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Zoho CRM Portals OAuth2 API';

	icon: Icon = { light: 'file:../icons/portal.svg', dark: 'file:../icons/portal.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-zoho-crm-portals/n8n-nodes-zoho-crm-portals#connect';

	properties: INodeProperties[] = [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { hide: beforeDataCenter },
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { hide: beforeDataCenter },
		},
		missing('Data Center (choose it first)', {
			dataCenter: DATA_CENTER_OPTIONS.map(({ value }) => value),
		}),
		{
			displayName: 'Data Center',
			name: 'dataCenter',
			type: 'options',
			default: '',
			required: true,
			options: DATA_CENTER_OPTIONS,
			description:
				'The data center of your Zoho account: the ending of the address that you see in Zoho CRM. Reconnect after changing it.',
		},
		{
			displayName: 'Accounts URL',
			name: 'accountsUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://accounts.zoho.com',
			displayOptions: { show: { dataCenter: ['custom'] } },
			description: "Origin of Zoho's accounts server, without a path",
		},
		{
			displayName: 'API URL',
			name: 'customApiUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://www.zohoapis.com',
			displayOptions: { show: { dataCenter: ['custom'] } },
			description: "Origin of Zoho's API server, used when Zoho's token answer does not name one",
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			default: 'production',
			options: [
				{ name: 'Developer', value: 'developer' },
				{ name: 'Production', value: 'production' },
				{ name: 'Sandbox', value: 'sandbox' },
			],
			description:
				"Pick the same organization on Zoho's consent page. Zoho refuses portal calls in a sandbox.",
		},
		{
			displayName: 'Access',
			name: 'access',
			type: 'options',
			default: 'everything',
			displayOptions: { hide: beforeDataCenter },
			options: [
				{
					name: 'Everything',
					value: 'everything',
					description: 'Every operation, and the lists in the forms',
				},
				{
					name: 'Portal Users',
					value: 'portalUsers',
					description: 'Portals, user types and portal users, but no CRM users',
				},
				{
					name: 'Read Only',
					value: 'readOnly',
					description: 'Can read everything, but cannot change anything or invite anyone',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'The scopes you enter',
				},
			],
			description: 'What the node may do. Reconnect after changing it.',
		},
		missing('Scope (enter at least one)', {
			...beforeDataCenter,
			access: [...Object.keys(ACCESS), undefined],
			customScope: [{ _cnd: { exists: true } }],
		}),
		{
			displayName: 'Scope',
			name: 'customScope',
			type: 'string',
			default: '',
			placeholder: 'e.g. ZohoCRM.settings.clientportal.READ,ZohoCRM.users.READ',
			displayOptions: {
				hide: { ...beforeDataCenter, access: [...Object.keys(ACCESS), undefined] },
			},
			description:
				"The scopes to ask for, separated by commas. See the page about scopes in this package's documentation. Reconnect after changing them.",
		},
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'options',
			// With "None", some n8n 2 versions refuse every declarative node that an agent calls,
			// including this one (RoutingNode of n8n-core 2.20.6; later versions do not). Users
			// have to choose "None" themselves.
			default: 'all',
			displayOptions: { hide: beforeDataCenter },
			options: [
				{
					name: 'All',
					value: 'all',
					description: 'Allow all requests when used in the HTTP Request node',
				},
				{
					name: 'Specific Domains',
					value: 'domains',
					description: 'Restrict requests to specific domains',
				},
				{
					name: 'None',
					value: 'none',
					description: 'Block all requests when used in the HTTP Request node',
				},
			],
			description:
				'Control which domains this credential can be used with in HTTP Request nodes. This node does not need it.',
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'string',
			default: '',
			placeholder: 'e.g. www.zohoapis.com',
			displayOptions: { hide: { allowedHttpRequestDomains: ['all', 'none', undefined] } },
			description: 'Comma-separated list of allowed domains (supports wildcards with *)',
		},
		unused('serverUrl', ''),
		unused('sendAdditionalBodyProperties', false),
		unused('additionalBodyProperties', ''),
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: SCOPE,
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: accountsAddress('/oauth/v2/auth'),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: accountsAddress('/oauth/v2/token'),
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			// Without prompt=consent, Zoho returns a refresh token only on the first consent.
			default: 'access_type=offline&prompt=consent',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
		{
			displayName: 'API Origin',
			name: 'apiUrl',
			type: 'hidden',
			default: `={{ ${API_ORIGIN} }}`,
		},
	];
}
