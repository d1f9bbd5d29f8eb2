import { NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { Credentials } from '../../harness/credentials';
import { ACCESS } from '../../nodes/ZohoCrmPortals/zoho/scopes';

/** The credential as n8n resolves it, with n8n's own expression code. */
function resolve(data: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	return new Credentials(new ZohoCrmPortalsOAuth2Api()).evaluate(data);
}

test.each([
	['com', 'https://accounts.zoho.com', 'https://www.zohoapis.com'],
	['eu', 'https://accounts.zoho.eu', 'https://www.zohoapis.eu'],
	['in', 'https://accounts.zoho.in', 'https://www.zohoapis.in'],
	['com.au', 'https://accounts.zoho.com.au', 'https://www.zohoapis.com.au'],
	['jp', 'https://accounts.zoho.jp', 'https://www.zohoapis.jp'],
	['com.cn', 'https://accounts.zoho.com.cn', 'https://www.zohoapis.com.cn'],
	['ca', 'https://accounts.zohocloud.ca', 'https://www.zohoapis.ca'],
	['sa', 'https://accounts.zoho.sa', 'https://www.zohoapis.sa'],
	['uk', 'https://accounts.zoho.uk', 'https://www.zohoapis.uk'],
	['ae', 'https://accounts.zoho.ae', 'https://www.zohoapis.ae'],
])('knows the hosts of data center %s', (dataCenter, accounts, api) => {
	expect(resolve({ dataCenter })).toMatchObject({
		authUrl: `${accounts}/oauth/v2/auth`,
		accessTokenUrl: `${accounts}/oauth/v2/token`,
		apiUrl: api,
	});
	for (const environment of ['sandbox', 'developer']) {
		expect(resolve({ dataCenter, environment }).apiUrl).toBe(api.replace('www', environment));
	}
});

/** A field of the form. */
function field(name: string): INodeProperties {
	const found = new ZohoCrmPortalsOAuth2Api().properties.find((one) => one.name === name);
	if (!found) throw new Error(`The credential has no field ${name}`);
	return found;
}

test('asks for the data center before anything else, and presumes none', () => {
	expect(field('dataCenter')).toMatchObject({ default: '', required: true });
	const { properties } = new ZohoCrmPortalsOAuth2Api();
	const shown = (data: INodeParameters) =>
		properties
			.filter(({ type }) => type !== 'hidden')
			.filter((property) => NodeHelpers.displayParameter(data, property, null, null))
			.map(({ name }) => name);
	const others = ['access', 'allowedHttpRequestDomains', 'clientId', 'clientSecret'];
	// The form has every field, n8n's server only those that were changed.
	for (const data of [{}, { dataCenter: '' }]) {
		expect(shown(data)).toEqual(['dataCenter', 'environment']);
	}
	for (const dataCenter of ['com', 'eu']) {
		expect(shown({ dataCenter }).sort()).toEqual([...others, 'dataCenter', 'environment'].sort());
	}
});

test.each<ICredentialDataDecryptedObject>([{}, { dataCenter: '' }])(
	'leads nowhere with %p',
	(data) => {
		expect(resolve(data)).toMatchObject({
			authUrl: 'choose-the-data-center-first:',
			accessTokenUrl: 'choose-the-data-center-first:',
			apiUrl: '',
		});
	},
);

test('offers exactly the data centers that are tested here', () => {
	const dataCenter = field('dataCenter');
	const values = (dataCenter.options ?? []).map((option) => 'value' in option && option.value);
	expect(values.sort()).toEqual(
		['com', 'eu', 'in', 'com.au', 'jp', 'com.cn', 'ca', 'sa', 'uk', 'ae', 'custom'].sort(),
	);
});

test('takes the hosts of a custom data center as they were typed', () => {
	expect(
		resolve({
			dataCenter: 'custom',
			accountsUrl: 'https://accounts.example.test/',
			customApiUrl: 'https://www.api.example.test//',
		}),
	).toMatchObject({
		authUrl: 'https://accounts.example.test/oauth/v2/auth',
		accessTokenUrl: 'https://accounts.example.test/oauth/v2/token',
		apiUrl: 'https://www.api.example.test',
	});
});

test.each([
	['production', 'https://www.zohoapis.eu', 'https://www.zohoapis.eu'],
	['sandbox', 'https://www.zohoapis.eu', 'https://sandbox.zohoapis.eu'],
	['sandbox', 'https://sandbox.zohoapis.eu', 'https://sandbox.zohoapis.eu'],
])('in %s prefers the host of the token answer, %s', (environment, api_domain, apiUrl) => {
	const oauthTokenData = { access_token: 'example', api_domain };
	expect(resolve({ dataCenter: 'com', environment, oauthTokenData }).apiUrl).toBe(apiUrl);
});

test('falls back to the data center when Zoho refused the code', () => {
	const oauthTokenData = { error: 'invalid_code' };
	expect(resolve({ dataCenter: 'in', oauthTokenData }).apiUrl).toBe('https://www.zohoapis.in');
});

test('asks for a refresh token at every consent, and sends the secret in the body', () => {
	expect(resolve({ dataCenter: 'com' })).toMatchObject({
		grantType: 'authorizationCode',
		authQueryParameters: 'access_type=offline&prompt=consent',
		authentication: 'body',
	});
});

test.each(Object.entries(ACCESS))('asks for the scopes of %s', (access, scopes) => {
	expect(resolve({ dataCenter: 'com', access }).scope).toBe(scopes.join(','));
});

test('asks for everything unless told otherwise', () => {
	expect(resolve({ dataCenter: 'com' }).scope).toBe(ACCESS.everything.join(','));
});

test.each([
	['ZohoCRM.users.READ', 'ZohoCRM.users.READ'],
	[' ZohoCRM.users.READ , ZohoCRM.org.READ,\n', 'ZohoCRM.users.READ,ZohoCRM.org.READ'],
	['ZohoCRM.users.READ ZohoCRM.org.READ', 'ZohoCRM.users.READ,ZohoCRM.org.READ'],
	['', ''],
])('asks for the scopes that were entered, %j', (customScope, scope) => {
	expect(resolve({ dataCenter: 'com', access: 'custom', customScope }).scope).toBe(scope);
	expect(resolve({ dataCenter: 'com', access: 'readOnly', customScope }).scope).not.toBe(scope);
});

test('works as a tool on every n8n: some refuse declarative nodes where HTTP Request nodes are', () => {
	expect(resolve({ dataCenter: 'com' }).allowedHttpRequestDomains).toBe('all');
});
