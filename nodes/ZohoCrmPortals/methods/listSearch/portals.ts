import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { send } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { readOffer, matching } from '../picker';

/** Lists the portals of the organization. Portals are identified by name. */
export async function searchPortals(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { rows } = await readOffer(
		this,
		'portals',
		async (connection) =>
			await send(connection, {
				method: 'GET',
				path: '/settings/portals',
				scope: CLIENT_PORTAL.read,
			}),
	);
	const toEntry = ({ name }: { name?: unknown }) => ({ name: String(name), value: String(name) });
	return { results: matching(rows, toEntry, filter) };
}
