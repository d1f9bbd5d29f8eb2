import {
	CustomViews,
	Fields,
	Layouts,
	Modules,
	ParameterMap,
	Profiles,
	Roles,
} from '@zohocrm/typescript-sdk-8.0';

import { parameters, read, useSdk } from './sdk';

const emulator = useSdk();

const contacts = () => emulator().world.module('Contacts');

test('getModules', async () => {
	const answer = read(await new Modules.ModulesOperations().getModules());
	expect(answer).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: {
			modules: [...emulator().world.modules.values()].map(({ id, api_name, plural_label }) => ({
				id,
				apiName: api_name,
				pluralLabel: plural_label,
				generatedType: api_name === 'Members' ? 'custom' : 'default',
			})),
		},
	});
});

test('getFields', async () => {
	const module = await parameters([Fields.GetFieldsParam.MODULE, 'Contacts']);
	expect(read(await new Fields.FieldsOperations().getFields(module))).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: {
			fields: contacts().fields.map(({ id, api_name, field_label, data_type }) => ({
				id,
				apiName: api_name,
				fieldLabel: field_label,
				dataType: data_type,
			})),
		},
	});
});

test('getLayouts', async () => {
	const module = await parameters([Layouts.GetLayoutsParam.MODULE, 'Contacts']);
	const [{ id, name }] = contacts().layouts;
	const fields = contacts().fields.map((field) => ({
		id: field.id,
		apiName: field.api_name,
		required: ['Last_Name', 'Email'].includes(field.api_name),
	}));
	expect(read(await new Layouts.LayoutsOperations().getLayouts(module))).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: { layouts: [{ id, name, status: 'active', sections: [{ fields }] }] },
	});
});

test('getCustomViews', async () => {
	const module = await parameters([CustomViews.GetCustomViewsParam.MODULE, 'Contacts']);
	const [{ id, name, display_label }] = contacts().views;
	expect(read(await new CustomViews.CustomViewsOperations().getCustomViews(module))).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: {
			customViews: [{ id, name, displayValue: display_label, systemDefined: true }],
			info: { count: 1, moreRecords: false },
		},
	});
});

test('getRoles', async () => {
	expect(read(await new Roles.RolesOperations().getRoles())).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: { roles: emulator().world.roles },
	});
});

test('getProfiles', async () => {
	expect(read(await new Profiles.ProfilesOperations().getProfiles())).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: { profiles: emulator().world.profiles },
	});
});

const ofModule: Array<
	[string, (module: ParameterMap) => Promise<{ getStatusCode(): number; getObject(): unknown }>]
> = [
	['getFields', (module) => new Fields.FieldsOperations().getFields(module)],
	['getLayouts', (module) => new Layouts.LayoutsOperations().getLayouts(module)],
	['getCustomViews', (module) => new CustomViews.CustomViewsOperations().getCustomViews(module)],
];

describe.each(ofModule)('%s', (_, call) => {
	const refused = (code: string, details: object) => ({
		status: 400,
		as: 'APIException',
		body: { code, details, status: 'error' },
	});

	test('is refused for an unknown module', async () => {
		const module = await parameters([Fields.GetFieldsParam.MODULE, 'NoSuchModule']);
		expect(read(await call(module))).toMatchObject(refused('INVALID_MODULE', {}));
	});

	test('is refused without a module', async () => {
		const details = { param_name: 'module' };
		const answer = read(await call(new ParameterMap()));
		expect(answer).toMatchObject(refused('REQUIRED_PARAM_MISSING', details));
	});
});
