import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { metadata } from '../../zoho/metadata';
import { readOffer, matching } from '../picker';

/** Lists the roles of the organization. */
export async function searchRoles(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchSettings(this, 'roles', filter);
}

/** Lists the profiles of the organization. */
export async function searchProfiles(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchSettings(this, 'profiles', filter);
}

async function searchSettings(
	context: ILoadOptionsFunctions,
	what: 'roles' | 'profiles',
	filter?: string,
): Promise<INodeListSearchResult> {
	const rows = await readOffer(
		context,
		what,
		async (connection) => await metadata(connection, what),
	);
	return { results: matching(rows, toEntry, filter) };
}

function toEntry({ display_label: label, name, id }: IDataObject) {
	return { name: String(label ?? name), value: String(id) };
}
