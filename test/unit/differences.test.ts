import type { IDataObject } from 'n8n-workflow';

import {
	differences,
	labelOf,
	readable,
} from '../../nodes/ZohoCrmPortals/resources/userType/differences';

/** What one user type says beside its name. */
const withModule = (module: IDataObject): IDataObject => ({ modules: [{ id: '1', ...module }] });

/** What changes where a module says something else, as it is returned. */
const changes = (old: IDataObject, wanted: IDataObject) =>
	readable(differences(withModule(old), withModule(wanted))).map(({ field, old: was, new: is }) => [
		field,
		was,
		is,
	]);

test('what both say alike is no difference', () => {
	const userType: IDataObject = {
		name: 'Dealers',
		active: true,
		personality_module: { api_name: 'Contacts', id: '9' },
		modules: [
			{
				id: '1',
				api_name: 'Deals',
				shared_type: 'private',
				permissions: { view: true, edit: false },
				layouts: [{ id: '21', name: 'A', _default_view: { id: '22', type: 'wizard' } }],
				views: { id: '31', name: 'All', type: 'custom_view' },
				filters: [{ id: '41', api_name: 'Email' }],
				fields: [{ id: '51', api_name: 'Phone', read_only: true }],
			},
		],
	};
	expect(differences(userType, userType)).toEqual([]);
	expect(differences(userType, {})).toEqual([]);
	expect(differences(userType, withModule({}))).toEqual([]);
});

test('a user type says its name, whether it is active, and its personality module', () => {
	const old = { name: 'A', active: true, personality_module: { api_name: 'Contacts' } };
	const wanted = { name: 'B', active: false, personality_module: { api_name: 'Leads' } };
	const own = { moduleId: undefined, module: null };
	expect(differences(old, wanted)).toEqual([
		{ ...own, key: 'name', field: 'name', old: 'A', new: 'B' },
		{ ...own, key: 'active', field: 'active', old: true, new: false },
		{
			...own,
			key: 'personality_module',
			field: 'personality_module',
			old: 'Contacts',
			new: 'Leads',
		},
	]);
	expect(readable(differences({}, { name: 'B', personality_module: 'no object' }))).toEqual([
		{ module: null, field: 'name', old: null, new: 'B' },
	]);
});

test('a difference names the module, by ID and for people', () => {
	const wanted = { id: '1', plural_label: 'Deals', shared_type: 'public' };
	expect(differences({}, { modules: [wanted] })).toEqual([
		{
			moduleId: '1',
			module: 'Deals',
			key: 'shared_type',
			field: 'shared_type',
			old: null,
			new: 'public',
		},
	]);
});

test('modules are told from one another by their IDs', () => {
	const old = {
		modules: [
			{ id: '1', shared_type: 'a' },
			{ id: '2', shared_type: 'b' },
		],
	};
	const wanted = {
		modules: [
			{ id: '2', shared_type: 'a' },
			{ id: '1', shared_type: 'a' },
		],
	};
	expect(differences(old, wanted)).toMatchObject([{ moduleId: '2', old: 'b', new: 'a' }]);
});

test.each<[IDataObject, string]>([
	[{ api_name: 'a', name: 'n', display_label: 'd', plural_label: 'p', id: '1' }, 'a'],
	[{ name: 'n', display_label: 'd', plural_label: 'p', id: '1' }, 'n'],
	[{ display_label: 'd', plural_label: 'p', id: '1' }, 'd'],
	[{ plural_label: 'p', id: '1' }, 'p'],
	[{ id: '1' }, '1'],
])('people call %j %s', (entry, label) => {
	expect(labelOf(entry)).toBe(label);
});

test.each<[string, IDataObject, IDataObject, unknown[]]>([
	['sharing', { shared_type: 'a' }, { shared_type: 'b' }, [['shared_type', 'a', 'b']]],
	['sharing that is left open', { shared_type: 'a' }, { shared_type: null }, []],
	[
		'a permission',
		{ permissions: { view: true, edit: true } },
		{ permissions: { edit: false, view: true } },
		[['permissions.edit', true, false]],
	],
	[
		'a permission that is new',
		{},
		{ permissions: { view: true } },
		[['permissions.view', null, true]],
	],
	['a permission that nobody had', {}, { permissions: { view: false } }, []],
	['a permission given as text', {}, { permissions: { view: 'true' } }, []],
	['permissions that are none', {}, { permissions: 'all' }, []],
	[
		'layouts',
		{ layouts: [{ id: '1', name: 'A' }] },
		{ layouts: [{ id: '2', name: 'B' }, 'none'] },
		[['layouts', ['A'], ['B']]],
	],
	[
		'layouts in another order',
		{ layouts: [{ id: '1' }, { id: '2' }] },
		{ layouts: [{ id: '2' }, { id: '1' }] },
		[],
	],
	['no layouts', {}, { layouts: [] }, []],
	['layouts that are new', {}, { layouts: [{ id: '1' }] }, [['layouts', null, ['1']]]],
	['layouts that go', { layouts: [{ id: '1' }] }, { layouts: [] }, [['layouts', ['1'], []]]],
	[
		'a wizard for a layout',
		{ layouts: [{ id: '1' }] },
		{ layouts: [{ id: '1', _default_view: { id: '5', type: 'wizard' } }] },
		[['layouts', ['1'], ['1']]],
	],
	[
		'another wizard',
		{ layouts: [{ id: '1', _default_view: { id: '4', type: 'wizard' } }] },
		{ layouts: [{ id: '1', _default_view: { id: '5', type: 'wizard' } }] },
		[['layouts', ['1'], ['1']]],
	],
	[
		'the layout itself as its view',
		{ layouts: [{ id: '1' }] },
		{ layouts: [{ id: '1', _default_view: { id: '1', type: 'layout' } }] },
		[],
	],
	[
		'a view of a layout that is none',
		{ layouts: [{ id: '1' }] },
		{ layouts: [{ id: '1', _default_view: 'wizard' }] },
		[],
	],
	[
		'a view',
		{ views: { id: '1', name: 'A' } },
		{ views: { id: '2', name: 'B' } },
		[['views', 'A', 'B']],
	],
	[
		'a view of another kind',
		{ views: { id: '1' } },
		{ views: { id: '1', type: 'kanban' } },
		[['views', '1', '1']],
	],
	[
		'the usual kind of a view',
		{ views: { id: '1' } },
		{ views: { id: '1', type: 'custom_view' } },
		[],
	],
	['a view that goes', { views: { id: '1', name: 'A' } }, { views: null }, [['views', 'A', null]]],
	['no view', {}, { views: null }, []],
	[
		'filters',
		{ filters: [{ id: '1', api_name: 'A' }] },
		{
			filters: [
				{ id: '2', api_name: 'B' },
				{ id: '1', api_name: 'A' },
			],
		},
		[['filters', ['A'], ['B', 'A']]],
	],
	[
		'another filter',
		{ filters: [{ id: '1', api_name: 'A' }] },
		{ filters: [{ id: '2', api_name: 'B' }] },
		[['filters', ['A'], ['B']]],
	],
	['no filters', {}, { filters: [] }, []],
	[
		'a field that becomes writable',
		{ fields: [{ id: '1', api_name: 'F', read_only: true }] },
		{ fields: [{ id: '1', api_name: 'F', read_only: false }] },
		[['fields.F', 'read-only', 'writable']],
	],
	[
		'a field that goes',
		{ fields: [{ id: '1', api_name: 'F' }] },
		{ fields: [{ id: '1', api_name: 'F', _delete: true }] },
		[['fields.F', 'writable', null]],
	],
	['a field that was never there and goes', {}, { fields: [{ id: '1', _delete: true }] }, []],
	[
		'a field that stays',
		{},
		{ fields: [{ id: '1', _delete: null }] },
		[['fields.1', null, 'writable']],
	],
	[
		'one of several fields',
		{ fields: [{ id: '1' }, { id: '2', read_only: true }, { id: '3' }] },
		{ fields: [{ id: '1' }, { id: '2' }, { id: '3' }] },
		[['fields.2', 'read-only', 'writable']],
	],
	[
		'a field that is not mentioned',
		{ fields: [{ id: '1' }, { id: '2' }] },
		{ fields: [{ id: '2' }] },
		[],
	],
])('of a module: %s', (_, old, wanted, expected) => {
	expect(changes(old, wanted)).toEqual(expected);
});

test('a key names what is written, a field what people see', () => {
	const wanted = withModule({
		permissions: { view: true },
		fields: [{ id: '5', api_name: 'Email', read_only: true }],
	});
	expect(differences({}, wanted)).toEqual([
		{
			moduleId: '1',
			module: '1',
			key: 'permissions',
			field: 'permissions.view',
			old: null,
			new: true,
		},
		{
			moduleId: '1',
			module: '1',
			key: 'fields',
			field: 'fields.Email',
			old: null,
			new: 'read-only',
		},
	]);
});
