import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { send } from '../transport/send';
import { ask, chosenValue, matching } from './search';

/** Lists the user types of the chosen portal. */
export async function searchUserTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: await userTypes(this, filter) };
}

/** Lists the user types that users can move to: all but the one they are in. */
export async function searchTargetUserTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const source = chosenValue(this, 'userType');
	const results = await userTypes(this, filter);
	return { results: results.filter(({ value }) => value !== source) };
}

async function userTypes(
	context: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchItems[]> {
	const portal = chosenValue(context, 'portal');
	if (portal === '') return [];
	const { rows } = await ask(
		context,
		'user types',
		'ZohoCRM.settings.clientportal.READ',
		async (connection) =>
			await send(connection, {
				method: 'GET',
				path: `/settings/portals/${encodeURIComponent(portal)}/user_type`,
			}),
	);
	return matching(rows, ({ name, id }) => ({ name: String(name), value: String(id) }), filter);
}
