import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { canMove, userTypesOf } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import { chosenUserType, chosenValue, matching, offerOfPortal } from '../picker';

/** Lists the user types of the chosen portal. */
export async function searchUserTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await offer(this, filter, (all) => all);
}

/**
 * Lists the user types that users can move to from the chosen one; all user types if none is chosen.
 */
export async function searchTargetUserTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const chosen = chosenValue(this, 'userType');
	return await offer(this, filter, (all) => {
		if (chosen === '') return all;
		const source = chosenUserType(all, chosen);
		return all.filter((one) => source && one !== source && canMove(source, one));
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
