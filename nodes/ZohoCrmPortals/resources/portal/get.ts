import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../http/exactJson';
import type { Operation } from '../../run/operation';
import { perItem } from '../../run/perItem';
import { readRow } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { portal } from '../fields';
import { certificateIn } from './certificate';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get portal',
	description: 'Retrieve a portal with its login address and single sign-on settings',
	method: 'GET',
	path: '/settings/portals/{portal}',
	scopes: [CLIENT_PORTAL.read],
	limit: '1 a call',
	thing: 'portal',
	done: 'read',
	fields: [portal],
	strategy: perItem({
		group: (item) => {
			const name = item.read(portal);
			return { subject: { name }, request: item.request({ portal: name }) };
		},
		send: async (connection, { request }) => withExpiry(await readRow(connection, request)),
	}),
};

/** The portal with the expiry date of its SAML certificate, if that can be read. */
function withExpiry(row: IDataObject): IDataObject {
	const { saml_configuration: saml } = row;
	if (!isObject(saml) || typeof saml.public_key !== 'string') return row;
	const expires = certificateIn(saml.public_key)?.expires;
	if (expires === undefined) return row;
	return { ...row, saml_configuration: { ...saml, certificate_expires: expires } };
}
