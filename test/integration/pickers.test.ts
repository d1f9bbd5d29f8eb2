/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { LoadOptionsContext, resolveOutputSchemaPath } from 'n8n-core';
import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	NodeApiError,
} from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { wordsFor } from '../../nodes/ZohoCrmPortals/errors/messages';
import { listSearch } from '../../nodes/ZohoCrmPortals/methods/listSearch';
import { loadOptions } from '../../nodes/ZohoCrmPortals/methods/loadOptions';
import { getWatchedUserTypes } from '../../nodes/ZohoCrmPortals/methods/loadOptions/watchedUserTypes';
import { personName } from '../../nodes/ZohoCrmPortals/methods/picker';
import { operations } from '../../nodes/ZohoCrmPortals/resources';
import { createConnection } from '../../nodes/ZohoCrmPortals/http/connection';
import { CREDENTIAL } from '../../nodes/ZohoCrmPortals/http/credential';
import { ZohoApiError } from '../../nodes/ZohoCrmPortals/http/error';
import { findRecords } from '../../nodes/ZohoCrmPortals/zoho/recordSearch';
import type { FoundRecord } from '../../nodes/ZohoCrmPortals/zoho/recordSearch';
import type { Fault } from '../../emulator/faults';
import {
	CLIENT_PORTAL,
	DEALERS,
	EMIL,
	PORTAL,
	PREMIUM,
	UNKNOWN,
	VENDORS,
} from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import type { CrmRecord } from '../../emulator/world';
import { staleOf } from '../../tools/docs/stale';
import { collectSamples } from '../../tools/samples/collect';
import type { Sample } from '../../tools/samples/collect';
import { PREVIEWS, previewsOf } from '../../tools/samples/previews';
import { schemaOf } from '../../tools/samples/schema';
import { guardContract } from '../../harness/contract';
import { Engine, zohoNode } from '../../harness/engine';
import { byId, byName, skipPauses, useHarness } from '../../harness/harness';
import { ZohoCrmPortalsTrigger } from '../../nodes/ZohoCrmPortals/ZohoCrmPortalsTrigger.node';
import { TRIGGER_TYPE } from '../../harness/types';

const harness = useHarness();
const { calls } = harness;

describe('pickers', () => {
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
			{ name: 'Choose the portal first to list its user types', value: '' },
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
		expect(found.results).toEqual([
			{ name: `${mina.name} (${mina.email}) – Dealers, active`, value: mina.personality_id },
		]);
	});

	test('portal users are all listed where Zoho has smaller pages than asked for', async () => {
		harness.emulator.switches.pageSize = 100;
		const { world } = harness.emulator;
		const people = [...world.addPortalUsers(DEALERS, 450), ...world.addPortalUsers(PREMIUM, 120)];
		const parameters = { portal: byName(PORTAL), userType: byId('') };
		const found: unknown[] = [];
		for (let token: string | undefined = '0 1'; token !== undefined; ) {
			const page = await pick('searchPortalUsers', parameters, undefined, token);
			found.push(...values(page));
			token = page.paginationToken === undefined ? undefined : String(page.paginationToken);
		}
		expect(new Set(found)).toEqual(new Set(people.map((one) => one.personality_id)));
	});

	test.each([
		[{ active: false }, 'deactivated'],
		[{ confirm: false }, 'not confirmed'],
		[{ active: false, confirm: false }, 'deactivated'],
	])('portal users have their state beside the name: %j', async (extra, state) => {
		const [{ name, email }] = harness.emulator.world.addPortalUsers(DEALERS, 1, extra);
		const parameters = { portal: byName(PORTAL), userType: byId(DEALERS) };
		expect(names(await pick('searchPortalUsers', parameters))).toEqual([
			`${name} (${email}) – Dealers, ${state}`,
		]);
	});

	describe('a search in 5,240 portal users of five user types', () => {
		const parameters = { portal: byName(''), userType: byId('') };

		beforeEach(() => {
			const { world } = harness.emulator;
			world.addPortalUsers(world.addUserType(PORTAL, 'Guests').id, 40);
			world.addPortalUsers(PREMIUM, 1200);
			world.addPortalUsers(VENDORS, 200, { module: 'Vendors' });
			world.addPortalUsers(DEALERS, 3800, { name: 'Somebody' });
		});

		/** Somebody in the first pages of the largest user type. */
		const add = (name: string) =>
			harness.emulator.world.addPortalUsers(CLIENT_PORTAL, 1, { name })[0].personality_id;

		test('takes 12 calls for the first letters, and none for more of them', async () => {
			const [shah, shaw] = [add('Mina Shah'), add('Leila Shaw')];
			const first = await pick('searchPortalUsers', parameters, 'sha');
			expect(values(first).sort()).toEqual([shah, shaw].sort());
			expect(first.paginationToken).toBeDefined();
			expect(calls()).toHaveLength(12);
			expect(values(await pick('searchPortalUsers', parameters, 'shaw'))).toEqual([shaw]);
			expect(values(await pick('searchPortalUsers', parameters, 'MINA shah'))).toEqual([shah]);
			expect(calls()).toHaveLength(12);
		});

		test('goes on where it stopped, and finds everybody once', async () => {
			const found: unknown[] = [];
			for (let token: unknown; ; ) {
				const part = await pick('searchPortalUsers', parameters, '@', token?.toString());
				found.push(...values(part));
				token = part.paginationToken;
				if (token === undefined) break;
			}
			expect(found).toHaveLength(5240);
			expect(new Set(found).size).toBe(5240);
			expect(calls()).toHaveLength(30);
		});

		test('reads on as long as nobody is found', async () => {
			const [last] = harness.emulator.world.addPortalUsers(VENDORS, 1, { name: 'Zoë Zimmer' });
			expect(values(await pick('searchPortalUsers', parameters, 'zimmer'))).toEqual([
				last.personality_id,
			]);
			expect((await pick('searchPortalUsers', parameters, 'nobody at all')).results).toEqual([]);
			expect(calls().length).toBeLessThanOrEqual(32);
		});

		test('begins anew for another credential, another user type and an opened list', async () => {
			add('Mina Shah');
			await pick('searchPortalUsers', parameters, 'shah');
			const once = calls().length;
			harness.engine.connect('1');
			await pick('searchPortalUsers', parameters, 'shah');
			expect(calls()).toHaveLength(2 * once);
			const ofDealers = { ...parameters, userType: byId(CLIENT_PORTAL) };
			const before = calls().length;
			await pick('searchPortalUsers', ofDealers, 'shah');
			await pick('searchPortalUsers', ofDealers);
			await pick('searchPortalUsers', ofDealers, 'shah');
			expect(calls()).toHaveLength(before + 9);
		});

		test('is not kept after it failed, nor for long', async () => {
			add('Mina Shah');
			harness.emulator.faults.add({
				kind: 'status',
				status: 403,
				code: 'NO_PERMISSION',
				before: true,
				times: 1,
			});
			await expect(pick('searchPortalUsers', parameters, 'shah')).rejects.toThrow('listed');
			expect(values(await pick('searchPortalUsers', parameters, 'shah'))).toHaveLength(1);
			const once = calls().length;
			const later = Date.now() + 61_000;
			jest.spyOn(Date, 'now').mockReturnValue(later);
			await pick('searchPortalUsers', parameters, 'shah');
			expect(calls().length).toBeGreaterThan(once);
		});
	});

	test.each([undefined, 'e'])(
		'pages that repeat end a list of portal users (typed: %s)',
		async (typed) => {
			harness.emulator.world.addPortalUsers(DEALERS, 450, { name: 'X', email: 'x' });
			harness.emulator.switches.ignoresPages = true;
			const parameters = { portal: byName(PORTAL), userType: byId(DEALERS) };
			const listed = pick('searchPortalUsers', parameters, typed).catch((error: unknown) => error);
			if (typed === undefined) expect(await listed).toHaveProperty('results');
			else expect(await listed).toMatchObject({ message: expect.stringContaining('repeat') });
			expect(calls().length).toBeLessThanOrEqual(5);
		},
	);

	test('users can be moved to where people of their module are, not to where they are', async () => {
		const parameters = { portal: byName(PORTAL), userType: byId(DEALERS) };
		expect(names(await pick('searchTargetUserTypes', parameters))).toEqual([
			'Client Portal',
			'Premium',
		]);
	});

	test('users cannot be moved to a user type with another invitation field', async () => {
		const { world } = harness.emulator;
		const premium = world.userTypes.get(PREMIUM);
		if (premium) premium.invitation_field = { id: UNKNOWN, api_name: 'Secondary_Email' };
		const parameters = { portal: byName(PORTAL), userType: byId(DEALERS) };
		expect(values(await pick('searchTargetUserTypes', parameters))).toEqual([CLIENT_PORTAL]);
		const [mina] = world.addPortalUsers(DEALERS, 1);
		const refused = await harness.run('portalUser.transfer', {
			...parameters,
			personalityIds: byId(mina.personality_id),
			targetUserType: byId(PREMIUM),
		});
		expect(refused.error).toBeDefined();
	});

	test('a user type by name is meant in any case, as in a run', async () => {
		const [mina] = harness.emulator.world.addPortalUsers(DEALERS, 1);
		const parameters = { portal: byName(PORTAL), userType: byName('dEALERS') };
		expect(values(await pick('searchTargetUserTypes', parameters))).toEqual([
			CLIENT_PORTAL,
			PREMIUM,
		]);
		expect(values(await pick('searchPortalUsers', parameters))).toEqual([mina.personality_id]);
		const unknown = { ...parameters, userType: byName('Deelers') };
		expect(values(await pick('searchTargetUserTypes', unknown))).toEqual([]);
		expect(values(await pick('searchPortalUsers', unknown))).toEqual([]);
	});

	test.each([undefined, 'e'])(
		'people without a name show as their email or ID (typed: %s)',
		async (typed) => {
			const { world } = harness.emulator;
			const [nameless, unknown] = world.addPortalUsers(DEALERS, 2);
			nameless.name = '';
			Object.assign(unknown, { name: '', email: '' });
			const parameters = { portal: byName(PORTAL), userType: byId(DEALERS) };
			const found = names(await pick('searchPortalUsers', parameters, typed)).sort();
			expect(found).toEqual(
				typed === undefined
					? [`${unknown.personality_id} – Dealers, active`, `${nameless.email} – Dealers, active`]
					: [`${nameless.email} – Dealers, active`],
			);
			const user = world.addUser('Kim', 'Known', { full_name: '' });
			expect(names(await pick('searchCrmUsers', {}, typed))).toContain(user.email);
		},
	);

	test.each([
		['Mina Shah', 'mina@example.test', 'Mina Shah (mina@example.test)'],
		['Mina Shah', undefined, 'Mina Shah'],
		[null, 'mina@example.test', 'mina@example.test'],
		[' ', null, '1'],
		[undefined, undefined, '1'],
	])('somebody with the name %j and the email %j is shown as %j', (name, email, shown) => {
		expect(personName(name, email, '1')).toBe(shown);
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
		const first = await pick('searchCrmUsers');
		expect(first.results).toHaveLength(200);
		expect(first.paginationToken).toBe('2');
		const second = await pick('searchCrmUsers', {}, undefined, '2');
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
			const found = await pick('searchCrmUsers', {}, typed);
			expect(names(found)).toContain(`${emil?.full_name} (${emil?.email}) – inactive`);
			expect(names(found).filter((name) => name.includes('–'))).toHaveLength(1);
			expect(names(found).join()).not.toMatch(/Fern|Gail/);
			const active = await pick('searchActiveCrmUsers', {}, typed);
			expect(names(active)).toEqual(names(found).filter((name) => !name.includes('–')));
		},
	);

	test('a page without anybody to offer is followed by the next one', async () => {
		const { world, switches } = harness.emulator;
		for (const user of [...world.users.values()]) world.users.delete(user.id);
		for (let index = 0; index < 250; index++) {
			world.addUser('User', String(index), { status: index < 220 ? 'deleted' : 'active' });
		}
		expect((await pick('searchCrmUsers')).results).toHaveLength(30);
		switches.ignoresPages = true;
		expect((await pick('searchCrmUsers')).results.length).toBeLessThanOrEqual(30);
		expect(calls().length).toBeLessThanOrEqual(5);
	});

	test('typing searches all pages of CRM users', async () => {
		for (let index = 0; index < 300; index++) harness.emulator.world.addUser('User', String(index));
		harness.emulator.world.addUser('Zoe', 'Last');
		const found = await pick('searchCrmUsers', {}, 'zoe');
		expect(names(found)).toEqual([expect.stringContaining('Zoe Last')]);
		expect(found.paginationToken).toBeUndefined();
	});

	test('typing does not search for ever where Zoho always promises another page', async () => {
		harness.emulator.switches.promisesMore = true;
		const searched = pick('searchCrmUsers', {}, 'zoe');
		await expect(searched).rejects.toThrow(
			'CRM users could not be listed: Zoho keeps sending pages that repeat or are empty (page 2)',
		);
		expect(calls().length).toBeLessThanOrEqual(3);
	});

	test('a page without CRM users is the last one, whatever Zoho promises', async () => {
		harness.emulator.switches.promisesMore = true;
		const first = await pick('searchCrmUsers');
		expect(first.paginationToken).toBe('2');
		const second = await pick('searchCrmUsers', {}, undefined, '2');
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
				harness.emulator.switches.hasMeta = hasMeta;
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
				const open = await offered('getModules', 'Contacts', {
					...userType,
					personalityModule: '',
				});
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

			test.each([byId(VENDORS), byName('Suppliers'), byId('Suppliers')])(
				'goes by the personality module of a user type that is updated: $mode $value',
				async (updated) => {
					const update = {
						...userType,
						operation: 'update',
						personalityModule: '',
						modulesMode: 'fields',
						userType: updated,
					};
					expect(await offered('getFilters', 'Deals', update)).toEqual([NONE]);
					expect(await offered('getFilters', 'Deals', { ...update, portal: byName('') })).toEqual([
						NONE,
					]);
					const [first] = calls();
					expect(first).toBe('GET /settings/portals/AcmeClients/user_type');
				},
			);
		},
	);

	test('there is nothing to choose before the module is', async () => {
		const modulesUi = { module: [{ module: '' }] };
		const context = opened({ modulesUi }, 'parameters.modulesUi.module[0].layouts');
		expect(await loadOptions.getLayouts.call(context)).toEqual([]);
		expect(calls()).toEqual([]);
	});
});

describe('the picker of the trigger', () => {
	/** The form of a trigger of this portal. */
	function editor(portal: string, more: INodeParameters = {}): LoadOptionsContext {
		const parameters: INodeParameters = { portal: byName(portal), ...more };
		const node = { ...zohoNode({ parameters }), type: TRIGGER_TYPE };
		const workflow = harness.engine.workflow({ nodes: [node], connections: {} });
		const additionalData = {
			...harness.engine.additionalData(),
			currentNodeParameters: parameters,
		};
		return new LoadOptionsContext(workflow, workflow.nodes.Zoho, additionalData, '');
	}

	/** What it shows in the list of user types. */
	async function offered(
		portal: string,
		more: INodeParameters = {},
	): Promise<INodePropertyOptions[]> {
		return await getWatchedUserTypes.call(editor(portal, more));
	}

	test.each(['oas', 'docs'] as const)(
		'user types come with what a poll costs, by the counts of the %s',
		async (sources) => {
			harness.emulator.switches.sources = sources;
			harness.addUsers(450);
			const options = await offered(PORTAL);
			expect(options.map(({ value }) => value)).toEqual([CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS]);
			expect(options.map(({ description }) => description)).toEqual(
				[0, 450, 0, 0].map(
					(users) =>
						`${users} users. A poll of this portal costs at least 7 API credits and a full reading 7, whichever user types you choose.`,
				),
			);
		},
	);

	test.each<[INodeParameters, number | undefined, string]>([
		[
			{ mode: 'everyMinute' },
			undefined,
			', about 13,320 a day at these poll times (poll less often',
		],
		[{ mode: 'everyHour' }, undefined, ', about 576 a day at these poll times, whichever'],
		[{ mode: 'everyHour' }, 720, ', about 246 a day at these poll times, whichever'],
		[{ mode: 'everyX', unit: 'minutes', value: 10 }, 0, ', about 3,456 a day at'],
		[{ mode: 'everyX', unit: 'hours', value: 12 }, undefined, ', about 48 a day at'],
		[{ mode: 'everyDay' }, undefined, ', about 24 a day at'],
		[{ mode: 'custom', cronExpression: '* * * * *' }, undefined, ' a full reading 24, whichever'],
		[{ mode: 'everyX', unit: 'hours', value: 0 }, undefined, ' a full reading 24, whichever'],
	])('user types come with what %j costs a day', async (item, fullReading, expected) => {
		harness.addUsers(4_000);
		const [{ description }] = await offered(PORTAL, {
			pollTimes: { item: [item] },
			options: fullReading === undefined ? {} : { fullReading },
		});
		expect(description).toContain('costs at least 9 API credits and a full reading 24');
		expect(description).toContain(expected);
	});

	test('fields of records are those of all personality modules, each once', async () => {
		const offer = new ZohoCrmPortalsTrigger().methods.loadOptions.getRecordFields;
		const names = (await offer.call(editor(PORTAL))).map(({ value }) => value);
		expect(names).toEqual(expect.arrayContaining(['Account_Name', 'Email', 'Vendor_Name']));
		expect(new Set(names).size).toBe(names.length);
	});

	test('without a portal it offers those of the only one', async () => {
		const options = await offered('');
		expect(options.map(({ value }) => value)).toEqual([CLIENT_PORTAL, DEALERS, PREMIUM, VENDORS]);
	});

	test('without a portal there is nothing to choose where there are several', async () => {
		harness.emulator.world.addPortal('AcmePartners');
		expect(await offered('')).toEqual([]);
	});

	test('an unknown portal is told as what it is', async () => {
		await expect(offered('Nowhere')).rejects.toThrow('User types could not be listed');
	});
});

describe('records by email', () => {
	/** What the node looks for, and what it came to. */
	let asked: { module: string; field: string; emails: string[] };
	let outcome: Promise<Map<string, FoundRecord[]>>;

	/** A node that does nothing but search, so that it goes the way of n8n's own helpers. */
	const searcher: INodeType = {
		description: {
			displayName: 'Searcher',
			name: 'searcher',
			group: ['input'],
			version: 1,
			description: 'Finds records',
			defaults: { name: 'Searcher' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: CREDENTIAL, required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const { module, field, emails } = asked;
			outcome = findRecords(createConnection(this, {}, CONCURRENCY), module, field, emails);
			await outcome.catch(() => {});
			return [[]];
		},
	};

	const CONCURRENCY = 4;
	const SCOPES = 'ZohoCRM.modules.contacts.READ,ZohoCRM.modules.custom.READ';
	const SEARCH = 'ZohoSearch.securesearch.READ';

	let emulator: Emulator;
	let engine: Engine;

	beforeAll(async () => {
		emulator = await Emulator.start();
		engine = new Engine(emulator, searcher, new ZohoCrmPortalsOAuth2Api());
	});
	beforeEach(() => {
		emulator.reset();
		engine.connect('1', `${SCOPES},${SEARCH}`);
	});
	afterAll(async () => await emulator.stop());

	guardContract(() => emulator);
	skipPauses();

	async function find(emails: string[], { module = 'Contacts', field = 'Email' } = {}) {
		asked = { module, field, emails };
		await engine.runNode({ parameters: {} });
		return Object.fromEntries(await outcome);
	}

	/** What the search is refused with. */
	async function refused(emails: string[], of = {}) {
		const error = await find(emails, of).catch((thrown: unknown) => thrown);
		if (!(error instanceof ZohoApiError)) throw new Error('The search was not refused');
		return error.data;
	}

	const add = (email: string | null, extra: Partial<CrmRecord> = {}) =>
		emulator.world.addRecord({ email, ...extra });

	const found = ({ id, name, email }: CrmRecord, inField = email) => ({ id, name, email: inField });

	/** Criteria of the calls that were made, in order. */
	const criteria = () =>
		emulator.requests.map(
			({ url }) => new URL(url, emulator.origin).searchParams.get('criteria') ?? '',
		);

	test('records by the emails that were asked for, in lower case', async () => {
		const mina = add('Mina@acme.test', { name: 'Mina Shah' });
		expect(await find(['mina@ACME.test', 'leila@acme.test', 'MINA@acme.test'])).toEqual({
			'mina@acme.test': [{ id: mina.id, name: 'Mina Shah', email: 'Mina@acme.test' }],
			'leila@acme.test': [],
		});
		expect(criteria()).toEqual(['(Email:in:MINA@acme.test,leila@acme.test)']);
	});

	test('without an email there is no search', async () => {
		expect(await find([])).toEqual({});
		expect(emulator.requests).toEqual([]);
	});

	test('what contains an email, or looks like it, is not it', async () => {
		const team = add('team-a@acme.test');
		for (const email of ['team_a@acme.test', 'big.team-a@acme.test', 'team-a@acme.testing'])
			add(email);
		expect(await find(['team-a@acme.test'])).toEqual({ 'team-a@acme.test': [found(team)] });
		expect(await find(['a@acme.test'])).toEqual({ 'a@acme.test': [] });
	});

	test('all records with an email, the newest first', async () => {
		const [first, second] = [add('mina@acme.test'), add('MINA@acme.test')];
		const records = await find(['mina@acme.test']);
		expect(records['mina@acme.test']).toEqual([found(second), found(first)]);
	});

	test('only the field that was named counts', async () => {
		const member = (email: string, other: string) =>
			add(email, { module: 'Members', emails: { Secondary_Email: other } });
		const mina = member('mina@acme.test', 'mina@home.test');
		member('mina@home.test', 'leila@home.test');
		const of = { module: 'Members', field: 'Secondary_Email' };
		expect(await find(['mina@home.test', 'mina@acme.test'], of)).toEqual({
			'mina@home.test': [found(mina, 'mina@home.test')],
			'mina@acme.test': [],
		});
		expect(emulator.requests[0].url).toContain('fields=Secondary_Email,Name');
	});

	test.each([
		'mina+portal@acme.test',
		'"a,b"@acme.test',
		'"(a)"@acme.test',
		'"a\\"@acme.test',
		"o'hara&sons=1@acme.test",
		'jürgen%40@acme.test',
	])('%s is found as it is', async (email) => {
		const record = add(email);
		add('other@acme.test');
		const expected = { [email]: [found(record)], 'other@acme.test': [expect.anything()] };
		expect(await find([email, 'other@acme.test'])).toEqual(expected);
		emulator.world.field('Contacts', 'Email').encrypted = true;
		expect(await find([email, 'other@acme.test'])).toEqual(expected);
	});

	test('a thousand emails are ten searches, side by side', async () => {
		emulator.switches.latency = 20;
		const records = Array.from({ length: 1_000 }, (_, index) => add(`p${index}@acme.test`));
		const result = await find(records.map(({ email }) => String(email)));
		expect(result).toEqual(
			Object.fromEntries(records.map((record) => [record.email, [found(record)]])),
		);
		expect(criteria().map((text) => text.split(',').length)).toEqual(Array(10).fill(100));
		expect(Math.max(...emulator.requests.map(({ inFlight }) => inFlight))).toBe(CONCURRENCY);
	});

	test('long emails are cut into searches of 3,000 characters', async () => {
		const emails = Array.from(
			{ length: 100 },
			(_, index) => `${index}-${'x'.repeat(60)}@acme.test`,
		);
		const [last] = emails.slice(-1).map((email) => add(email));
		const result = await find(emails);
		expect(Object.keys(result)).toHaveLength(100);
		expect(result[String(last.email)]).toEqual([found(last)]);
		expect(criteria()).toHaveLength(3);
		for (const text of criteria()) expect(text.length).toBeLessThanOrEqual(3_000);
	});

	test('an encrypted field is searched ten emails at a time', async () => {
		emulator.world.field('Contacts', 'Email').encrypted = true;
		const emails = Array.from({ length: 25 }, (_, index) => `p${index}@acme.test`);
		const records = emails.map((email) => add(email));
		const result = await find(emails);
		expect(Object.values(result)).toEqual(records.map((record) => [found(record)]));
		const [, ...others] = criteria();
		expect(others.map((text) => text.split('equals').length - 1)).toEqual([10, 10, 5]);
		expect(others[2]).toMatch(/^\(\(Email:equals:p20@acme\.test\)or\(.*\)\)$/);
	});

	test('all pages are read', async () => {
		// Each of them contains the email, and only the oldest is it.
		const mina = add('a@acme.test');
		for (let index = 0; index < 450; index++) add(`a@acme.test${index}`);
		expect(await find(['a@acme.test'])).toEqual({ 'a@acme.test': [found(mina)] });
		expect(emulator.requests).toHaveLength(3);
	});

	test('more than Zoho pages through is an error', async () => {
		for (let index = 0; index < 2_001; index++) add(`a@acme.test${index}`);
		expect(await refused(['a@acme.test'])).toMatchObject({ code: 'LIMIT_REACHED' });
	});

	test('a record that was just written is not found yet, one in the recycle bin never', async () => {
		emulator.switches.searchDelay = 60_000;
		add('mina@acme.test');
		add('leila@acme.test', { written: 0, state: 'recycled' });
		expect(await find(['mina@acme.test', 'leila@acme.test'])).toEqual({
			'mina@acme.test': [],
			'leila@acme.test': [],
		});
	});

	test.each<[answer: string, fault: Fault, code: string]>([
		['a cut one', { kind: 'cut', before: false }, 'BROKEN_ANSWER'],
		['an empty one', { kind: 'empty', before: false }, 'EMPTY_ANSWER'],
		['a page', { kind: 'html', before: false }, 'UNREADABLE_ANSWER'],
		[
			'JSON of another server',
			{ kind: 'status', status: 200, body: 'foreign', before: false },
			'UNKNOWN_ANSWER',
		],
		['a broken connection', { kind: 'reset', before: false }, 'BROKEN_ANSWER'],
		['500', { kind: 500, before: false }, 'UNREADABLE_ANSWER'],
	])('an answer that says nothing is no "not found": %s', async (_, fault, code) => {
		add('mina@acme.test');
		emulator.faults.add(fault);
		expect(await refused(['mina@acme.test'])).toMatchObject({ code });
	});

	test('one answer that says nothing among others ends the search', async () => {
		const emails = Array.from({ length: 300 }, (_, index) => `p${index}@acme.test`);
		emulator.faults.add({ kind: 'html', before: false, url: 'p250' });
		expect((await refused(emails)).code).toBe('UNREADABLE_ANSWER');
	});

	test('an answer that is better the second time counts', async () => {
		const mina = add('mina@acme.test');
		emulator.faults.add({ kind: 'cut', before: false, times: 1 });
		expect(await find(['mina@acme.test'])).toEqual({ 'mina@acme.test': [found(mina)] });
	});

	test('records without the field say that it is not to be seen', async () => {
		add('mina@acme.test');
		emulator.faults.add({
			kind: 'status',
			before: true,
			status: 200,
			body: { data: [{ id: '7310000000000400001', Full_Name: 'Mina Shah' }], info: {} },
			url: '/search',
		});
		expect(await refused(['mina@acme.test'])).toMatchObject({
			code: 'FIELD_NOT_SHOWN',
			details: { api_name: 'Email', module: 'Contacts' },
		});
	});

	test.each<[code: string, of: IDataObject]>([
		['INVALID_QUERY', { field: 'E_Mail' }],
		['INVALID_MODULE', { module: 'NoSuchModule' }],
		['NO_PERMISSION', { module: 'Contacts' }],
	])('%s of Zoho is an error', async (code, of) => {
		if (code === 'NO_PERMISSION') emulator.switches.lacking = ['Crm_Implied_View_Contacts'];
		expect(await refused(['mina@acme.test'], of)).toMatchObject({ code });
	});

	test.each([
		[
			'Contacts',
			'ZohoCRM.users.READ',
			`ZohoSearch.securesearch.READ,ZohoCRM.modules.contacts.READ`,
		],
		['Contacts', SCOPES, SEARCH],
		['Contacts', SEARCH, 'ZohoCRM.modules.contacts.READ'],
		['Members', SEARCH, 'ZohoCRM.modules.custom.READ'],
		['Contacts', `${SEARCH},ZohoCRM.modules.custom.READ`, 'ZohoCRM.modules.contacts.READ'],
	])('in %s with %s the error names %s', async (module, granted, lacked) => {
		engine.connect('1', granted);
		const error = await refused(['mina@acme.test'], { module });
		expect(error).toMatchObject({ code: 'OAUTH_SCOPE_MISMATCH', details: { scope: lacked } });
		const { reason, remedy } = wordsFor(error, { thing: 'record', done: 'found' });
		for (const scope of lacked.split(',')) {
			expect(reason).toContain(scope);
			expect(remedy).toContain(scope);
		}
		expect(emulator.requests).toHaveLength(1);
	});

	test.each([
		['Contacts', 'ZohoCRM.modules.ALL'],
		['Contacts', 'ZohoCRM.modules.READ'],
		['Members', 'ZohoCRM.modules.custom.ALL'],
	])('in %s %s and that of the search are enough', async (module, scope) => {
		engine.connect('1', `${scope},${SEARCH}`);
		expect(await find(['mina@acme.test'], { module })).toEqual({ 'mina@acme.test': [] });
	});
});

describe('previews', () => {
	const root = path.join(__dirname, '../..');

	let samples: Sample[];

	beforeAll(async () => {
		samples = await collectSamples({
			node: new ZohoCrmPortals(),
			credential: new ZohoCrmPortalsOAuth2Api(),
		});
	});

	test('the output previews are what the operations put out; else run "npm run schemas"', () => {
		expect(staleOf(root, previewsOf(samples))).toEqual([]);
	});

	test('n8n finds a preview of every operation, and there are no others', () => {
		const nodeDir = path.join(root, 'nodes/ZohoCrmPortals');
		const found = Object.entries(operations).flatMap(([resource, ofResource]) =>
			ofResource.map(({ value: operation }) =>
				resolveOutputSchemaPath({ nodeDir, version: 1, resource, operation }),
			),
		);
		const files = readdirSync(path.join(root, PREVIEWS), { recursive: true })
			.map((name) => path.join(root, PREVIEWS, String(name)))
			.filter((name) => name.endsWith('.json'));
		expect(files.sort()).toEqual(found.sort());
	});

	test('a field that an operation puts out as well makes its preview stale', () => {
		const changed = samples.map((sample) =>
			sample.operation === 'invite'
				? { ...sample, items: [{ ...sample.items[0], mailed: true }] }
				: sample,
		);
		expect(staleOf(root, previewsOf(changed))).toEqual([
			`${PREVIEWS}/v1.0.0/portalUser/invite.json`,
		]);
	});

	test('a schema has the types of all items, also where the first has nothing', () => {
		const items = [
			{ id: '1', manager: null, tags: [], count: 2, share: 0.5, none: null },
			{ id: '2', manager: { id: '1' }, tags: ['a'], active: true, none: null },
		];
		expect(schemaOf(items)).toEqual({
			type: 'object',
			properties: {
				id: { type: 'string' },
				manager: { type: 'object', properties: { id: { type: 'string' } } },
				tags: { type: 'array', items: { type: 'string' } },
				count: { type: 'integer' },
				share: { type: 'number' },
				none: { type: 'null' },
				active: { type: 'boolean' },
			},
		});
		expect(schemaOf([[]])).toEqual({ type: 'array', items: {} });
	});
});
