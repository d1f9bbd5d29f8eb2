import { collection } from '../../form/collection';
import { asText, leftOpen, shownAs, text } from '../../form/field';
import type { Field, Shown } from '../../form/field';
import type { Item } from '../../form/item';
import type { Operation } from '../../run/operation';
import { answerIn, perItem } from '../../run/perItem';
import { writeRow } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { portal } from '../fields';
import { certificateIn } from './certificate';
import { portalName } from './create';

const newName = leftOpen(
	shownAs(portalName, {
		displayName: 'New Name',
		required: false,
		description:
			'The new name of the portal: 6 to 30 letters and digits, unique across all of Zoho. Leave it empty to keep the name.',
	}),
);

/**
 * The most characters of a URL and of a certificate, according to Zoho's OpenAPI file
 * (zoho/crm-oas, v8.0/portals).
 */
const LONGEST_URL = 2048;
const LONGEST_CERTIFICATE = 5000;

function url(shown: Shown): Field<string> {
	return {
		...text({ placeholder: 'e.g. https://login.example.com/saml', ...shown }),
		check: (given, at) => {
			const found = asText(given, at);
			if (found.length > LONGEST_URL) {
				throw at.invalid(`has ${found.length} characters`, `Zoho accepts at most ${LONGEST_URL}.`);
			}
			if (/^https?:\/\/[^\s/]+(\/\S*)?$/i.test(found)) return found;
			throw at.invalid('is not a URL', 'Enter an address that begins with https://.');
		},
	};
}

const certificate: Field<string> = {
	...text({
		displayName: 'Certificate',
		name: 'public_key',
		typeOptions: { rows: 4 },
		placeholder: '-----BEGIN CERTIFICATE-----…',
		description:
			'The signing certificate of the identity provider in PEM form, with its first and last line. Get shows when it expires.',
	}),
	check: (given, at) => {
		const found = certificateIn(asText(given, at));
		if (!found) {
			throw at.invalid(
				'is not a certificate in PEM form',
				'Paste one certificate, from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".',
			);
		}
		if (found.pem.length <= LONGEST_CERTIFICATE) return found.pem;
		throw at.invalid(
			`has ${found.pem.length} characters`,
			`Zoho accepts at most ${LONGEST_CERTIFICATE}.`,
		);
	},
};

const samlFields = collection(
	{ displayName: 'Single Sign-On (SAML)', name: 'saml', placeholder: 'Add Setting' },
	{
		public_key: certificate,
		login_url: url({
			displayName: 'Login URL',
			name: 'login_url',
			description: 'Where users log in at the identity provider',
		}),
		logout_url: url({
			displayName: 'Logout URL',
			name: 'logout_url',
			description: 'Where users log out at the identity provider',
		}),
	},
);

interface Saml {
	login_url: string;
	logout_url: string;
	public_key: string;
}

/** The identity provider at which users log in: all settings, or undefined if there is none. */
const saml: Field<Saml | undefined> = {
	property: samlFields.property,
	check: (given, at) => {
		const { login_url, logout_url, public_key } = samlFields.check(given, at);
		const all = [login_url, logout_url, public_key];
		if (all.every((one) => one === undefined)) return undefined;
		if (login_url !== undefined && logout_url !== undefined && public_key !== undefined) {
			return { login_url, logout_url, public_key };
		}
		throw at.invalid(
			'is incomplete',
			'Zoho requires the login URL, the logout URL and the certificate together. Add all three.',
		);
	},
};

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update portal',
	description: 'Rename a portal, or set up its single sign-on (SAML)',
	method: 'PUT',
	path: '/settings/portals/{portal}',
	scopes: [CLIENT_PORTAL.update],
	limit: '1 a call',
	warnings: [
		{
			message:
				'A new name also changes the login address of the portal. With single sign-on, users log in at your identity provider.',
		},
	],
	thing: 'portal',
	done: 'updated',
	fields: [portal, newName, saml],
	strategy: perItem({
		group: (item) => {
			const present = item.read(portal);
			const { name, saml_configuration } = changesOf(item);
			return {
				subject: { name: present },
				name: name ?? present,
				renames: saml_configuration === undefined,
				request: {
					...item.request({ portal: present }),
					body: {
						portals: [
							{
								...(name !== undefined && { name }),
								...(saml_configuration && { saml_configuration: { ...saml_configuration } }),
							},
						],
					},
				},
			};
		},
		// The name in the answer is the old one in Zoho's OpenAPI file and the new one in its
		// documentation.
		send: async (connection, { name, request }) => ({
			name,
			...answerIn(await writeRow(connection, request)),
		}),
		labels: ({ renames }) => (renames ? { done: 'renamed' } : {}),
	}),
};

/** @throws NodeOperationError if there is nothing to change */
function changesOf(item: Item): { name?: string; saml_configuration?: Saml } {
	const name = item.read(newName);
	const saml_configuration = item.read(saml);
	if (name !== undefined || saml_configuration) return { name, saml_configuration };
	throw item.invalid(
		newName.property.displayName,
		'is empty',
		'Enter a new name, or add single sign-on settings.',
	);
}
