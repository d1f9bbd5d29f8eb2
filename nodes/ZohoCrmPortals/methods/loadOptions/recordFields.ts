import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { mapWithConcurrency } from '../../http/concurrency';
import { userTypesOf } from '../../zoho/directory';
import { metadata } from '../../zoho/metadata';
import { byName, chosenUserType, chosenValue, portalsMeant, readOffer } from '../picker';
import { shownName } from './userTypeForm';

/**
 * Lists the fields of the records behind the users: of the personality module of the chosen user
 * type, or of all user types of the portal if none is chosen. Fields of several modules are listed
 * once. The list is empty if there are several portals and none is chosen.
 */
export async function getRecordFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const chosen = chosenValue(this, 'userType');
	const fields = await readOffer(this, 'fields', async (connection) => {
		const portals = await portalsMeant(this, connection);
		const all = portals.length === 1 ? await userTypesOf(connection, portals[0]) : [];
		const types = chosen === '' ? all : [chosenUserType(all, chosen) ?? []].flat();
		const modules = [...new Set(types.map(({ module }) => module))].filter(Boolean);
		return await mapWithConcurrency(
			modules,
			connection.concurrency,
			async (module) => await metadata(connection, 'fields', module),
		);
	});
	const visible = fields.flat().filter(({ visible: shown }) => shown !== false);
	const options = new Map(
		visible.map((field) => [
			String(field.api_name),
			{ name: shownName(field), value: String(field.api_name) },
		]),
	);
	return [...options.values()].sort(byName);
}
