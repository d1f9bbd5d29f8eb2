import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult, INodeParameters, NodeApiError } from 'n8n-workflow';

import { listSearch } from '../../nodes/ZohoCrmPortals/methods/listSearch';
import { loadOptions } from '../../nodes/ZohoCrmPortals/methods/loadOptions';
import { CLIENT_PORTAL, DEALERS, EMIL, PORTAL, PREMIUM, VENDORS } from '../../emulator/seed';
import { zohoNode } from '../../harness/engine';
import { byId, byName, useHarness } from '../../harness/harness';

const harness = useHarness();
const { calls } = harness;

/** What n8n's server sets up when the editor opens a picker at this place of the node. */
function opened(parameters: INodeParameters, path = ''): LoadOptionsContext {
	const node = zohoNode({
		parameters: { resource: 'portalUser', operation: 'getAll', ...parameters },
	});
	const workflow = harness.engine.workflow({ nodes: [node], connections: {} });
	const additionalData = {
		...harness.engine.additionalData(),
		currentNodeParameters: workflow.nodes.Zoho.parameters,
	};
	return new LoadOptionsContext(workflow, workflow.nodes.Zoho, additionalData, path);
}

/** Opens a resource locator. */
async function pick(
	method: keyof typeof listSearch,
	parameters: INodeParameters = {},
	filter?: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await listSearch[method].call(opened(parameters), filter, token);
}

const names = ({ results }: INodeListSearchResult) => results.map(({ name }) => name);
const values = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);

test('portals are picked by name', async () => {
	expect((await pick('searchPortals')).results).toEqual([{ name: PORTAL, value: PORTAL }]);
	expect(calls()).toEqual(['GET /settings/portals']);
});

test('an organization without portals has an empty list', async () => {
	harness.emulator.world.portals.clear();
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

test('user types are those of the only portal where none is chosen', async () => {
	const found = await pick('searchUserTypes', { portal: byName('') });
	expect(names(found)).toEqual(['Client Portal', 'Dealers', 'Premium', 'Suppliers']);
});

test('user types ask for a portal first where there are several', async () => {
	const { portals } = harness.emulator.world;
	const [portal] = portals.values();
	portals.set('Second', { ...portal, name: 'Second' });
	const { results } = await pick('searchUserTypes', { portal: byName('') });
	expect(results).toEqual([
		{ name: 'Choose the portal first; its user types are listed then', value: '' },
	]);
});

test('portal users are listed with their user type, and searched by name and email', async () => {
	const { world } = harness.emulator;
	const [mina] = world.addPortalUsers(DEALERS, 3);
	world.addPortalUsers(PREMIUM, 250);
	const parameters = { portal: byName(PORTAL), userType: byId('') };
	const first = await pick('searchPortalUsers', parameters);
	expect(first.results).toHaveLength(3);
	expect(first.results[0].name).toContain('Dealers');
	const second = await pick('searchPortalUsers', parameters, undefined, first.paginationToken);
	expect(second.results).toHaveLength(200);
	const third = await pick('searchPortalUsers', parameters, undefined, second.paginationToken);
	expect(third.results).toHaveLength(50);
	const found = await pick('searchPortalUsers', parameters, mina.email);
	expect(found.results.map(({ value }) => value)).toEqual([mina.personality_id]);
});

test('users can be moved to where people of their module are, not to where they are', async () => {
	const parameters = { portal: byName(PORTAL), userType: byId(DEALERS) };
	expect(names(await pick('searchTargetUserTypes', parameters))).toEqual([
		'Client Portal',
		'Premium',
	]);
});

test('personality modules are those whose records can be people', async () => {
	const found = await pick('searchPersonalityModules');
	expect(values(found)).toEqual(['Contacts', 'Members', 'Vendors']);
	expect(calls()).toEqual(['GET /settings/modules']);
});

test('modules to invite from are those with a user type in the portal', async () => {
	const found = await pick('searchInvitedModules', { portal: byName(PORTAL) });
	expect(values(found)).toEqual(['Contacts', 'Vendors']);
	expect(calls()).toEqual(['GET /settings/portals/AcmeClients/user_type']);
	const before = await pick('searchInvitedModules', { portal: byName('') });
	expect(values(before)).toEqual(['Contacts', 'Members', 'Vendors']);
});

test('roles and profiles are picked by name', async () => {
	expect((await pick('searchRoles')).results).toEqual([
		{ name: 'Agent', value: '7310000000000102003' },
		{ name: 'CEO', value: '7310000000000102001' },
		{ name: 'Manager', value: '7310000000000102002' },
	]);
	expect(names(await pick('searchProfiles', {}, 'STAND'))).toEqual(['Standard']);
	expect(calls()).toEqual(['GET /settings/roles', 'GET /settings/profiles']);
});

test('CRM users come in pages', async () => {
	for (let index = 0; index < 300; index++) harness.emulator.world.addUser('User', String(index));
	const first = await pick('searchUsers');
	expect(first.results).toHaveLength(200);
	expect(first.paginationToken).toBe('2');
	const second = await pick('searchUsers', {}, undefined, '2');
	expect(second.results).toHaveLength(105);
	expect(second.paginationToken).toBeUndefined();
	expect(new Set([...values(first), ...values(second)]).size).toBe(305);
});

test.each([undefined, 'e'])(
	'CRM users who cannot log in are marked, those who are gone left out (typed: %s)',
	async (typed) => {
		const { world } = harness.emulator;
		const emil = world.users.get(EMIL);
		world.addUser('Fern', 'Gone', { status: 'deleted' });
		world.addUser('Gail', 'Client', { type__s: 'Client Portal User' });
		const found = await pick('searchUsers', {}, typed);
		expect(names(found)).toContain(`${emil?.full_name} (${emil?.email}) – inactive`);
		expect(names(found).filter((name) => name.includes('–'))).toHaveLength(1);
		expect(names(found).join()).not.toMatch(/Fern|Gail/);
		const active = await pick('searchActiveUsers', {}, typed);
		expect(names(active)).toEqual(names(found).filter((name) => !name.includes('–')));
	},
);

test('typing searches all pages of CRM users', async () => {
	for (let index = 0; index < 300; index++) harness.emulator.world.addUser('User', String(index));
	harness.emulator.world.addUser('Zoe', 'Last');
	const found = await pick('searchUsers', {}, 'zoe');
	expect(names(found)).toEqual([expect.stringContaining('Zoe Last')]);
	expect(found.paginationToken).toBeUndefined();
});

test('typing does not search for ever where Zoho always promises another page', async () => {
	harness.emulator.behaviour.promisesMore = true;
	const searched = pick('searchUsers', {}, 'zoe');
	await expect(searched).rejects.toThrow(
		'CRM users could not be listed: Zoho keeps sending pages that repeat or are empty (page 2)',
	);
	expect(calls().length).toBeLessThanOrEqual(3);
});

test('a page without CRM users is the last one, whatever Zoho promises', async () => {
	harness.emulator.behaviour.promisesMore = true;
	const first = await pick('searchUsers');
	expect(first.paginationToken).toBe('2');
	const second = await pick('searchUsers', {}, undefined, '2');
	expect(second).toEqual({ results: [] });
});

test('a refusal is put into words', async () => {
	harness.engine.connect('1', 'ZohoCRM.users.READ');
	const refused = await pick('searchPortals').catch((error: NodeApiError) => error);
	expect((refused as NodeApiError).message).toBe(
		'Portals could not be listed: the credential lacks the scope ZohoCRM.settings.clientportal.READ',
	);
});

describe.each([true, false])(
	'the form of a user type, with the portals/meta call: %s',
	(hasMeta) => {
		beforeEach(() => {
			harness.emulator.behaviour.hasMeta = hasMeta;
		});

		const meta = (module: string) => harness.emulator.world.module(module);

		const userType: INodeParameters = {
			resource: 'userType',
			operation: 'create',
			portal: byName(PORTAL),
			personalityModule: byName('Contacts'),
		};

		/** What a picker offers in the second entry of the form, for this module. */
		const offered = async (
			method: keyof typeof loadOptions,
			module: string,
			parameters: INodeParameters = userType,
		) => {
			const modulesUi = { module: [{ module: meta('Notes').id }, { module: meta(module).id }] };
			const path = `parameters.modulesUi.module[1].${method}`;
			return await loadOptions[method].call(opened({ ...parameters, modulesUi }, path));
		};

		/** So that a choice can be taken back. */
		const NONE = { name: 'None', value: '' };

		const labels = (options: Array<{ name: string }>) => options.map(({ name }) => name);

		test('offers the modules that can be in it', async () => {
			const found = labels(await offered('getModules', 'Contacts'));
			expect(found).toEqual(
				hasMeta
					? ['Contacts', 'Deals', 'Notes', 'Products']
					: ['Contacts', 'Deals', 'Members', 'Notes', 'Products', 'Vendors'],
			);
		});

		test('offers the personality module first, whichever is chosen', async () => {
			const found = await offered('getModules', 'Contacts');
			expect(found.find(({ name }) => name === 'Contacts')).toEqual({
				name: 'Contacts',
				value: 'personality',
			});
			const open = await offered('getModules', 'Contacts', { ...userType, personalityModule: '' });
			expect(open).toContainEqual({ name: 'Personality Module', value: 'personality' });
			const update = { ...userType, operation: 'update' };
			expect(await offered('getModules', 'Contacts', update)).toContainEqual({
				name: 'Contacts',
				value: meta('Contacts').id,
			});
			const modulesUi = { module: [{ module: 'personality' }] };
			const path = 'parameters.modulesUi.module[0].layouts';
			const layouts = await loadOptions.getLayouts.call(opened({ ...userType, modulesUi }, path));
			expect(layouts).toEqual([{ name: 'Standard', value: meta('Contacts').layouts[0].id }]);
		});

		test('offers layouts, views, filters and fields of the module beside', async () => {
			const deals = meta('Deals');
			expect(await offered('getLayouts', 'Deals')).toEqual([
				{ name: 'Standard', value: deals.layouts[0].id },
			]);
			expect(await offered('getViews', 'Deals')).toEqual([
				NONE,
				{ name: 'All Deals', value: `custom_view:${deals.views[0].id}` },
			]);
			expect(await offered('getFilters', 'Deals')).toEqual([
				NONE,
				{ name: 'Contact Name', value: deals.filters[0] },
			]);
			expect(labels(await offered('getFields', 'Deals'))).toEqual([
				'Amount',
				'Contact Name',
				'Deal Name',
				'Stage',
			]);
		});

		test('goes by the personality module of a user type that is updated', async () => {
			const update = {
				...userType,
				operation: 'update',
				personalityModule: '',
				modulesMode: 'fields',
				userType: byId(VENDORS),
			};
			expect(await offered('getFilters', 'Deals', update)).toEqual([NONE]);
			const reads = calls().filter((call) => call.includes('/user_type/'));
			expect(reads).toEqual([`GET /settings/portals/AcmeClients/user_type/${VENDORS}`]);
		});
	},
);

test('there is nothing to choose before the module is', async () => {
	const modulesUi = { module: [{ module: '' }] };
	const context = opened({ modulesUi }, 'parameters.modulesUi.module[0].layouts');
	expect(await loadOptions.getLayouts.call(context)).toEqual([]);
	expect(calls()).toEqual([]);
});
