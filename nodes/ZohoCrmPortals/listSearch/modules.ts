import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { send } from '../transport/send';
import { ask, matching } from './search';

/** Lists the modules that hold records a person can be: those the API lets read and write. */
export async function searchModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { rows } = await ask(
		this,
		'modules',
		'ZohoCRM.settings.modules.READ',
		async (connection) => await send(connection, { method: 'GET', path: '/settings/modules' }),
	);
	const toEntry = ({ plural_label, api_name }: IDataObject) => ({
		name: String(plural_label ?? api_name),
		value: String(api_name),
	});
	return { results: matching(rows.filter(isUsable), toEntry, filter) };
}

function isUsable({ api_supported: supported, viewable }: IDataObject): boolean {
	return supported === true && viewable === true;
}
