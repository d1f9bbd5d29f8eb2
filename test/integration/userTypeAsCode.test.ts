import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ZohoCrmPortalsOAuth2Api } from '../../credentials/ZohoCrmPortalsOAuth2Api.credentials';
import { DEALERS, PORTAL, UNKNOWN } from '../../emulator/seed';
import { Emulator } from '../../emulator/server';
import type { FieldMeta } from '../../emulator/world';
import { ZohoCrmPortals } from '../../nodes/ZohoCrmPortals/ZohoCrmPortals.node';
import { guardContract } from '../support/contract';
import { Engine } from '../support/engine';
import type { NodeSetup } from '../support/engine';
import { byId, byName, jsons, line, useHarness, zohoOf } from '../support/harness';
import { becomeOther } from '../support/otherOrganization';

// Create or Update makes a user type as a definition says that "Get" returned, here or elsewhere.

const here = useHarness();

/** Another organization. */
let there: Emulator;
let engine: Engine;

beforeAll(async () => {
	there = await Emulator.start();
	engine = new Engine(there, new ZohoCrmPortals(), new ZohoCrmPortalsOAuth2Api());
});
beforeEach(() => {
	there.reset();
	becomeOther(there.world);
});
guardContract(() => there);
afterAll(async () => await there.stop());

const TYPES = '/settings/portals/AcmeClients/user_type';

async function runThere(
	operation: string,
	parameters: INodeParameters,
	setup: Partial<NodeSetup> = {},
) {
	return await engine.runNode({
		parameters: { resource: 'userType', operation, portal: byName(PORTAL), ...parameters },
		...setup,
	});
}

const callsThere = () => there.requests.map(line);

const writesThere = () => callsThere().filter((call) => !call.startsWith('GET'));

const apply = async (definition: IDataObject, more: INodeParameters = {}) =>
	await runThere('upsert', { definition: JSON.stringify(definition), ...more });

/** What "Get" returns for a user type of this organization. */
async function definitionOf(userType: string): Promise<IDataObject> {
	const result = await here.run('userType.get', { userType: byId(userType), output: 'raw' });
	return jsons(result)[0];
}

/** What "Get" returns for a user type of the other organization, by its name. */
function typeThere(name: string) {
	const found = [...there.world.userTypes.values()].find((userType) => userType.name === name);
	if (!found) throw new Error(`There is no user type ${name}`);
	return found;
}

/** A user type without what differs between organizations: IDs, labels, and who made it when. */
function inWords(userType: object): unknown {
	const { name, active, personality_module, invitation_field, modules } = JSON.parse(
		JSON.stringify(userType, (key, value: unknown) =>
			['id', 'display_label'].includes(key) ? undefined : value,
		),
	) as IDataObject;
	return { name, active, personality_module, invitation_field, modules };
}

type Module = IDataObject & { permissions: IDataObject; fields: IDataObject[] };

/** A definition whose modules can be edited, the personality module first. */
async function edited(edit: (contacts: Module, notes: Module) => void): Promise<IDataObject> {
	const definition = await definitionOf(DEALERS);
	const [contacts, notes] = definition.modules as Module[];
	edit(contacts, notes);
	return definition;
}

const fieldOf = (emulator: Emulator, api_name: string): FieldMeta =>
	emulator.world.field('Contacts', api_name);

describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
	beforeEach(() => {
		here.emulator.behaviour.sources = sources;
		there.behaviour.sources = sources;
	});

	test('a user type of one organization is the same in another, and stays so', async () => {
		const definition = await definitionOf(DEALERS);
		there.world.userTypes.delete(typeThere('Dealers').id);
		const result = await apply(definition);
		expect(result.error).toBeUndefined();
		const made = typeThere('Dealers');
		expect(jsons(result)).toMatchObject([
			{ id: made.id, name: 'Dealers', action: 'created', code: 'SUCCESS' },
		]);
		expect(inWords(made)).toEqual(
			inWords({ ...definition, invitation_field: made.invitation_field }),
		);
		expect(made.invitation_field.id).toBe(fieldOf(there, 'Email').id);
		expect(JSON.stringify(made.modules)).not.toContain('7310000000000');
		there.requests.length = 0;
		const again = await apply(definition);
		expect(jsons(again)).toEqual([
			{
				id: made.id,
				name: 'Dealers',
				action: 'unchanged',
				unchanged: true,
				changed: [],
				code: 'UNCHANGED',
			},
		]);
		expect(writesThere()).toEqual([]);
	});
});

test('in its own organization two calls tell that nothing differs', async () => {
	const definition = await definitionOf(DEALERS);
	here.emulator.requests.length = 0;
	const result = await here.run('userType.upsert', { definition: JSON.stringify(definition) });
	expect(jsons(result)).toMatchObject([{ id: DEALERS, action: 'unchanged' }]);
	expect(here.calls()).toEqual([`GET ${TYPES}`, `GET ${TYPES}/${DEALERS}`]);
});

test('elsewhere it costs the lists that know what has another ID there', async () => {
	await apply(await definitionOf(DEALERS));
	const { id } = typeThere('Dealers');
	expect(callsThere()).toEqual([
		`GET ${TYPES}`,
		`GET ${TYPES}/${id}`,
		'GET /settings/modules',
		'GET /settings/layouts?module=Contacts',
		'GET /settings/custom_views?module=Contacts',
		'GET /settings/fields?module=Contacts',
		'GET /settings/fields?module=Notes',
	]);
});

describe.each([false, true])('with fields that an update leaves out kept: %s', (keepsFields) => {
	test('only what differs is written, and the difference can be read', async () => {
		there.behaviour.keepsFields = keepsFields;
		const definition = await edited((contacts, notes) => {
			contacts.permissions = { ...contacts.permissions, edit: false, delete: true };
			const phone = fieldOf(here.emulator, 'Phone');
			contacts.fields.push({ id: phone.id, api_name: 'Phone', read_only: true });
			contacts.views = null;
			notes.fields = [];
		});
		const before = structuredClone(typeThere('Dealers'));
		const result = await apply({ ...definition, active: false });
		expect(jsons(result)).toEqual([
			{
				id: before.id,
				name: 'Dealers',
				action: 'updated',
				changed: [
					{ module: null, field: 'active', old: true, new: false },
					{ module: 'Contacts', field: 'permissions.edit', old: true, new: false },
					{ module: 'Contacts', field: 'permissions.delete', old: false, new: true },
					{ module: 'Contacts', field: 'views', old: 'All_Contacts', new: null },
					{ module: 'Contacts', field: 'fields.Phone', old: null, new: 'read-only' },
					{ module: 'Notes', field: 'fields.Note_Content', old: 'writable', new: null },
				],
				code: 'SUCCESS',
				message: 'Portal user type updated successfully.',
			},
		]);
		expect(writesThere()).toEqual([`PUT ${TYPES}/${before.id}`]);
		const noteContent = there.world.field('Notes', 'Note_Content');
		const ofContact = (api_name: string, read_only: boolean) => ({
			id: fieldOf(there, api_name).id,
			read_only,
		});
		expect(there.requests.at(-1)?.body).toEqual({
			user_type: [
				{
					active: false,
					modules: [
						{
							id: there.world.module('Contacts').id,
							shared_type: 'private',
							permissions: {
								view: true,
								edit: false,
								edit_shared_records: false,
								create: true,
								delete: true,
							},
							views: null,
							fields: [
								ofContact('Last_Name', false),
								ofContact('Email', false),
								ofContact('Phone', true),
							],
						},
						{
							id: there.world.module('Notes').id,
							shared_type: 'private',
							permissions: before.modules[1].permissions,
							fields: [{ id: noteContent.id, read_only: false, _delete: true }],
						},
					],
				},
			],
		});
		expect(typeThere('Dealers').modules.map(({ fields }) => fields)).toMatchObject([
			[ofContact('Last_Name', false), ofContact('Email', false), ofContact('Phone', true)],
			[],
		]);
		const again = await apply({ ...definition, active: false });
		expect(jsons(again)).toMatchObject([{ action: 'unchanged', changed: [] }]);
	});
});

test('a module that the user type lacks is added, with its filter', async () => {
	const deals = here.emulator.world.module('Deals');
	const [{ id, name }] = deals.layouts;
	const module = {
		id: deals.id,
		api_name: 'Deals',
		shared_type: 'private',
		permissions: { view: true },
		layouts: [{ id, name }],
		views: { ...deals.views[0] },
		filters: [{ id: deals.filters[0], api_name: 'Contact_Name', display_label: 'Contact Name' }],
		fields: deals.fields.slice(0, 2).map((field) => ({ ...field, read_only: false })),
	};
	const definition = await definitionOf(DEALERS);
	const wanted = { ...definition, modules: [...(definition.modules as IDataObject[]), module] };
	const result = await apply(wanted);
	expect(jsons(result)[0].changed).toEqual([
		{ module: 'Deals', field: 'shared_type', old: null, new: 'private' },
		{ module: 'Deals', field: 'permissions.view', old: null, new: true },
		{ module: 'Deals', field: 'layouts', old: null, new: ['Standard'] },
		{ module: 'Deals', field: 'views', old: null, new: 'All_Deals' },
		{ module: 'Deals', field: 'filters', old: null, new: ['Contact_Name'] },
		{ module: 'Deals', field: 'fields.Deal_Name', old: null, new: 'writable' },
		{ module: 'Deals', field: 'fields.Stage', old: null, new: 'writable' },
	]);
	const theirs = there.world.module('Deals');
	expect(typeThere('Dealers').modules[2]).toMatchObject({
		id: theirs.id,
		layouts: [{ id: theirs.layouts[0].id }],
		views: { id: theirs.views[0].id },
		filters: [{ id: theirs.filters[0] }],
	});
	expect(jsons(await apply(wanted))).toMatchObject([{ action: 'unchanged' }]);
});

test('a definition may be written by hand, without any ID', async () => {
	const layout = { name: 'Standard' };
	const definition = {
		name: 'Field Engineers',
		personality_module: { api_name: 'Contacts' },
		modules: [
			{
				api_name: 'Contacts',
				shared_type: 'private',
				permissions: { view: true, edit: true },
				layouts: [layout],
				fields: ['Last_Name', 'Email'].map((api_name) => ({ api_name })),
			},
			{ api_name: 'Notes', shared_type: 'private', permissions: { view: true } },
		],
	};
	const result = await apply(definition);
	expect(jsons(result)).toMatchObject([{ action: 'created', name: 'Field Engineers' }]);
	expect(typeThere('Field Engineers')).toMatchObject({
		active: true,
		invitation_field: { api_name: 'Email' },
	});
	expect(jsons(await apply(definition))).toMatchObject([{ action: 'unchanged', changed: [] }]);
});

test('what has another API name is found by its label, if only one thing has it', async () => {
	Object.assign(fieldOf(there, 'Last_Name'), { api_name: 'Surname', field_label: 'Last Name' });
	there.world.userTypes.delete(typeThere('Dealers').id);
	const definition = await edited((contacts) => {
		contacts.fields[0].field_label = 'Last Name';
	});
	expect(jsons(await apply(definition))).toMatchObject([{ action: 'created' }]);
	expect(typeThere('Dealers').modules[0].fields).toMatchObject([
		{ id: fieldOf(there, 'Surname').id, api_name: 'Surname' },
		{ api_name: 'Email' },
	]);
	const twin = { ...fieldOf(there, 'Surname'), id: UNKNOWN, api_name: 'Surname1' };
	there.world.module('Contacts').fields.push(twin);
	const result = await apply(definition);
	expect(zohoOf(result)).toMatchObject({
		code: 'NO_MATCH',
		details: { missing: ['the field Contacts.Last_Name'] },
	});
});

test('what has an ID of this organization is that, whatever its name', async () => {
	const [first, second] = ['First_Name', 'Phone'].map((name) => fieldOf(here.emulator, name));
	Object.assign(first, { api_name: 'Phone', field_label: 'Phone' });
	Object.assign(second, { api_name: 'Telephone', field_label: 'Telephone' });
	const definition = await edited((contacts) => {
		contacts.fields.push({ id: second.id, api_name: 'Phone', read_only: false });
	});
	await here.run('userType.upsert', { definition: JSON.stringify(definition) });
	const dealers = here.emulator.world.userTypes.get(DEALERS);
	expect(dealers?.modules[0].fields).toMatchObject([{}, {}, { id: second.id }]);
});

describe('what has no match', () => {
	/** A definition of which the other organization lacks much. */
	const strange = async () => {
		const definition = await edited((contacts) => {
			contacts.layouts = [{ id: UNKNOWN, name: 'Gold' }];
			contacts.views = { id: UNKNOWN, name: 'VIPs', type: 'custom_view' };
			contacts.fields.push({ id: UNKNOWN, api_name: 'Region', read_only: true });
			contacts.filters = [{ id: UNKNOWN, api_name: 'Partner' }];
		});
		const projects = { id: UNKNOWN, api_name: 'Projects', permissions: { view: true } };
		return { ...definition, modules: [...(definition.modules as IDataObject[]), projects] };
	};

	const missing = [
		'the layout "Gold" of Contacts',
		'the view "VIPs" of Contacts',
		'the field Contacts.Partner',
		'the field Contacts.Region',
		'the module Projects',
	];

	test.each([
		['creating', 'Strangers'],
		['updating', 'Dealers'],
	])('is told in one error before anything is written, when %s', async (_, name) => {
		const result = await apply(await strange(), { name });
		expect(result.error?.message).toBe(
			`User type "${name}" could not be created or updated: this organization has no match for ${missing.join(', ')}`,
		);
		expect(result.error?.description).toContain('Nothing was written.');
		expect(zohoOf(result)).toMatchObject({ code: 'NO_MATCH', details: { missing } });
		expect(writesThere()).toEqual([]);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'leaves the other items alone, with %s',
		async (onError) => {
			const definitions = [await strange(), await definitionOf(DEALERS)];
			const result = await runThere(
				'upsert',
				{ definition: '={{ $json.definition }}', name: '={{ $json.name }}' },
				{
					onError,
					input: definitions.map((definition, index) => ({ definition, name: `Type ${index}` })),
				},
			);
			const failed = onError === 'continueErrorOutput' ? result.errorItems : result.items;
			expect(failed[0].json).toMatchObject({ name: 'Type 0', code: 'NO_MATCH' });
			expect(failed[0].json.error).toContain('the module Projects');
			const done = result.items[onError === 'continueErrorOutput' ? 0 : 1];
			expect(done.json).toMatchObject({ name: 'Type 1', action: 'created' });
			expect(done.pairedItem).toEqual({ item: 1 });
			expect(writesThere()).toEqual([`POST ${TYPES}`]);
		},
	);

	test('a canvas view goes by its ID in its own organization only, as it is in no list', async () => {
		const canvas = await edited((contacts) => {
			contacts.views = { id: UNKNOWN, name: 'Tiles', type: 'canvas_view' };
		});
		const own = await here.run('userType.upsert', { definition: JSON.stringify(canvas) });
		expect(jsons(own)).toMatchObject([
			{ changed: [{ module: 'Contacts', field: 'views', old: 'All_Contacts', new: 'Tiles' }] },
		]);
		const result = await apply(canvas);
		expect(zohoOf(result).details).toMatchObject({ missing: ['the view "Tiles" of Contacts'] });
	});

	test('so does a wizard in place of a layout', async () => {
		const wizard = await edited((contacts) => {
			const [layout] = contacts.layouts as IDataObject[];
			layout._default_view = { id: UNKNOWN, name: 'Steps', type: 'wizard' };
		});
		const own = await here.run('userType.upsert', { definition: JSON.stringify(wizard) });
		expect(jsons(own)).toMatchObject([{ action: 'updated', changed: [{ field: 'layouts' }] }]);
		const result = await apply(wizard);
		expect(zohoOf(result).details).toMatchObject({ missing: ['the wizard "Steps" of Contacts'] });
	});
});

test('what Zoho has no way to change is told before anything is written', async () => {
	const definition = await definitionOf(DEALERS);
	const dealers = typeThere('Dealers');
	const { id, api_name, plural_label } = there.world.module('Deals');
	dealers.modules.push({ ...dealers.modules[0], id, api_name, plural_label });
	dealers.invitation_field = { id: UNKNOWN, api_name: 'Other_Email' };
	const result = await apply({ ...definition, active: false });
	expect(result.error?.message).toContain(
		'Zoho has no way to change this: the user type has the module Deals, which the definition lacks; its invitations go to Other_Email, in the definition to Email',
	);
	expect(writesThere()).toEqual([]);
});

test('items that name the same user type come one after the other', async () => {
	const definition = await definitionOf(DEALERS);
	const result = await runThere(
		'upsert',
		{ definition: '={{ $json }}', name: 'Partners' },
		{ input: [definition, definition, { ...definition, active: false }] },
	);
	expect(jsons(result).map(({ action }) => action)).toEqual(['created', 'unchanged', 'updated']);
	expect(writesThere()).toHaveLength(2);
});

test('a name that differs in case is the same user type, which then gets that name', async () => {
	const definition = await definitionOf(DEALERS);
	const { id } = typeThere('Dealers');
	const result = await apply({ ...definition, name: 'DEALERS' });
	expect(jsons(result)).toMatchObject([
		{ id, changed: [{ module: null, field: 'name', old: 'Dealers', new: 'DEALERS' }] },
	]);
	expect(typeThere('DEALERS').id).toBe(id);
});

test('what is not certain to be created is not created again', async () => {
	there.faults.add({ kind: 'reset', before: false, method: 'POST' });
	const definition = await definitionOf(DEALERS);
	const setup = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
	const parameters = { definition: JSON.stringify(definition), name: 'Partners' };
	const result = await runThere('upsert', parameters, setup);
	expect(result.error?.message).toContain('It is not certain whether user type "Partners" was');
	expect(writesThere()).toEqual([`POST ${TYPES}`]);
});

describe('a dry run', () => {
	const options = { dryRun: true };

	test.each([
		['created', 'Partners', true],
		['updated', 'Dealers', false],
		['unchanged', 'Dealers', true],
	])('tells that it would be %s, and writes nothing', async (action, name, active) => {
		const definition = { ...(await definitionOf(DEALERS)), active };
		const [planned] = jsons(await apply(definition, { name, options }));
		expect(writesThere()).toEqual([]);
		expect(planned).toMatchObject({ name, planned: true, action });
		const [done] = jsons(await apply(definition, { name }));
		const { planned: _, ...said } = planned;
		expect(done).toMatchObject(said);
	});

	test.each<[string, (definition: IDataObject) => IDataObject, string]>([
		['a name with signs', (one) => ({ ...one, name: 'Dealers (North)' }), 'INVALID_DATA'],
		[
			'modules without Notes',
			(one) => ({ ...one, name: 'New', modules: (one.modules as []).slice(0, 1) }),
			'MANDATORY_NOT_FOUND',
		],
		[
			'an unsuitable module',
			(one) => ({ ...one, name: 'New', personality_module: { api_name: 'Deals' } }),
			'INVALID_DATA',
		],
		[
			'another personality module for the default user type',
			(one) => ({ ...one, name: 'Client Portal', personality_module: { api_name: 'Vendors' } }),
			'NOT_ALLOWED',
		],
	])('has the same error as a real run for %s', async (_, change, code) => {
		there.world.module('Deals').fields.push({ ...fieldOf(there, 'Email'), id: UNKNOWN });
		const definition = change(await definitionOf(DEALERS));
		const planned = await apply(definition, { options });
		expect(writesThere()).toEqual([]);
		expect(planned.error?.description).toContain(`Zoho would answer ${code}`);
		const done = await apply(definition);
		expect(zohoOf(done).code).toBe(code);
		expect(done.error?.message).toBe(planned.error?.message);
	});
});
