import type { INodeParameters } from 'n8n-workflow';

import { PORTAL } from '../../emulator/seed';
import { CERTIFICATE, LONG_LIVED } from '../../harness/certificates';
import { jsons, skipPauses, useHarness } from '../../harness/harness';

const harness = useHarness();
const { run, calls } = harness;

skipPauses();

const saml = {
	login_url: 'https://login.example.test/sso',
	logout_url: 'https://login.example.test/slo?app=1',
	public_key: CERTIFICATE,
};

const kept = () => harness.emulator.world.portals.get(PORTAL)?.saml_configuration;

describe('single sign-on of a portal', () => {
	test('is set up without a name, in one call; Get tells when the certificate expires', async () => {
		const result = await run('portal.update', { saml });
		expect(calls()).toEqual([`PUT /settings/portals/${PORTAL}`]);
		expect(harness.emulator.requests[0].body).toEqual({ portals: [{ saml_configuration: saml }] });
		expect(jsons(result)).toMatchObject([{ name: PORTAL, code: 'SUCCESS' }]);
		const [{ saml_configuration }] = jsons(await run('portal.get'));
		expect(saml_configuration).toMatchObject({
			...saml,
			certificate_expires: '2027-11-29T05:50:14Z',
		});
	});

	test('is set up together with a new name', async () => {
		const result = await run('portal.update', { name: 'AcmePartners', saml });
		expect(harness.emulator.requests[0].body).toEqual({
			portals: [{ name: 'AcmePartners', saml_configuration: saml }],
		});
		expect(jsons(result)).toMatchObject([{ name: 'AcmePartners' }]);
	});

	test.each([
		['escaped line breaks', CERTIFICATE.replace(/\n/g, '\\n')],
		['spaces', ` ${CERTIFICATE.replace(/\n/g, ' ')} `],
		['no line breaks', CERTIFICATE.replace(/\n/g, '')],
		['line breaks of Windows', CERTIFICATE.replace(/\n/g, '\r\n')],
	])('takes a certificate with %s', async (_, public_key) => {
		await run('portal.update', { saml: { ...saml, public_key } });
		expect(kept()).toMatchObject({ public_key: CERTIFICATE });
	});

	test('Get reads a certificate that ends after 2049', async () => {
		await run('portal.update', { saml: { ...saml, public_key: LONG_LIVED } });
		const [{ saml_configuration }] = jsons(await run('portal.get'));
		expect(saml_configuration).toMatchObject({ certificate_expires: '2054-04-16T05:50:14Z' });
	});

	test.each([
		['none', undefined],
		['something else', '-----BEGIN CERTIFICATE-----INVENTED-----END CERTIFICATE-----'],
		['another structure', '-----BEGIN CERTIFICATE-----\nMAUCAQECAQI=\n-----END CERTIFICATE-----'],
	])('Get tells no end where Zoho has %s', async (_, public_key) => {
		if (public_key) {
			await run('portal.update', { saml });
			Object.assign(Object(kept()), { public_key });
		}
		const result = await run('portal.get');
		expect(JSON.stringify(jsons(result))).not.toContain('certificate_expires');
		expect(jsons(result)).toMatchObject([{ name: PORTAL }]);
	});

	const lines = CERTIFICATE.split('\n');
	const pem = (...body: string[]) => [lines[0], ...body, lines.at(-1)].join('\n');

	test.each<[string, INodeParameters, string]>([
		['nothing', {}, "'New Name' is empty"],
		['two of three', { login_url: saml.login_url, public_key: CERTIFICATE }, 'is incomplete'],
		['a URL without a scheme', { ...saml, login_url: 'login.example.test' }, 'is not a URL'],
		['a URL of another kind', { ...saml, logout_url: 'javascript:alert(1)' }, 'is not a URL'],
		['a long URL', { ...saml, login_url: `https://a.test/${'x'.repeat(2048)}` }, 'characters'],
		['an empty certificate', { ...saml, public_key: ' ' }, "'Certificate' is empty"],
		['a key', { ...saml, public_key: CERTIFICATE.replaceAll('CERTIFICATE', 'PRIVATE KEY') }, 'PEM'],
		['no first line', { ...saml, public_key: lines.slice(1).join('\n') }, 'PEM'],
		['a certificate that is cut', { ...saml, public_key: pem(...lines.slice(1, 4)) }, 'PEM'],
		['two certificates', { ...saml, public_key: `${CERTIFICATE}\n${CERTIFICATE}` }, 'PEM'],
		['no base64', { ...saml, public_key: pem('not a certificate') }, 'PEM'],
		['no DER', { ...saml, public_key: pem(btoa('not a certificate')) }, 'PEM'],
	])('%s is an input error', async (_, given, complaint) => {
		const result = await run('portal.update', { saml: given });
		expect(result.error?.message).toContain(complaint);
		expect(`${result.error?.message} ${result.error?.description}`).not.toContain(lines[2]);
		expect(calls()).toEqual([]);
	});

	test('an expression that gives no name is an input error', async () => {
		const result = await run('portal.update', { name: '={{ $json.name }}', saml });
		expect(result.error?.message).toContain("'New Name' is empty");
		expect(calls()).toEqual([]);
	});

	test('a setup that got no clear answer is uncertain, and its words are about an update', async () => {
		harness.emulator.faults.add({ kind: 'cut', before: false, method: 'PUT' });
		const result = await run('portal.update', { saml });
		expect(result.error?.message).toContain('was updated');
		expect(result.items).toEqual([]);
	});
});
