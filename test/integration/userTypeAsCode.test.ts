import type { IDataObject } from 'n8n-workflow';

import type { FieldMeta } from '../../emulator/modules';
import { DEALERS, PORTAL, UNKNOWN } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { described } from '../../emulator/userTypeModules';
import { again, asDone, continuing, jsons, useHarness, zohoOf } from '../../harness/harness';
import { inWords, useOtherOrganization } from '../../harness/otherOrganization';
import { cases, fc } from '../../harness/random';

const here = useHarness();
const other = useOtherOrganization(here);

describe('a user type as code', () => {
	// Create or Update makes a user type as a definition says that "Get" returned, here or elsewhere.

	const TYPES = '/settings/portals/AcmeClients/user_type';

	const fieldOf = (emulator: Emulator, api_name: string): FieldMeta =>
		emulator.world.field('Contacts', api_name);

	describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
		beforeEach(() => {
			here.emulator.switches.sources = sources;
			other.emulator.switches.sources = sources;
		});

		test('a user type of one organization is the same in another, and stays so', async () => {
			const definition = await other.definitionOf(DEALERS);
			other.emulator.world.userTypes.delete(other.typeNamed('Dealers').id);
			const result = await other.apply(definition);
			expect(result.error).toBeUndefined();
			const made = other.typeNamed('Dealers');
			expect(jsons(result)).toMatchObject([
				{ id: made.id, name: 'Dealers', action: 'created', code: 'SUCCESS' },
			]);
			expect(inWords(made)).toEqual(
				inWords({ ...definition, invitation_field: made.invitation_field }),
			);
			expect(made.invitation_field.id).toBe(fieldOf(other.emulator, 'Email').id);
			expect(JSON.stringify(made.modules)).not.toContain('7310000000000');
			other.emulator.requests.length = 0;
			const repeated = await other.apply(definition);
			expect(jsons(repeated)).toEqual([
				{
					id: made.id,
					name: 'Dealers',
					action: 'unchanged',
					unchanged: true,
					changed: [],
					code: 'UNCHANGED',
				},
			]);
			expect(other.writes()).toEqual([]);
		});
	});

	test('in its own organization two calls tell that nothing differs', async () => {
		const definition = await other.definitionOf(DEALERS);
		here.emulator.requests.length = 0;
		const result = await here.run('userType.upsert', { definition: JSON.stringify(definition) });
		expect(jsons(result)).toMatchObject([{ id: DEALERS, action: 'unchanged' }]);
		expect(here.calls()).toEqual([`GET ${TYPES}`, `GET ${TYPES}/${DEALERS}`]);
	});

	test('elsewhere it costs the lists that know what has another ID there', async () => {
		await other.apply(await other.definitionOf(DEALERS));
		const { id } = other.typeNamed('Dealers');
		expect(other.calls()).toEqual([
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
			other.emulator.switches.keepsFields = keepsFields;
			const definition = await other.edited((contacts, notes) => {
				contacts.permissions = { ...contacts.permissions, edit: false, delete: true };
				const phone = fieldOf(here.emulator, 'Phone');
				contacts.fields.push({ id: phone.id, api_name: 'Phone', read_only: true });
				contacts.views = null;
				notes.fields = [];
			});
			const before = structuredClone(other.typeNamed('Dealers'));
			const result = await other.apply({ ...definition, active: false });
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
			expect(other.writes()).toEqual([`PUT ${TYPES}/${before.id}`]);
			const noteContent = other.emulator.world.field('Notes', 'Note_Content');
			const ofContact = (api_name: string, read_only: boolean) => ({
				id: fieldOf(other.emulator, api_name).id,
				read_only,
			});
			expect(other.emulator.requests.at(-1)?.body).toEqual({
				user_type: [
					{
						active: false,
						modules: [
							{
								id: other.emulator.world.module('Contacts').id,
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
								id: other.emulator.world.module('Notes').id,
								shared_type: 'private',
								permissions: before.modules[1].permissions,
								fields: [{ id: noteContent.id, read_only: false, _delete: true }],
							},
						],
					},
				],
			});
			expect(other.typeNamed('Dealers').modules.map(({ fields }) => fields)).toMatchObject([
				[ofContact('Last_Name', false), ofContact('Email', false), ofContact('Phone', true)],
				[],
			]);
			const repeated = await other.apply({ ...definition, active: false });
			expect(jsons(repeated)).toMatchObject([{ action: 'unchanged', changed: [] }]);
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
		const definition = await other.definitionOf(DEALERS);
		const wanted = { ...definition, modules: [...(definition.modules as IDataObject[]), module] };
		const result = await other.apply(wanted);
		expect(jsons(result)[0].changed).toEqual([
			{ module: 'Deals', field: 'shared_type', old: null, new: 'private' },
			{ module: 'Deals', field: 'permissions.view', old: null, new: true },
			{ module: 'Deals', field: 'layouts', old: null, new: ['Standard'] },
			{ module: 'Deals', field: 'views', old: null, new: 'All_Deals' },
			{ module: 'Deals', field: 'filters', old: null, new: ['Contact_Name'] },
			{ module: 'Deals', field: 'fields.Deal_Name', old: null, new: 'writable' },
			{ module: 'Deals', field: 'fields.Stage', old: null, new: 'writable' },
		]);
		const theirs = other.emulator.world.module('Deals');
		expect(other.typeNamed('Dealers').modules[2]).toMatchObject({
			id: theirs.id,
			layouts: [{ id: theirs.layouts[0].id }],
			views: { id: theirs.views[0].id },
			filters: [{ id: theirs.filters[0] }],
		});
		expect(jsons(await other.apply(wanted))).toMatchObject([{ action: 'unchanged' }]);
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
		const result = await other.apply(definition);
		expect(jsons(result)).toMatchObject([{ action: 'created', name: 'Field Engineers' }]);
		expect(other.typeNamed('Field Engineers')).toMatchObject({
			active: true,
			invitation_field: { api_name: 'Email' },
		});
		expect(jsons(await other.apply(definition))).toMatchObject([
			{ action: 'unchanged', changed: [] },
		]);
	});

	test('a field without an API name is found by its label, if only one field has it', async () => {
		Object.assign(fieldOf(other.emulator, 'Last_Name'), {
			api_name: 'Surname',
			field_label: 'Last Name',
		});
		other.emulator.world.userTypes.delete(other.typeNamed('Dealers').id);
		const definition = await other.edited((contacts) => {
			delete contacts.fields[0].api_name;
			contacts.fields[0].field_label = 'Last Name';
		});
		expect(jsons(await other.apply(definition))).toMatchObject([{ action: 'created' }]);
		expect(other.typeNamed('Dealers').modules[0].fields).toMatchObject([
			{ id: fieldOf(other.emulator, 'Surname').id, api_name: 'Surname' },
			{ api_name: 'Email' },
		]);
		const twin = { ...fieldOf(other.emulator, 'Surname'), id: UNKNOWN, api_name: 'Surname1' };
		other.emulator.world.module('Contacts').fields.push(twin);
		const result = await other.apply(definition);
		expect(zohoOf(result)).toMatchObject({
			code: 'NO_MATCH',
			details: { missing: [expect.stringContaining('the field Contacts.')] },
		});
	});

	test('a field with an API name is not taken for another one with its label', async () => {
		Object.assign(fieldOf(other.emulator, 'Last_Name'), {
			api_name: 'Salary_Region',
			field_label: 'Region',
		});
		other.emulator.world.userTypes.delete(other.typeNamed('Dealers').id);
		const definition = await other.edited((contacts) => {
			Object.assign(contacts.fields[0], { api_name: 'Region', field_label: 'Region' });
		});
		const result = await other.apply(definition);
		expect(zohoOf(result)).toMatchObject({
			code: 'NO_MATCH',
			details: { missing: ['the field Contacts.Region'] },
		});
		expect(other.writes()).toEqual([]);
	});

	test('names that differ in case only are one user type, also within a run', async () => {
		const definition = await other.definitionOf(DEALERS);
		const result = await other.run(
			'upsert',
			{ definition: '={{ $json }}' },
			{
				input: [
					{ ...definition, name: 'Partners' },
					{ ...definition, name: 'partners' },
				],
			},
		);
		const made = other.typeNamed('partners');
		expect(jsons(result)).toMatchObject([
			{ id: made.id, action: 'created' },
			{ id: made.id, action: 'updated' },
		]);
		expect(other.writes()).toEqual([`POST ${TYPES}`, `PUT ${TYPES}/${made.id}`]);
	});

	test('what has an ID of this organization is that, whatever its name', async () => {
		const [first, second] = ['First_Name', 'Phone'].map((name) => fieldOf(here.emulator, name));
		Object.assign(first, { api_name: 'Phone', field_label: 'Phone' });
		Object.assign(second, { api_name: 'Telephone', field_label: 'Telephone' });
		const definition = await other.edited((contacts) => {
			contacts.fields.push({ id: second.id, api_name: 'Phone', read_only: false });
		});
		await here.run('userType.upsert', { definition: JSON.stringify(definition) });
		const dealers = here.emulator.world.userTypes.get(DEALERS);
		expect(dealers?.modules[0].fields).toMatchObject([{}, {}, { id: second.id }]);
	});

	test('items that name the same user type come one after the other', async () => {
		const definition = await other.definitionOf(DEALERS);
		const result = await other.run(
			'upsert',
			{ definition: '={{ $json }}', name: 'Partners' },
			{ input: [definition, definition, { ...definition, active: false }] },
		);
		expect(jsons(result).map(({ action }) => action)).toEqual(['created', 'unchanged', 'updated']);
		expect(other.writes()).toHaveLength(2);
	});

	test('a name that differs in case is the same user type, which then gets that name', async () => {
		const definition = await other.definitionOf(DEALERS);
		const { id } = other.typeNamed('Dealers');
		const result = await other.apply({ ...definition, name: 'DEALERS' });
		expect(jsons(result)).toMatchObject([
			{ id, changed: [{ module: null, field: 'name', old: 'Dealers', new: 'DEALERS' }] },
		]);
		expect(other.typeNamed('DEALERS').id).toBe(id);
	});

	test('what is not certain to be created is not created again', async () => {
		other.emulator.faults.add({ kind: 'reset', before: false, method: 'POST' });
		const definition = await other.definitionOf(DEALERS);
		const parameters = { definition: JSON.stringify(definition), name: 'Partners' };
		const result = await other.run('upsert', parameters, again);
		expect(result.error?.message).toContain('It is not certain whether user type "Partners" was');
		expect(other.writes()).toEqual([`POST ${TYPES}`]);
	});
});

describe('a user type with something missing', () => {
	// What a definition says that cannot be made so is told before anything is written.

	const TYPES = '/settings/portals/AcmeClients/user_type';

	describe('what has no match', () => {
		/** A definition of which the other organization lacks much. */
		const strange = async () => {
			const definition = await other.edited((contacts) => {
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
			const result = await other.apply(await strange(), { name });
			expect(result.error?.message).toBe(
				`User type "${name}" could not be created or updated: this organization has no match for ${missing.join(', ')}`,
			);
			expect(result.error?.description).toContain('Nothing was written.');
			expect(zohoOf(result)).toMatchObject({ code: 'NO_MATCH', details: { missing } });
			expect(other.writes()).toEqual([]);
		});

		test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'leaves the other items alone, with %s',
			async (onError) => {
				const definitions = [await strange(), await other.definitionOf(DEALERS)];
				const result = await other.run(
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
				expect(other.writes()).toEqual([`POST ${TYPES}`]);
			},
		);

		test('a canvas view goes by its ID in its own organization only, as it is in no list', async () => {
			const canvas = await other.edited((contacts) => {
				contacts.views = { id: UNKNOWN, name: 'Tiles', type: 'canvas_view' };
			});
			const own = await here.run('userType.upsert', { definition: JSON.stringify(canvas) });
			expect(jsons(own)).toMatchObject([
				{ changed: [{ module: 'Contacts', field: 'views', old: 'All_Contacts', new: 'Tiles' }] },
			]);
			const result = await other.apply(canvas);
			expect(zohoOf(result).details).toMatchObject({ missing: ['the view "Tiles" of Contacts'] });
		});

		test('so does a wizard in place of a layout', async () => {
			const wizard = await other.edited((contacts) => {
				const [layout] = contacts.layouts as IDataObject[];
				layout._default_view = { id: UNKNOWN, name: 'Steps', type: 'wizard' };
			});
			const own = await here.run('userType.upsert', { definition: JSON.stringify(wizard) });
			expect(jsons(own)).toMatchObject([{ action: 'updated', changed: [{ field: 'layouts' }] }]);
			const result = await other.apply(wizard);
			expect(zohoOf(result).details).toMatchObject({ missing: ['the wizard "Steps" of Contacts'] });
		});
	});

	test('what Zoho has no way to change is told before anything is written', async () => {
		const definition = await other.definitionOf(DEALERS);
		const dealers = other.typeNamed('Dealers');
		const { id, api_name, plural_label } = other.emulator.world.module('Deals');
		dealers.modules.push({ ...dealers.modules[0], id, api_name, plural_label });
		dealers.invitation_field = { id: UNKNOWN, api_name: 'Other_Email' };
		const result = await other.apply({ ...definition, active: false });
		expect(result.error?.message).toContain(
			'Zoho cannot change this: the user type has the module Deals, which the definition lacks; its invitations go to Other_Email, but the definition has Email',
		);
		expect(other.writes()).toEqual([]);
	});
});

describe('the plan of a user type', () => {
	// A dry run of Create or Update, and what holds for any two user types.

	describe('a dry run', () => {
		const options = { dryRun: true };

		test.each([
			['created', 'Partners', true],
			['updated', 'Dealers', false],
			['unchanged', 'Dealers', true],
		])('tells that it would be %s, and writes nothing', async (action, name, active) => {
			const definition = { ...(await other.definitionOf(DEALERS)), active };
			const [planned] = jsons(await other.apply(definition, { name, options }));
			expect(other.writes()).toEqual([]);
			expect(planned).toMatchObject({ name, planned: true, action });
			const [done] = jsons(await other.apply(definition, { name }));
			expect(done).toMatchObject({ name, action, changed: planned.changed });
		});

		test('tells fields that go in order of their names, however Zoho lists them', async () => {
			const definition = await other.definitionOf(DEALERS);
			const gone = [];
			for (const names of [
				['Phone', 'First_Name'],
				['First_Name', 'Phone'],
			]) {
				other.reset();
				const fields = other.typeNamed('Dealers').modules[0].fields as IDataObject[];
				fields.push(
					...names.map((name) => {
						const { id, api_name } = other.emulator.world.field('Contacts', name);
						return { id, api_name, read_only: false };
					}),
				);
				const [{ changed }] = jsons(await other.apply(definition, { options }));
				gone.push((changed as IDataObject[]).map(({ field }) => field));
			}
			expect(gone).toEqual([
				['fields.First_Name', 'fields.Phone'],
				['fields.First_Name', 'fields.Phone'],
			]);
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
			other.emulator.world
				.module('Deals')
				.fields.push({ ...other.emulator.world.field('Contacts', 'Email'), id: UNKNOWN });
			const definition = change(await other.definitionOf(DEALERS));
			const planned = await other.apply(definition, { options });
			expect(other.writes()).toEqual([]);
			expect(planned.error?.description).toContain(`Zoho would answer ${code}`);
			const done = await other.apply(definition);
			expect(zohoOf(done).code).toBe(code);
			expect(done.error?.message).toBe(asDone(planned.error?.message));
		});
	});

	const CONTACT_FIELDS = ['First_Name', 'Phone', 'Account_Name'];

	const DEAL_FIELDS = ['Amount', 'Contact_Name'];

	const permissions = (names: string[]) =>
		fc
			.record(Object.fromEntries(names.map((name) => [name, fc.boolean()])))
			.map((given) => ({ view: true, ...given }));

	const CRM = ['edit', 'edit_shared_records', 'create', 'delete'];

	/** What may be so or otherwise about a module of a user type; fields by whether they are read-only. */
	const moduleOf = (fields: string[]) =>
		fc.record({
			permissions: permissions(CRM),
			view: fc.boolean(),
			filter: fc.boolean(),
			fields: fc.dictionary(fc.constantFrom(...fields), fc.boolean()),
		});

	const userTypes = fc.record({
		active: fc.boolean(),
		contacts: moduleOf(CONTACT_FIELDS),
		notes: permissions(['edit', 'create', 'delete', 'create_attachment', 'delete_attachment']),
		deals: fc.option(moduleOf(DEAL_FIELDS), { nil: undefined }),
	});

	type Random = typeof userTypes extends fc.Arbitrary<infer T> ? T : never;

	/** Adds a user type to an organization, as if a person had made it there. */
	function add(
		{ world }: Emulator,
		name: string,
		{ active, contacts, notes, deals }: Random,
	): string {
		const withFields = (api_name: string, module: NonNullable<Random['deals']>) => {
			const known = world.module(api_name);
			const [layout] = known.layouts;
			const chosen = Object.entries(module.fields).map(([field, read_only]) => ({
				id: world.field(api_name, field).id,
				read_only,
			}));
			return described(known, {
				shared_type: 'private',
				permissions: module.permissions,
				layouts: [{ id: layout.id }],
				views: module.view ? { id: known.views[0].id, type: 'custom_view' } : null,
				filters: module.filter ? known.filters.slice(0, 1).map((id) => ({ id })) : null,
				fields: [...layout.mandatory.map((id) => ({ id, read_only: false })), ...chosen],
			});
		};
		const notesModule = { shared_type: 'private', permissions: notes };
		return world.addUserType(PORTAL, name, {
			active,
			modules: [
				withFields('Contacts', contacts),
				described(world.module('Notes'), notesModule),
				...(deals ? [withFields('Deals', deals)] : []),
			],
		}).id;
	}

	/** A user type in words, fields and modules in order of their names. */
	function sorted(userType: object): unknown {
		const { modules, ...rest } = inWords(userType);
		const byName = (a: IDataObject, b: IDataObject) =>
			String(a.api_name).localeCompare(String(b.api_name));
		const inOrder = (modules as IDataObject[]).map((module) => ({
			...module,
			fields: [...(module.fields as IDataObject[])].sort(byName),
		}));
		return { ...rest, modules: inOrder.sort(byName) };
	}

	test('two definitions of one name in one run: the dry run plans what the run does', async () => {
		await fc.assert(
			fc.asyncProperty(
				userTypes,
				userTypes,
				fc.option(userTypes, { nil: undefined }),
				async (first, second, present) => {
					here.emulator.reset();
					other.reset();
					if (present) add(other.emulator, 'Random', { ...present, deals: undefined });
					const definitions = await Promise.all(
						[first, second].map(async (one, place) =>
							other.definitionOf(add(here.emulator, `Random ${place}`, one)),
						),
					);
					const input = definitions.map((definition, place) => ({
						definition: JSON.stringify(definition),
						name: ['Random', 'RANDOM'][place],
					}));
					const runs = [];
					for (const dryRun of [true, false]) {
						const parameters = {
							definition: '={{ $json.definition }}',
							name: '={{ $json.name }}',
							options: { dryRun },
						};
						runs.push(jsons(await other.run('upsert', parameters, { input, ...continuing })));
						if (dryRun) expect(other.writes()).toEqual([]);
					}
					const [planned, done] = runs.map((items) =>
						items.map(({ name, action, changed, code, error }) => ({
							name,
							action,
							changed,
							...(error !== undefined && { code, error: asDone(error) }),
						})),
					);
					expect(done).toEqual(planned);
				},
			),
			cases(12),
		);
	});

	test('whatever is there, afterwards it is as defined, as the plan said, and stays so', async () => {
		await fc.assert(
			fc.asyncProperty(
				userTypes,
				fc.option(userTypes, { nil: undefined }),
				fc.boolean(),
				async (wanted, present, keepsFields) => {
					here.emulator.reset();
					other.reset();
					other.emulator.switches.keepsFields = keepsFields;
					const id = add(here.emulator, 'Random', wanted);
					// A module cannot be taken away.
					const deals = wanted.deals && present?.deals;
					if (present) add(other.emulator, 'Random', { ...present, deals });
					const definition = await other.definitionOf(id);
					const [planned] = jsons(await other.apply(definition, { options: { dryRun: true } }));
					expect(other.writes()).toEqual([]);
					const [done] = jsons(await other.apply(definition));
					expect([done.action, done.changed]).toEqual([planned.action, planned.changed]);
					expect(other.writes().length).toBe(done.action === 'unchanged' ? 0 : 1);
					expect(sorted(other.typeNamed('Random'))).toEqual(sorted(definition));
					other.emulator.requests.length = 0;
					expect(jsons(await other.apply(definition))).toMatchObject([{ action: 'unchanged' }]);
					expect(other.writes()).toEqual([]);
				},
			),
			cases(20),
		);
	});
});
