import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { userTypesOf } from '../../transport/directory';
import type { UserType } from '../../transport/directory';
import { chosenValue, matching, offerOfPortal } from '../picker';

/** Lists the user types of the chosen portal. */
export async function searchUserTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await offer(this, filter, (all) => all);
}

/**
 * Lists the user types that users can move to: those with the same personality module as the one
 * they are in.
 */
export async function searchTargetUserTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const chosen = chosenValue(this, 'userType');
	return await offer(this, filter, (all) => {
		const source = all.find(({ id, name }) => id === chosen || name === chosen);
		return all.filter((one) => one !== source && (!source || one.module === source.module));
	});
}

async function offer(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	choose: (all: UserType[]) => UserType[],
): Promise<INodeListSearchResult> {
	return await offerOfPortal(context, 'user types', async (connection, portal) => {
		const entries = choose(await userTypesOf(connection, portal));
		return { results: matching(entries, ({ id, name }) => ({ name, value: id }), filter) };
	});
}
