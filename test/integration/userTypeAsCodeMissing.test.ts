import type { IDataObject } from 'n8n-workflow';

import { DEALERS, UNKNOWN } from '../../emulator/seed';
import { jsons, useHarness, zohoOf } from '../../harness/harness';
import { useOtherOrganization } from '../../harness/otherOrganization';

// What a definition says that cannot be made so is told before anything is written.

const here = useHarness();
const other = useOtherOrganization(here);

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
		'Zoho has no way to change this: the user type has the module Deals, which the definition lacks; its invitations go to Other_Email, in the definition to Email',
	);
	expect(other.writes()).toEqual([]);
});
