import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CLIENT_PORTAL, DEALERS, PREMIUM, UNKNOWN, VENDORS } from '../../emulator/seed';
import { again, byId, byName, jsons, useHarness, zohoOf } from '../../harness/harness';

// A dry run looks up and checks what a real run would meet, and writes nothing.

const harness = useHarness();
const { run, calls, writes } = harness;

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
		harness.emulator.behaviour.sources = sources;
		const deleted = { id: DEALERS, planned: true, name: 'Dealers', action: 'deleted' };
		const parameters = { userType: byId(DEALERS) };
		expect(await planned('userType.delete', parameters)).toEqual([{ ...deleted, users: 0 }]);
		expect(calls()).toEqual([`GET ${TYPES}/${DEALERS}`]);
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
		harness.emulator.behaviour.refusesTwins = true;
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
		expect(real.error?.message).toContain(dry.error?.message);
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

test('a dry run is not taken for the real one by Retry On Fail', async () => {
	const input = [{ dry: true }, { dry: false }];
	const parameters = { ...update({ active: false }), options: { dryRun: '={{ $json.dry }}' } };
	const result = await run('userType.update', parameters, { ...again, input });
	expect(jsons(result)).toMatchObject([{ planned: true, action: 'updated' }, { code: 'SUCCESS' }]);
	expect(writes()).toHaveLength(1);
});
