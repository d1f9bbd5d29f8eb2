import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult, INodeParameters, NodeApiError } from 'n8n-workflow';

import * as listSearch from '../../nodes/ZohoCrmPortals/listSearch';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, VENDORS } from '../emulator/seed';
import { zohoNode } from './engine';
import { byId, byName, useBench } from './setup';

const bench = useBench();
const { calls } = bench;

/** Opens a picker the way the editor does. */
async function pick(
	method: keyof typeof listSearch,
	parameters: INodeParameters = {},
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	const node = zohoNode({
		parameters: { resource: 'portalUser', operation: 'getAll', ...parameters },
	});
	const workflow = bench.engine.workflow({ nodes: [node], connections: {} });
	const context = new LoadOptionsContext(
		workflow,
		workflow.nodes.Zoho,
		bench.engine.additionalData(),
		'',
	);
	return await listSearch[method].call(context, filter, token);
}

const names = ({ results }: INodeListSearchResult) => results.map(({ name }) => name);
const values = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);

test('portals are picked by name', async () => {
	expect((await pick('searchPortals')).results).toEqual([{ name: PORTAL, value: PORTAL }]);
	expect(calls()).toEqual(['GET /settings/portals']);
});

test('an organization without portals has an empty list', async () => {
	bench.emulator.world.portals.clear();
	expect((await pick('searchPortals')).results).toEqual([]);
});

test('user types are those of the portal, sorted by name, with ids as text', async () => {
	const found = await pick('searchUserTypes', { portal: byName(PORTAL) });
	expect(names(found)).toEqual(['Client Portal', 'Dealers', 'Premium', 'Suppliers']);
	expect(values(found)).toEqual([CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS]);
});

test('typing narrows the list, whatever the case', async () => {
	const found = await pick('searchUserTypes', { portal: byName(PORTAL) }, 'pORT');
	expect(names(found)).toEqual(['Client Portal']);
});

test('there are no user types before a portal is chosen', async () => {
	expect((await pick('searchUserTypes', { portal: byName('') })).results).toEqual([]);
	expect(calls()).toEqual([]);
});

test('users cannot be moved to where they are', async () => {
	const parameters = { portal: byName(PORTAL), userType: byId(DEALERS) };
	expect(names(await pick('searchTargetUserTypes', parameters))).not.toContain('Dealers');
});

test('modules are those that the API lets one use', async () => {
	const found = await pick('searchModules');
	expect(values(found)).toContain('Contacts');
	expect(values(found)).not.toContain('Visits');
});

test('CRM users come in pages', async () => {
	for (let index = 0; index < 300; index++) bench.emulator.world.addUser('User', String(index));
	const first = await pick('searchUsers');
	expect(first.results).toHaveLength(200);
	expect(first.paginationToken).toBe('2');
	const second = await pick('searchUsers', {}, undefined, '2');
	expect(second.results).toHaveLength(104);
	expect(second.paginationToken).toBeUndefined();
	expect(new Set([...values(first), ...values(second)]).size).toBe(304);
});

test('typing searches all pages of CRM users', async () => {
	for (let index = 0; index < 300; index++) bench.emulator.world.addUser('User', String(index));
	bench.emulator.world.addUser('Zoe', 'Last');
	const found = await pick('searchUsers', {}, 'zoe');
	expect(names(found)).toEqual([expect.stringContaining('Zoe Last')]);
	expect(found.paginationToken).toBeUndefined();
});

test('a refusal is put into words', async () => {
	bench.engine.connect('1', 'ZohoCRM.users.READ');
	const refused = await pick('searchPortals').catch((error: NodeApiError) => error);
	expect((refused as NodeApiError).message).toBe(
		'Portals could not be listed: the credential lacks the scope ZohoCRM.settings.clientportal.READ',
	);
});
