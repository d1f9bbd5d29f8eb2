import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { canBePersonality, metadata } from '../../zoho/metadata';
import { userTypesPath } from '../../zoho/paths';
import { isObject } from '../../http/exactJson';
import { send } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { readOffer, chosenValue, matching } from '../picker';

/** Lists the modules that can be personality modules. */
export async function searchPersonalityModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const modules = await readOffer(this, 'modules', async (connection) => {
		return await metadata(connection, 'modules');
	});
	return { results: matching(modules.filter(canBePersonality), toEntry, filter) };
}

/**
 * Lists the modules with a user type in the chosen portal, or all modules if no portal is chosen
 * yet.
 */
export async function searchInvitedModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const portal = chosenValue(this, 'portal');
	if (portal === '') return await searchPersonalityModules.call(this, filter);
	const { rows } = await readOffer(this, 'modules', async (connection) => {
		return await send(connection, {
			method: 'GET',
			path: userTypesPath(portal),
			scope: CLIENT_PORTAL.read,
		});
	});
	const modules = new Map(
		rows
			.map(({ personality_module: module }) => module)
			.filter(isObject)
			.map((module) => [module.api_name, module]),
	);
	return { results: matching([...modules.values()], toEntry, filter) };
}

function toEntry({ plural_label: label, api_name }: IDataObject) {
	return { name: String(label ?? api_name), value: String(api_name) };
}
