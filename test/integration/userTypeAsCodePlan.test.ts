import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { DEALERS, PORTAL, UNKNOWN } from '../../emulator/seed';
import type { Emulator } from '../../emulator/server';
import { described } from '../../emulator/userTypeModules';
import { jsons, useHarness, zohoOf } from '../../harness/harness';
import { inWords, useOtherOrganization } from '../../harness/otherOrganization';

// A dry run of Create or Update, and what holds for any two user types.

const here = useHarness();
const other = useOtherOrganization(here);

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
		expect(done.error?.message).toBe(planned.error?.message);
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

test('whatever is there, afterwards it is as defined, as the plan said, and stays so', async () => {
	await fc.assert(
		fc.asyncProperty(
			userTypes,
			fc.option(userTypes, { nil: undefined }),
			fc.boolean(),
			async (wanted, present, keepsFields) => {
				here.emulator.reset();
				other.reset();
				other.emulator.behaviour.keepsFields = keepsFields;
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
		{ numRuns: 20 },
	);
}, 120_000);
