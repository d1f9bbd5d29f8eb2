import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import {
	asDone,
	byId,
	byName,
	continuing,
	fromList,
	jsons,
	pairs,
	useHarness,
	zohoOf,
} from '../../harness/harness';

const harness = useHarness();
const { run, calls, writes } = harness;

describe('user types', () => {
	const TYPES = '/settings/portals/AcmeClients/user_type';

	const CONTACTS = '7310000000000200001';
	const NOTES = '7310000000000200003';

	const meta = (module: string) => harness.emulator.world.module(module);

	/** A user type as a person fills it in. */
	function form(): INodeParameters {
		const contacts = meta('Contacts');
		return {
			name: 'Resellers',
			personalityModule: byName('Contacts'),
			active: true,
			modulesMode: 'fields',
			modulesUi: {
				module: [
					{
						module: CONTACTS,
						sharedType: 'private',
						permissions: ['edit', 'create'],
						layouts: [contacts.layouts[0].id],
						view: `custom_view:${contacts.views[0].id}`,
						fields: [contacts.fields[1].id, contacts.fields[2].id],
						readOnlyFields: [contacts.fields[3].id],
					},
					{ module: NOTES, sharedType: 'private' },
				],
			},
		};
	}

	/** The same for Zoho. */
	function modules(): IDataObject[] {
		const contacts = meta('Contacts');
		return [
			{
				id: CONTACTS,
				shared_type: 'private',
				permissions: { view: true, create: true, edit: true, delete: false },
				layouts: [{ id: contacts.layouts[0].id }],
				views: { id: contacts.views[0].id, type: 'custom_view' },
				filters: null,
				fields: [
					{ id: contacts.fields[1].id, read_only: false },
					{ id: contacts.fields[2].id, read_only: false },
					{ id: contacts.fields[3].id, read_only: true },
				],
			},
			{
				id: NOTES,
				shared_type: 'private',
				permissions: { view: true, create: false, edit: false, delete: false },
				layouts: null,
				views: null,
				filters: null,
				fields: [],
			},
		];
	}

	/** The whole object, which Zoho's OpenAPI file has for an answer, comes without a message. */
	const messageOf = (sources: 'oas' | 'docs') =>
		sources === 'docs' ? { message: expect.any(String) } : {};

	describe.each(['oas', 'docs'] as const)('with answers in the form of the %s', (sources) => {
		beforeEach(() => {
			harness.emulator.switches.sources = sources;
		});

		test('creates a user type from the form', async () => {
			const result = await run('userType.create', form());
			expect(calls()).toEqual([
				'GET /settings/modules',
				'GET /settings/layouts?module=Contacts',
				'GET /settings/fields?module=Contacts',
				`POST ${TYPES}`,
			]);
			expect(harness.emulator.requests[3].body).toEqual({
				user_type: [
					{
						name: 'Resellers',
						personality_module: { api_name: 'Contacts' },
						active: true,
						modules: modules(),
						invitation_field: { id: meta('Contacts').fields[2].id, api_name: 'Email' },
					},
				],
			});
			const created = [...harness.emulator.world.userTypes.values()].find(
				({ name }) => name === 'Resellers',
			);
			expect(jsons(result)).toEqual([
				{ id: created?.id, name: 'Resellers', code: 'SUCCESS', ...messageOf(sources) },
			]);
		});

		test('deletes a user type, with its id exact to the last digit', async () => {
			const result = await run('userType.delete', { userType: byId(DEALERS) });
			expect(calls()).toEqual([`DELETE ${TYPES}/${DEALERS}`]);
			expect(harness.emulator.requests[0].body).toBeUndefined();
			expect(jsons(result)).toEqual([
				{
					id: DEALERS,
					deleted: true,
					code: 'SUCCESS',
					message: 'Portal user type deleted successfully.',
				},
			]);
			expect(harness.emulator.world.userTypes.has(DEALERS)).toBe(false);
		});

		test('lists the user types of a portal', async () => {
			const result = await run('userType.getAll');
			expect(calls()).toEqual([`GET ${TYPES}`]);
			expect(jsons(result).map(({ id }) => id)).toHaveLength(4);
			expect(jsons(result)[0]).toMatchObject({ id: CLIENT_PORTAL, name: 'Client Portal' });
			const withModules = await run('userType.getAll', {
				filters: { includeModules: true },
				output: 'raw',
			});
			expect(calls()[1]).toBe(`GET ${TYPES}?include=modules`);
			expect(jsons(withModules)[0]).toHaveProperty('modules');
		});

		test('gets one user type with its modules', async () => {
			const result = await run('userType.get', { userType: fromList(DEALERS), output: 'raw' });
			expect(calls()).toEqual([`GET ${TYPES}/${DEALERS}`]);
			expect(jsons(result)).toEqual([
				expect.objectContaining({ id: DEALERS, name: 'Dealers', modules: expect.any(Array) }),
			]);
		});
	});

	test('says so where a portal user of the type must go first', async () => {
		harness.emulator.world.addPortalUsers(DEALERS, 1);
		const result = await run('userType.delete', { userType: byId(DEALERS) });
		expect(result.error?.message).toBe(
			`User type ${DEALERS} could not be deleted: it still has users`,
		);
		expect(result.error?.description).toContain('Transfer its users to another user type first');
		expect(zohoOf(result)).toMatchObject({
			code: 'INVALID_DATA',
			details: { param_name: 'transfer_To' },
		});
	});

	test('hands the users of a deleted type over to the target', async () => {
		const [user] = harness.emulator.world.addPortalUsers(DEALERS, 1);
		const result = await run('userType.delete', {
			userType: byId(DEALERS),
			targetUserType: byId(PREMIUM),
		});
		expect(calls()).toEqual([`DELETE ${TYPES}/${DEALERS}?transfer_To=${PREMIUM}`]);
		expect(jsons(result)).toMatchObject([{ id: DEALERS, deleted: true }]);
		expect(user.userTypeId).toBe(PREMIUM);
	});

	test('creates a user type from what "Get" returned', async () => {
		const [json] = jsons(await run('userType.get', { userType: byId(DEALERS), output: 'raw' }));
		const result = await run('userType.create', {
			...(form() as object),
			modulesMode: 'json',
			modulesJson: JSON.stringify(json),
		});
		expect(result.error).toBeUndefined();
		const { body } = harness.emulator.requests[2] as { body: { user_type: IDataObject[] } };
		const [contacts, deals, notes] = json.modules as IDataObject[];
		const sent = [contacts, deals].map((module) => {
			const { id, type } = module.views as IDataObject;
			return { ...module, views: { id, type } };
		});
		expect(body.user_type[0].modules).toEqual([...sent, notes]);
	});

	test('takes modules as an array by expression', async () => {
		const result = await run(
			'userType.create',
			{ ...(form() as object), modulesMode: 'json', modulesJson: '={{ $json.modules }}' },
			{ input: [{ modules: modules() }] },
		);
		expect(result.error).toBeUndefined();
		const { body } = harness.emulator.requests[1] as { body: { user_type: IDataObject[] } };
		expect(body.user_type[0].modules).toEqual(modules());
	});

	test('creates without an invitation field where the fields may not be read', async () => {
		harness.emulator.switches.sources = 'docs';
		harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
		const result = await run('userType.create', form());
		expect(result.error).toBeUndefined();
		const { body } = harness.emulator.requests.at(-1) as { body: { user_type: IDataObject[] } };
		expect(body.user_type[0]).not.toHaveProperty('invitation_field');
	});

	test('updates only what was filled in', async () => {
		const result = await run('userType.update', {
			userType: byId(DEALERS),
			updateFields: { name: 'Resellers', active: false },
			modulesMode: 'none',
		});
		expect(calls()).toEqual([`PUT ${TYPES}/${DEALERS}`]);
		expect(harness.emulator.requests[0].body).toEqual({
			user_type: [{ name: 'Resellers', active: false }],
		});
		expect(jsons(result)).toEqual([
			{
				id: DEALERS,
				name: 'Resellers',
				code: 'SUCCESS',
				message: 'Portal user type updated successfully.',
			},
		]);
	});

	test('updates modules and the personality module', async () => {
		await run('userType.update', {
			userType: byId(DEALERS),
			updateFields: { personalityModule: 'Vendors' },
			modulesMode: 'fields',
			modulesUi: { module: [{ module: NOTES, sharedType: 'private', permissions: ['create'] }] },
		});
		expect(harness.emulator.requests[0].body).toEqual({
			user_type: [
				{
					personality_module: { api_name: 'Vendors' },
					modules: [
						{
							id: NOTES,
							shared_type: 'private',
							permissions: { view: true, create: true, edit: false, delete: false },
						},
					],
				},
			],
		});
	});

	test.each([
		[
			'the name is taken',
			DEALERS,
			{ name: 'Premium' },
			'the same name or email address already exists',
		],
		[
			'the default type would change its module',
			CLIENT_PORTAL,
			{ personalityModule: 'Vendors' },
			'Zoho does not allow it ("Change of personality module of default user type is not allowed.")',
		],
		[
			'the module cannot hold people',
			DEALERS,
			{ personalityModule: 'Deals' },
			'"personality_module" has a value that Zoho does not accept',
		],
	])('says why an update is refused when %s', async (_, id, updateFields, reason) => {
		const userType = byId(id);
		const result = await run('userType.update', { userType, updateFields, modulesMode: 'none' });
		expect(result.error?.message).toContain(`could not be updated: ${reason}`);
	});

	test('says which module lacks a layout', async () => {
		const { layouts } = meta('Contacts');
		layouts.push({ ...layouts[0], id: UNKNOWN, name: 'Short' });
		const parameters = form();
		(parameters.modulesUi as { module: IDataObject[] }).module[0].layouts = [];
		const result = await run('userType.create', parameters);
		expect(result.error?.message).toBe(
			'User type "Resellers" could not be created: "layouts" (modules[0].layouts) is missing for a module',
		);
	});

	test('says that Notes is mandatory where it cannot add it', async () => {
		const parameters = { ...form(), modulesMode: 'json', modulesJson: modules().slice(0, 1) };
		const result = await run('userType.create', parameters as never);
		expect(result.error?.message).toContain('Personality module and Notes module are mandatory');
		expect(zohoOf(result)).toMatchObject({ code: 'MANDATORY_NOT_FOUND', details: {} });
	});

	test('says that the license covers no more user types', async () => {
		harness.emulator.switches.userTypeLicences = 4;
		const result = await run('userType.create', form());
		expect(result.error?.message).toContain('your Zoho license does not cover more');
	});

	test('says that a user type does not exist', async () => {
		const result = await run('userType.get', { userType: byId(UNKNOWN) });
		expect(result.error?.message).toBe(
			'User type 7310000000000999999 could not be read: Zoho does not know the user type',
		);
	});

	test('says that a portal does not exist', async () => {
		const result = await run('userType.getAll', { portal: byName('NoSuchPortal') });
		expect(result.error?.message).toBe(
			'List of user types could not be read: no portal exists with the given portal name',
		);
	});

	test('pairs the rows of every list with the item that asked for it', async () => {
		harness.emulator.world.addPortal('OtherPortal');
		harness.emulator.world.addUserType('OtherPortal', 'Guests');
		const result = await run(
			'userType.getAll',
			{ portal: { __rl: true, mode: 'name', value: '={{ $json.portal }}' } },
			{
				input: ['OtherPortal', 'NoSuchPortal', 'AcmeClients'].map((portal) => ({ portal })),
				onError: 'continueErrorOutput',
			},
		);
		expect(pairs(result.items)).toEqual([0, 2, 2, 2, 2]);
		expect(pairs(result.errorItems)).toEqual([1]);
	});

	describe('what the form lacks', () => {
		const modulesSent = () => {
			const { body } = harness.emulator.requests.at(-1) as { body: { user_type: IDataObject[] } };
			return body.user_type[0].modules as IDataObject[];
		};

		const fieldsIn = (module: IDataObject) =>
			(module.fields as Array<{ id: string; read_only: boolean }>).map(({ id, read_only }) => [
				meta('Contacts').fields.find((field) => field.id === id)?.api_name,
				read_only,
			]);

		test('Notes and mandatory fields are added, and the output says so', async () => {
			const contacts = meta('Contacts');
			const module = {
				module: CONTACTS,
				sharedType: 'private',
				layouts: [contacts.layouts[0].id],
				fields: [contacts.fields[0].id],
				readOnlyFields: [contacts.fields[1].id],
			};
			const parameters = { ...form(), modulesUi: { module: [module] } };
			const result = await run('userType.create', parameters);
			expect(jsons(result)).toEqual([
				{
					id: expect.any(String),
					name: 'Resellers',
					code: 'SUCCESS',
					added: ['Contacts.Email', 'Notes'],
					made_writable: ['Contacts.Last_Name'],
				},
			]);
			const [sent, notes] = modulesSent();
			expect(fieldsIn(sent)).toEqual([
				['First_Name', false],
				['Last_Name', false],
				['Email', false],
			]);
			expect(notes).toMatchObject({ id: NOTES, permissions: { view: true } });
		});

		test('the personality module of a form that nobody touched, and its only layout', async () => {
			const { name, personalityModule } = form();
			const result = await run('userType.create', { name, personalityModule });
			expect(jsons(result)).toMatchObject([
				{
					name: 'Resellers',
					code: 'SUCCESS',
					added: ['Contacts layout Standard', 'Contacts.Last_Name', 'Contacts.Email', 'Notes'],
				},
			]);
			const [contacts, notes] = modulesSent();
			const { id, layouts } = meta('Contacts');
			expect(contacts).toMatchObject({
				id,
				shared_type: 'private',
				permissions: { view: true, edit: false },
				layouts: [{ id: layouts[0].id }],
			});
			expect(notes).toMatchObject({ id: NOTES });
		});

		test('a public module needs no layout, one of several is not guessed', async () => {
			const { layouts } = meta('Deals');
			layouts.push({ ...layouts[0], id: UNKNOWN, name: 'Short' });
			const module = [
				{ module: 'personality', sharedType: 'private' },
				{ module: meta('Products').id, sharedType: 'public' },
				{ module: meta('Deals').id, sharedType: 'private' },
			];
			const result = await run('userType.create', { ...form(), modulesUi: { module } });
			expect(result.error?.message).toContain('"layouts" (modules[2].layouts) is missing');
			expect(modulesSent().map(({ layouts: chosen }) => chosen)).toEqual([
				[{ id: meta('Contacts').layouts[0].id }],
				null,
				null,
				null,
			]);
		});

		test('a personality module that the organization does not have is told', async () => {
			const { name } = form();
			const result = await run('userType.create', { name, personalityModule: byName('Nobodies') });
			expect(result.error?.message).toBe(
				'User type "Resellers" could not be created: this organization has no match for the module Nobodies',
			);
			expect(calls()).toEqual(['GET /settings/modules']);
		});

		test('an update adds mandatory fields, and no Notes', async () => {
			const contacts = meta('Contacts');
			const module = { module: CONTACTS, layouts: [contacts.layouts[0].id], fields: [] };
			const withField = { ...module, readOnlyFields: [contacts.fields[3].id] };
			const result = await run('userType.update', {
				userType: byId(DEALERS),
				modulesMode: 'fields',
				modulesUi: { module: [withField] },
			});
			expect(result.error).toBeUndefined();
			expect(jsons(result)).toMatchObject([{ added: ['Contacts.Last_Name', 'Contacts.Email'] }]);
			expect(modulesSent()).toHaveLength(1);
		});

		test('metadata is read once for all items of a run', async () => {
			const parameters = { ...form(), name: '={{ $json.name }}' };
			harness.emulator.switches.userTypeLicences = 10;
			const input = ['One', 'Two', 'Three'].map((name) => ({ name }));
			const result = await run('userType.create', parameters, { input });
			expect(result.items).toHaveLength(3);
			expect(harness.reads()).toHaveLength(3);
		});

		test('where the metadata may not be read, Zoho has its say', async () => {
			harness.engine.connect('1', 'ZohoCRM.settings.clientportal.ALL');
			harness.emulator.switches.sources = 'docs';
			const parameters = form();
			(parameters.modulesUi as { module: IDataObject[] }).module.pop();
			const result = await run('userType.create', parameters);
			expect(result.error?.message).toContain('Personality module and Notes module are mandatory');
		});
	});

	describe.each(['oas', 'docs'] as const)(
		'Duplicate, with answers in the form of the %s',
		(sources) => {
			beforeEach(() => {
				harness.emulator.switches.sources = sources;
			});

			const copyOf = (name: string) =>
				[...harness.emulator.world.userTypes.values()].find((userType) => userType.name === name);

			test('creates a user type like the other, and says what the copy lacks', async () => {
				const { world } = harness.emulator;
				world.addPortalUsers(CLIENT_PORTAL, 3);
				const result = await run('userType.duplicate', {
					userType: byId(CLIENT_PORTAL),
					name: 'Copy',
				});
				expect(calls()).toEqual([`GET ${TYPES}/${CLIENT_PORTAL}`, `POST ${TYPES}`]);
				const original = world.userTypes.get(CLIENT_PORTAL);
				const copy = copyOf('Copy');
				expect(copy).toMatchObject({
					portal: 'AcmeClients',
					default: false,
					active: true,
					personality_module: original?.personality_module,
					invitation_field: original?.invitation_field,
				});
				expect(copy?.modules.map(({ id, permissions }) => ({ id, permissions }))).toEqual(
					original?.modules.map(({ id, permissions }) => ({ id, permissions })),
				);
				expect(jsons(result)).toEqual([
					{
						id: copy?.id,
						name: 'Copy',
						code: 'SUCCESS',
						...messageOf(sources),
						left_out: ['3 users, who stay with the original', 'the status of default user type'],
					},
				]);
			});

			test('into another portal', async () => {
				harness.emulator.world.addPortal('OtherPortal');
				const result = await run('userType.duplicate', {
					userType: byId(DEALERS),
					name: 'Dealers',
					targetPortal: byName('OtherPortal'),
				});
				expect(calls()[1]).toBe('POST /settings/portals/OtherPortal/user_type');
				expect(jsons(result)).toMatchObject([{ left_out: [] }]);
				expect(harness.emulator.world.userTypes.get(String(jsons(result)[0].id))?.portal).toBe(
					'OtherPortal',
				);
			});

			test('says that there is nothing to copy, and creates nothing', async () => {
				const result = await run('userType.duplicate', { userType: byId('42'), name: 'Copy' });
				expect(result.error?.message).toBe(
					'User type 42 could not be duplicated: Zoho does not know the user type',
				);
				expect(copyOf('Copy')).toBeUndefined();
			});
		},
	);
});

describe('a dry run', () => {
	// A dry run looks up and checks what a real run would meet, and writes nothing.

	const TYPES = '/settings/portals/AcmeClients/user_type';

	const options = { dryRun: true };

	const meta = (module: string) => harness.emulator.world.module(module);

	const dealers = () => harness.emulator.world.userTypes.get(DEALERS);

	/** Modules as JSON that Zoho takes. */
	const sentModules = (names = ['Contacts', 'Notes']) =>
		(dealers()?.modules ?? []).filter(({ api_name }) => names.includes(String(api_name)));

	const modulesJson = (names?: string[]) => JSON.stringify(sentModules(names));

	const create = (more: INodeParameters = {}): INodeParameters => ({
		name: 'Resellers',
		personalityModule: byName('Contacts'),
		modulesMode: 'json',
		modulesJson: modulesJson(),
		...more,
	});

	const update = (updateFields: INodeParameters, more: INodeParameters = {}): INodeParameters => ({
		userType: byId(DEALERS),
		updateFields,
		modulesMode: 'none',
		...more,
	});

	async function planned(operation: string, parameters: INodeParameters): Promise<IDataObject[]> {
		const result = await run(operation, { ...parameters, options });
		expect(result.error?.message).toBeUndefined();
		expect(writes()).toEqual([]);
		return jsons(result);
	}

	describe('tells what would be done', () => {
		test('create, with what the form lacks', async () => {
			const { name, personalityModule } = create();
			expect(await planned('userType.create', { name, personalityModule })).toEqual([
				{
					name: 'Resellers',
					planned: true,
					action: 'created',
					added: ['Contacts layout Standard', 'Contacts.Last_Name', 'Contacts.Email', 'Notes'],
				},
			]);
			expect(calls()).toEqual([
				`GET ${TYPES}`,
				'GET /settings/modules',
				'GET /settings/layouts?module=Contacts',
			]);
		});

		test('update, with the difference', async () => {
			const parameters = update({ name: 'Resellers', active: true });
			expect(await planned('userType.update', parameters)).toEqual([
				{
					id: DEALERS,
					planned: true,
					name: 'Resellers',
					action: 'updated',
					changed: [{ module: null, field: 'name', old: 'Dealers', new: 'Resellers' }],
				},
			]);
			expect(calls()).toEqual([`GET ${TYPES}/${DEALERS}`, `GET ${TYPES}`, 'GET /settings/modules']);
		});

		test('update of modules, by form and by JSON', async () => {
			const module = { module: meta('Notes').id, sharedType: 'private', permissions: ['create'] };
			const byForm = { modulesMode: 'fields', modulesUi: { module: [module] } };
			expect(await planned('userType.update', update({}, byForm))).toMatchObject([
				{ changed: [{ module: meta('Notes').id, field: 'permissions.create', new: true }] },
			]);
			const byJson = { modulesMode: 'json', modulesJson: modulesJson() };
			expect(await planned('userType.update', update({}, byJson))).toEqual([
				{ id: DEALERS, planned: true, name: 'Dealers', action: 'unchanged', unchanged: true },
			]);
		});

		test('update that would change nothing', async () => {
			const parameters = update({ name: 'Dealers', active: true, personalityModule: 'Contacts' });
			expect(await planned('userType.update', parameters)).toEqual([
				{ id: DEALERS, planned: true, name: 'Dealers', action: 'unchanged', unchanged: true },
			]);
		});

		test('duplicate, with what the copy would lack', async () => {
			harness.addUsers(2);
			const parameters = { userType: byId(DEALERS), name: 'Copy' };
			expect(await planned('userType.duplicate', parameters)).toEqual([
				{
					id: DEALERS,
					planned: true,
					name: 'Copy',
					action: 'duplicated',
					left_out: ['2 users, who stay with the original'],
				},
			]);
			expect(calls()).toEqual([`GET ${TYPES}/${DEALERS}`, `GET ${TYPES}`]);
		});

		test.each(['oas', 'docs'] as const)('delete, in the form of the %s', async (sources) => {
			harness.emulator.switches.sources = sources;
			const deleted = { id: DEALERS, planned: true, name: 'Dealers', action: 'deleted' };
			const parameters = { userType: byId(DEALERS) };
			expect(await planned('userType.delete', parameters)).toEqual([{ ...deleted, users: 0 }]);
			expect(calls()).toEqual([`GET ${TYPES}`]);
			harness.addUsers(2);
			const target = { ...parameters, targetUserType: byId(PREMIUM) };
			expect(await planned('userType.delete', target)).toEqual([
				{ ...deleted, users: 2, target_user_type_id: PREMIUM },
			]);
		});

		test('delete, by name', async () => {
			expect(await planned('userType.delete', { userType: byName('Dealers') })).toMatchObject([
				{ id: DEALERS, action: 'deleted' },
			]);
		});
	});

	describe('plans each item on what the items before it leave', () => {
		const inTwo = { userType: '={{ $json.type }}', targetUserType: '={{ $json.to }}' };

		const toGold = update({ name: 'Gold' }, { userType: '={{ $json.type }}' });

		test.each<[string, string, INodeParameters, IDataObject[]]>([
			['one user type, deleted twice', 'delete', { userType: byId(PREMIUM) }, [{}, {}]],
			[
				'each deleted in favor of the other',
				'delete',
				inTwo,
				[
					{ type: PREMIUM, to: DEALERS },
					{ type: DEALERS, to: PREMIUM },
				],
			],
			[
				'two created with one name',
				'create',
				{ name: 'Twin', personalityModule: byName('Contacts') },
				[{}, {}],
			],
			[
				'two copies with one name',
				'duplicate',
				{ userType: byId(DEALERS), name: 'Twin' },
				[{}, {}],
			],
			['two renamed to one name', 'update', toGold, [{ type: PREMIUM }, { type: DEALERS }]],
			[
				'a name that the item before gives up',
				'update',
				update({ name: '={{ $json.name }}' }, { userType: '={{ $json.type }}' }),
				[
					{ type: PREMIUM, name: 'Gold' },
					{ type: DEALERS, name: 'Premium' },
				],
			],
		])('%s', async (_, operation, parameters, input) => {
			Object.assign(harness.emulator.switches, { refusesTwins: true, userTypeLicences: 10 });
			const setup = { ...continuing, input };
			const dry = await run(`userType.${operation}`, { ...parameters, options }, setup);
			expect(writes()).toEqual([]);
			const real = await run(`userType.${operation}`, parameters, setup);
			const codes = (result: typeof dry) =>
				jsons(result).map(({ error, code }) => (error === undefined ? 'done' : code));
			expect(codes(dry)).toEqual(codes(real));
		});

		test('a deletion of a user type that has taken over users', async () => {
			harness.emulator.world.portalUsers.clear();
			harness.addUsers(2);
			harness.addUsers(1, PREMIUM);
			const input = [
				{ type: DEALERS, to: PREMIUM },
				{ type: PREMIUM, to: CLIENT_PORTAL },
			];
			const result = await run('userType.delete', { ...inTwo, options }, { input });
			expect(jsons(result)).toMatchObject([{ users: 2 }, { users: 3 }]);
		});

		test('an update that takes back the one before it', async () => {
			const parameters = update({ active: '={{ $json.active }}' });
			const input = [{ active: false }, { active: true }, { active: true }];
			const result = await run('userType.update', { ...parameters, options }, { input });
			expect(jsons(result).map(({ changed }) => changed)).toEqual([
				[{ module: null, field: 'active', old: true, new: false }],
				[{ module: null, field: 'active', old: false, new: true }],
				undefined,
			]);
		});
	});

	describe.each<[string, string, () => INodeParameters, string]>([
		['a name that exists', 'create', () => create({ name: 'Premium' }), 'DUPLICATE_DATA'],
		['a name with signs', 'create', () => create({ name: 'Dealers (North)' }), 'INVALID_DATA'],
		['a long name', 'create', () => create({ name: 'x'.repeat(51) }), 'INVALID_DATA'],
		[
			'an unsuitable personality module',
			'create',
			() => create({ personalityModule: byName('Deals') }),
			'INVALID_DATA',
		],
		[
			'modules without Notes',
			'create',
			() => create({ modulesJson: modulesJson(['Contacts']) }),
			'MANDATORY_NOT_FOUND',
		],
		[
			'a module that does not exist',
			'create',
			() =>
				create({
					modulesJson: JSON.stringify([...sentModules(), { ...sentModules()[0], id: UNKNOWN }]),
				}),
			'INVALID_MODULE',
		],
		['an unknown portal', 'create', () => create({ portal: byName('Nowhere') }), 'INVALID_DATA'],
		['a name that exists', 'update', () => update({ name: 'Premium' }), 'DUPLICATE_DATA'],
		[
			'an unknown user type',
			'update',
			() => update({ active: true }, { userType: byId(UNKNOWN) }),
			'INVALID_DATA',
		],
		[
			'another personality module for the default type',
			'update',
			() => update({ personalityModule: 'Vendors' }, { userType: byId(CLIENT_PORTAL) }),
			'NOT_ALLOWED',
		],
		[
			'an unsuitable personality module',
			'update',
			() => update({ personalityModule: 'Deals' }),
			'INVALID_DATA',
		],
		[
			'an unknown user type',
			'duplicate',
			() => ({ userType: byId(UNKNOWN), name: 'Copy' }),
			'INVALID_DATA',
		],
		[
			'a name that exists',
			'duplicate',
			() => ({ userType: byId(DEALERS), name: 'Premium' }),
			'DUPLICATE_DATA',
		],
		['an unknown user type', 'delete', () => ({ userType: byId(UNKNOWN) }), 'INVALID_DATA'],
		['the default type', 'delete', () => ({ userType: byId(CLIENT_PORTAL) }), 'NOT_ALLOWED'],
		['users without a target', 'delete', () => ({ userType: byId(DEALERS) }), 'INVALID_DATA'],
		[
			'a target with another personality module',
			'delete',
			() => ({ userType: byId(DEALERS), targetUserType: byId(VENDORS) }),
			'INVALID_DATA',
		],
		[
			'the user type itself as its target',
			'delete',
			() => ({ userType: byId(DEALERS), targetUserType: byId(DEALERS) }),
			'INVALID_DATA',
		],
		[
			'an unknown target',
			'delete',
			() => ({ userType: byId(DEALERS), targetUserType: byId(UNKNOWN) }),
			'INVALID_DATA',
		],
	])('%s, %s', (_, operation, parametersOf, code) => {
		beforeEach(() => {
			harness.addUsers(1);
			harness.emulator.switches.refusesTwins = true;
			// So that nothing but the personality module is to blame.
			meta('Deals').fields.push({ ...meta('Contacts').fields[2], id: UNKNOWN });
		});

		test('is the same error as in a real run', async () => {
			const dry = await run(`userType.${operation}`, { ...parametersOf(), options });
			expect(writes()).toEqual([]);
			const real = await run(`userType.${operation}`, parametersOf());
			expect(zohoOf(dry).code).toBe(code);
			expect(zohoOf(real).code).toBe(code);
			// Where the sources have no text, the emulator has one of its own.
			expect(real.error?.message).toContain(asDone(dry.error?.message));
			expect(dry.error?.description).toMatch(/Zoho (would answer|answered)/);
		});

		test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'is an item, with %s',
			async (onError) => {
				const parameters = { ...parametersOf(), options };
				const result = await run(`userType.${operation}`, parameters, { onError });
				const failed = onError === 'continueErrorOutput' ? result.errorItems : result.items;
				expect(failed).toHaveLength(1);
				expect(failed[0].json).toMatchObject({ code, error: expect.any(String) });
				expect(failed[0].json).toHaveProperty(operation === 'create' ? 'name' : 'id');
				expect(writes()).toEqual([]);
			},
		);
	});
});
