import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { CUSTOM, DATA_CENTERS } from '../nodes/ZohoCrmPortals/transport/dataCenter';

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

/** Zoho's data centres and "Custom", by name. */
const DATA_CENTER_OPTIONS = [
	...DATA_CENTERS.map(({ country, site, suffix }) => ({
		name: `${country} (${site})`,
		value: suffix,
	})),
	{ name: 'Custom', value: CUSTOM },
].sort((a, b) => a.name.localeCompare(b.name));

/** Sites by the value of the data centre, as an expression. */
const SITES = JSON.stringify(
	Object.fromEntries(DATA_CENTERS.map(({ suffix, site }) => [suffix, site])),
);

/**
 * The accounts server of the chosen data centre. It is written out in both fields that need it because a credential
 * expression that reads another expression through `$self` sees it unresolved.
 */
const ACCOUNTS_SERVER = `($self["dataCenter"] === "custom"
	? $self["accountsUrl"].replace(/\\/+$/, "")
	: "https://accounts." + (${SITES})[$self["dataCenter"]])`;

/**
 * The API origin: what the token answer named (`api_domain`), else the data centre's host. One
 * accounts server serves every environment of a data centre; only the API host differs.
 */
const API_ORIGIN = `($self["oauthTokenData"]?.api_domain
	|| ($self["dataCenter"] === "custom" ? $self["customApiUrl"] : "https://www.zohoapis." + $self["dataCenter"]))
	.replace("://www.", "://" + ($self["environment"] === "production" ? "www" : $self["environment"]) + ".")
	.replace(/\\/+$/, "")`;

/** Connects n8n to a Zoho CRM organisation in any data centre, by OAuth2. */
export class ZohoCrmPortalsOAuth2Api implements ICredentialType {
	name = 'zohoCrmPortalsOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Zoho CRM Portals OAuth2 API';

	icon: Icon = { light: 'file:../icons/portal.svg', dark: 'file:../icons/portal.dark.svg' };

	documentationUrl = 'https://www.zoho.com/crm/developer/docs/api/v8/oauth-overview.html';

	properties: INodeProperties[] = [
		{
			displayName: 'Data Center',
			name: 'dataCenter',
			type: 'options',
			default: 'com',
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
			description:
				'Comma-separated. The default covers every operation; remove what you do not need and reconnect.',
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
			default: `={{ ${ACCOUNTS_SERVER} }}/oauth/v2/auth`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${ACCOUNTS_SERVER} }}/oauth/v2/token`,
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
