import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { send } from '../../transport/request';
import { readOffer, matching } from '../picker';

/** Lists the portals of the organization; a portal is addressed by its name. */
export async function searchPortals(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { rows } = await readOffer(
		this,
		'portals',
		'ZohoCRM.settings.clientportal.READ',
		async (connection) => await send(connection, { method: 'GET', path: '/settings/portals' }),
	);
	const toEntry = ({ name }: { name?: unknown }) => ({ name: String(name), value: String(name) });
	return { results: matching(rows, toEntry, filter) };
}
