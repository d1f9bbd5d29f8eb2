import type { Json } from '../../emulator/answers';
import { CLIENT_PORTAL, DEALERS, PORTAL, PREMIUM, UNKNOWN } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { caller } from '../../harness/call';
import { guardContract } from '../../harness/contract';
import { useEmulator } from '../../harness/useEmulator';

let emulator: Emulator;

useEmulator((started) => (emulator = started));

guardContract(() => emulator);

const call = caller(() => emulator);

const TYPES = `/settings/portals/${PORTAL}/user_type`;

const moduleOf = (name: string) => emulator.world.module(name);
const field = (of: string, name: string) => ({ id: emulator.world.field(of, name).id });
const writable = (of: string, name: string) => ({ ...field(of, name), read_only: false });

const contacts = (extra: Json = {}): Json => ({
	id: moduleOf('Contacts').id,
	shared_type: 'private',
	permissions: { view: true },
	filters: null,
	fields: [writable('Contacts', 'Last_Name'), writable('Contacts', 'Email')],
	layouts: [{ id: moduleOf('Contacts').layouts[0].id }],
	views: null,
	...extra,
});

const notes = (extra: Json = {}): Json => ({
	id: moduleOf('Notes').id,
	shared_type: 'private',
	permissions: { view: true },
	...extra,
});

const accounts = (): Json => ({
	id: moduleOf('Accounts').id,
	shared_type: 'private',
	permissions: { view: true },
	layouts: [{ id: moduleOf('Accounts').layouts[0].id }],
	fields: [writable('Accounts', 'Account_Name')],
});

/** A user type that is created. */
const complete = (extra: Json = {}): Json => ({
	name: 'Club',
	personality_module: { api_name: 'Contacts', id: moduleOf('Contacts').id },
	invitation_field: { api_name: 'Email', ...field('Contacts', 'Email') },
	modules: [contacts(), notes()],
	...extra,
});

const create = async (userType: unknown) => await call('POST', TYPES, { user_type: [userType] });
const update = async (change: unknown, id = DEALERS) =>
	await call('PUT', `${TYPES}/${id}`, { user_type: [change] });

const userTypes = () => JSON.stringify([...emulator.world.userTypes.values()]);

const dealers = () => {
	const found = emulator.world.userTypes.get(DEALERS);
	if (!found) throw new Error('There are no dealers');
	return found;
};

const ROOT = '$.user_type[0]';
const MODULE = `${ROOT}.modules[0]`;

/** A refusal of a place in the body. */
const at = (code: string, json_path: string, details: Json = {}) => ({
	status: 400,
	body: { user_type: [{ code, details: { ...details, json_path } }] },
});

const wrongType = (expected_data_type: string, json_path: string) =>
	at('INVALID_DATA', json_path, { expected_data_type });

type Refused = [what: string, sent: () => Json, refusal: object];

describe('a new user type', () => {
	test.each<Refused>([
		[
			'text for the personality module',
			() => ({ personality_module: 'Contacts' }),
			wrongType('jsonobject', `${ROOT}.personality_module`),
		],
		['text for modules', () => ({ modules: 'x' }), wrongType('jsonarray', `${ROOT}.modules`)],
		['text for active', () => ({ active: 'yes' }), wrongType('boolean', `${ROOT}.active`)],
		[
			'an empty name',
			() => ({ name: '' }),
			at('INVALID_DATA', `${ROOT}.name`, { minimum_length: 1 }),
		],
		[
			'another shared type',
			() => ({ modules: [contacts({ shared_type: 'open' }), notes()] }),
			at('INVALID_DATA', `${MODULE}.shared_type`, { supported_values: ['private', 'public'] }),
		],
		[
			'permissions without view',
			() => ({ modules: [contacts({ permissions: { edit: true } }), notes()] }),
			at('MANDATORY_NOT_FOUND', `${MODULE}.permissions.view`, { api_name: 'view' }),
		],
		[
			'text for a permission',
			() => ({ modules: [contacts({ permissions: { view: true, edit: 'no' } }), notes()] }),
			wrongType('boolean', `${MODULE}.permissions.edit`),
		],
		[
			'a view without a type',
			() => ({ modules: [contacts({ views: { id: UNKNOWN } }), notes()] }),
			at('MANDATORY_NOT_FOUND', `${MODULE}.views.type`, { api_name: 'type' }),
		],
		[
			'a view without an ID',
			() => {
				const views = { id: null, type: 'custom_view' };
				return { modules: [contacts({ views }), notes()] };
			},
			at('MANDATORY_NOT_FOUND', `${MODULE}.views.id`, { api_name: 'id' }),
		],
		[
			'another type of a view',
			() => {
				const [{ id }] = moduleOf('Contacts').views;
				return { modules: [contacts({ views: { id, type: 'list' } }), notes()] };
			},
			at('INVALID_DATA', `${MODULE}.views.type`, { api_name: 'type' }),
		],
		[
			'a view of another module',
			() => {
				const [{ id, type }] = moduleOf('Deals').views;
				return { modules: [contacts({ views: { id, type } }), notes()] };
			},
			at('INVALID_DATA', `${MODULE}.views.id`),
		],
		[
			'null for a module',
			() => ({ modules: [null, contacts(), notes()] }),
			at('MANDATORY_NOT_FOUND', `${MODULE}.shared_type`),
		],
		[
			'an unrelated module',
			() => ({ modules: [contacts(), notes(), accounts()] }),
			{ status: 400, body: { code: 'INVALID_MODULE' } },
		],
	])('is refused with %s', async (_, extra, refusal) => {
		const before = userTypes();
		expect(await create(complete(extra()))).toMatchObject(refusal);
		expect(userTypes()).toBe(before);
	});

	test.each(['POST', 'PUT'])('is refused with a list as the body of a %s', async (method) => {
		const path = method === 'POST' ? TYPES : `${TYPES}/${DEALERS}`;
		const refusal = { message: 'body', details: { expected_data_type: 'jsonobject' } };
		expect(await call(method, path, [])).toMatchObject({ status: 400, body: refusal });
	});

	test('has the fields of notes, and false for permissions that are null', async () => {
		const permissions = { view: true, edit: null };
		const { status, body } = await create(
			complete({ modules: [contacts({ permissions }), notes()] }),
		);
		expect(status).toBe(201);
		expect(body).toMatchObject({
			user_type: [
				{
					modules: [
						{ permissions: { view: true, edit: false } },
						{ fields: [{ ...writable('Notes', 'Note_Content'), api_name: 'Note_Content' }] },
					],
				},
			],
		});
	});

	describe('with an invitation field', () => {
		const INVITATION_FIELD = `${ROOT}.invitation_field`;

		const invite = async (userType: string) => {
			const { id } = emulator.world.addRecord();
			const query = `user_type_id=${userType}&type=invite`;
			return (await call('POST', `/Contacts/${id}/actions/portal_invite?${query}`)).status;
		};

		test.each<[string, () => Json]>([
			['its ID', () => field('Contacts', 'Email')],
			['its ID, and null for its name', () => ({ ...field('Contacts', 'Email'), api_name: null })],
			['its name', () => ({ api_name: 'Email' })],
		])('by %s invites to it', async (_, sent) => {
			expect(await create(complete({ invitation_field: sent() }))).toMatchObject({ status: 201 });
			const userType = [...emulator.world.userTypes.values()].at(-1);
			expect(userType?.invitation_field).toEqual({
				...field('Contacts', 'Email'),
				api_name: 'Email',
			});
			expect(await invite(userType?.id ?? '')).toBe(200);
		});

		test.each<[string, () => unknown, object]>([
			['null', () => null, wrongType('jsonobject', INVITATION_FIELD)],
			['text', () => 'Email', wrongType('jsonobject', INVITATION_FIELD)],
			['nothing in it', () => ({}), at('INVALID_DATA', `${INVITATION_FIELD}.id`)],
			[
				'a field of another module',
				() => field('Vendors', 'Email'),
				at('INVALID_DATA', `${INVITATION_FIELD}.id`),
			],
		])('is refused with %s', async (_, invitation_field, refusal) => {
			const answer = await create(complete({ invitation_field: invitation_field() }));
			expect(answer).toMatchObject(refusal);
		});

		test('for the phone is refused only if the portal uses SAML', async () => {
			const invitation_field = field('Contacts', 'Phone');
			expect((await create(complete({ invitation_field }))).status).toBe(201);
			const saml_configuration = {
				login_url: 'https://login.example.test/sso',
				logout_url: 'https://login.example.test/slo',
				public_key: 'INVENTED',
			};
			await call('PUT', `/settings/portals/${PORTAL}`, { portals: [{ saml_configuration }] });
			const refused = at('NOT_ALLOWED', `${INVITATION_FIELD}.id`, { api_name: 'id' });
			expect(await create(complete({ invitation_field }))).toMatchObject(refused);
		});

		test('gets the one of its own module in the form of the docs', async () => {
			emulator.switches.sources = 'docs';
			const { id, layouts } = moduleOf('Vendors');
			const vendors = contacts({
				id,
				layouts: [{ id: layouts[0].id }],
				fields: [writable('Vendors', 'Vendor_Name')],
			});
			await create({
				name: 'Club',
				personality_module: { api_name: 'Vendors', id },
				modules: [vendors, notes()],
			});
			const userType = [...emulator.world.userTypes.values()].at(-1);
			expect(userType).toMatchObject({
				name: 'Club',
				invitation_field: field('Vendors', 'Email'),
			});
		});
	});
});

describe('an update of a user type', () => {
	const refusedWith = (code: string) => ({ status: 400, body: { code } });

	/** A change of the contacts, or of another module. */
	const ofModule = (change: Json, name = 'Contacts'): Json => ({
		modules: [{ id: moduleOf(name).id, ...change }],
	});

	test('changes no other user type', async () => {
		const others = () =>
			[CLIENT_PORTAL, PREMIUM].map((id) => emulator.world.userTypes.get(id)?.modules);
		const before = structuredClone(others());
		const permissions = { delete: true };
		expect((await update(ofModule({ permissions }))).status).toBe(200);
		expect((await update(ofModule({ permissions: { view: true } }, 'Products'))).status).toBe(200);
		expect(others()).toEqual(before);
		expect(dealers().modules).toMatchObject([{ permissions }, {}, {}, { api_name: 'Products' }]);
	});

	test('keeps the permissions that it does not mention', async () => {
		await update(ofModule({ permissions: { edit: false } }));
		const [{ permissions }] = dealers().modules;
		expect(permissions).toMatchObject({ view: true, edit: false, create: true });
	});

	test.each<[string, () => Json]>([
		['everything', () => ({ name: null, active: null, modules: null })],
		['the shared type', () => ofModule({ shared_type: null })],
	])('changes nothing with null for %s', async (_, change) => {
		const before = userTypes();
		expect((await update(change())).status).toBe(200);
		expect(userTypes()).toBe(before);
	});

	test('may have a name of another portal', async () => {
		emulator.world.addPortal('AnotherPortal');
		emulator.world.addUserType('AnotherPortal', 'Club');
		expect((await update({ name: 'Club' })).status).toBe(200);
		expect(await update({ name: 'Premium' })).toMatchObject(refusedWith('DUPLICATE_DATA'));
		expect((await update({ name: 'Club' })).status).toBe(200);
	});

	const tooLong = 'x'.repeat(51);

	test.each<Refused>([
		['a name that is too long', () => ({ name: tooLong }), at('INVALID_DATA', `${ROOT}.name`)],
		['an empty name', () => ({ name: '' }), at('INVALID_DATA', `${ROOT}.name`)],
		['signs in the name', () => ({ name: 'A/B' }), at('INVALID_DATA', `${ROOT}.name`)],
		['text for active', () => ({ active: 'no' }), wrongType('boolean', `${ROOT}.active`)],
		['text for modules', () => ({ modules: 'x' }), wrongType('jsonarray', `${ROOT}.modules`)],
		['null for a module', () => ({ modules: [null] }), refusedWith('INVALID_MODULE')],
		['no layout', () => ofModule({ layouts: [] }), refusedWith('CANNOT_REMOVE')],
		['null for the layouts', () => ofModule({ layouts: null }), refusedWith('CANNOT_REMOVE')],
		[
			'a layout without an ID',
			() => ofModule({ layouts: [{ name: 'Standard' }] }),
			refusedWith('DEPENDENT_FIELD_MISSING'),
		],
		[
			'a view without an ID',
			() => ofModule({ views: { type: 'custom_view' } }),
			refusedWith('DEPENDENT_FIELD_MISSING'),
		],
		[
			'a view of another module',
			() => ofModule({ views: { id: moduleOf('Deals').views[0].id, type: 'custom_view' } }),
			refusedWith('INVALID_DATA'),
		],
		[
			'a filter on a field that is no lookup',
			() => ofModule({ filters: [field('Deals', 'Stage')] }, 'Deals'),
			refusedWith('INVALID_DATA'),
		],
		[
			'a filter on a lookup of another module',
			() => ofModule({ filters: [field('Contacts', 'Account_Name')] }),
			refusedWith('INVALID_DATA'),
		],
		['an unrelated module', () => ({ modules: [accounts()] }), refusedWith('INVALID_MODULE')],
	])('is refused with %s', async (_, change, refusal) => {
		const before = userTypes();
		expect(await update(change())).toMatchObject(refusal);
		expect(userTypes()).toBe(before);
	});

	test('that is refused changes nothing', async () => {
		const before = userTypes();
		const modules = [
			{ id: moduleOf('Contacts').id, permissions: { delete: true } },
			{ id: UNKNOWN, permissions: { view: true } },
		];
		expect(await update({ name: 'Club', active: false, modules })).toMatchObject(
			refusedWith('INVALID_MODULE'),
		);
		const personality_module = { api_name: 'Deals', id: moduleOf('Deals').id };
		expect((await update({ name: 'Club', active: false, personality_module })).status).toBe(400);
		expect(userTypes()).toBe(before);
	});
});
