import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { CUSTOM, DATA_CENTERS } from '../nodes/ZohoCrmPortals/http/dataCenter';

/**
 * Every scope an operation or a picker of this package asks for.
 * Zoho separates scopes with commas: https://www.zoho.com/accounts/protocol/oauth/web-server-applications.html
 */
export const DEFAULT_SCOPE = [
	'ZohoCRM.settings.clientportal.ALL',
	'ZohoCRM.users.ALL',
	'ZohoCRM.settings.modules.READ',
	'ZohoCRM.settings.fields.READ',
	'ZohoCRM.settings.layouts.READ',
	'ZohoCRM.settings.custom_views.READ',
	'ZohoCRM.settings.roles.READ',
	'ZohoCRM.settings.profiles.READ',
	'ZohoCRM.change_owner.CREATE',
	'ZohoCRM.change_owner.READ',
].join(',');

/** Zoho's data centers and "Custom", by name. */
const DATA_CENTER_OPTIONS = [
	...DATA_CENTERS.map(({ country, site, suffix }) => ({
		name: `${country} (${site})`,
		value: suffix,
	})),
	{ name: 'Custom', value: CUSTOM },
].sort((a, b) => a.name.localeCompare(b.name));

/** Sites by the value of the data center, as an expression. */
const SITES = JSON.stringify(
	Object.fromEntries(DATA_CENTERS.map(({ suffix, site }) => [suffix, site])),
);

/** In place of an address as long as no data center is chosen: n8n refuses it and shows it. */
const NO_ADDRESS = 'choose-the-data-center-first:';

/**
 * An address on the accounts server of the chosen data center. It is written out in both fields that
 * need it because a credential expression that reads another expression through `$self` sees it
 * unresolved.
 */
const accountsAddress = (path: string) => `={{ $self["dataCenter"] === "custom"
	? $self["accountsUrl"].replace(/\\/+$/, "") + "${path}"
	: $self["dataCenter"]
		? "https://accounts." + (${SITES})[$self["dataCenter"]] + "${path}"
		: "${NO_ADDRESS}" }}`;

/**
 * The API origin: what the token answer named (`api_domain`), else the data center's host. One
 * accounts server serves every environment of a data center; only the API host differs.
 */
const API_ORIGIN = `($self["oauthTokenData"]?.api_domain
	|| ($self["dataCenter"] === "custom" ? $self["customApiUrl"] : $self["dataCenter"] && "https://www.zohoapis." + $self["dataCenter"]))
	.replace("://www.", "://" + ($self["environment"] === "production" ? "www" : $self["environment"]) + ".")
	.replace(/\\/+$/, "")`;

/**
 * Shows a field once a data center is chosen. n8n puts inherited fields first, whatever the order
 * here: so that people begin with the data center, the others wait for it.
 */
const onceChosen: INodeProperties['displayOptions'] = {
	show: { dataCenter: DATA_CENTER_OPTIONS.map(({ value }) => value) },
};

/** Connects n8n to a Zoho CRM organization in any data center, by OAuth2. */
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
			displayOptions: onceChosen,
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: onceChosen,
		},
		{
			displayName: 'Data Center',
			name: 'dataCenter',
			type: 'options',
			default: '',
			required: true,
			// Always shown. n8n stores nothing without a required field, but only if that may be hidden.
			displayOptions: { hide: { grantType: [''] } },
			options: DATA_CENTER_OPTIONS,
			description:
				'Where your Zoho account lives: the ending of the address bar when you use Zoho CRM. Reconnect after changing it.',
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
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: DEFAULT_SCOPE,
			displayOptions: onceChosen,
			description:
				'Comma-separated. The default covers every operation; remove what you do not need and reconnect.',
		},
		{
			// As n8n adds it to every OAuth2 credential.
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'options',
			default: 'all',
			displayOptions: onceChosen,
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
			description: 'Control which domains this credential can be used with in HTTP Request nodes',
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
			// Without prompt=consent Zoho hands out a refresh token only on the first consent.
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
