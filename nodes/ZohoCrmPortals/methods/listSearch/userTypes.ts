import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { userTypesPath } from '../../transport/paths';
import { isObject } from '../../transport/exactJson';
import { send } from '../../transport/request';
import { CLIENT_PORTAL } from '../../transport/scopes';
import { readOffer, chosenValue, matching } from '../picker';

/** Lists the user types of the chosen portal. */
export async function searchUserTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: matching(await userTypes(this), toEntry, filter) };
}

/**
 * Lists the user types that users can move to: those with the same personality module as the one
 * they are in.
 */
export async function searchTargetUserTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const all = await userTypes(this);
	const source = all.find(({ id }) => id === chosenValue(this, 'userType'));
	const targets = all.filter(
		(one) => one !== source && (!source || personalityOf(one) === personalityOf(source)),
	);
	return { results: matching(targets, toEntry, filter) };
}

async function userTypes(context: ILoadOptionsFunctions): Promise<IDataObject[]> {
	const portal = chosenValue(context, 'portal');
	if (portal === '') {
		throw new NodeOperationError(
			context.getNode(),
			'Choose the portal first; its user types are listed then',
		);
	}
	const path = userTypesPath(portal);
	return await readOffer(context, 'user types', async (connection) => {
		return (await send(connection, { method: 'GET', path, scope: CLIENT_PORTAL.read })).rows;
	});
}

function toEntry({ name, id }: IDataObject) {
	return { name: String(name), value: String(id) };
}

function personalityOf({ personality_module: module }: IDataObject): unknown {
	return isObject(module) ? module.id : undefined;
}
