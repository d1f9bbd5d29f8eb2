import { PortalUserType } from '@zohocrm/typescript-sdk-8.0';

import {
	ASHA,
	CLIENT_PORTAL,
	DEALERS,
	PORTAL,
	PREMIUM,
	UNKNOWN,
	VENDORS,
} from '../../emulator/seed';
import { parameters, read, useSdk } from './sdk';

const emulator = useSdk();

const operations = new PortalUserType.PortalUserTypeOperations(PORTAL);

const contacts = {
	id: '7310000000000200001',
	apiName: 'Contacts',
	pluralLabel: 'Contacts',
};

const dealers = {
	id: DEALERS,
	name: 'Dealers',
	default1: false,
	active: true,
	personalityModule: contacts,
};

const ownership = {
	createdTime: '2026-03-04T04:45:00.000Z',
	createdBy: { id: ASHA, name: 'Asha Rao' },
	modifiedTime: '2026-03-05T03:30:00.000Z',
	modifiedBy: { id: ASHA, name: 'Asha Rao' },
};

const idOf = (module: string, field: string) => emulator().world.field(module, field).id;

const layoutOf = (module: string) => {
	const [{ id, name }] = emulator().world.module(module).layouts;
	return { id, name, displayLabel: name };
};

const viewOf = (module: string) => {
	const [{ id, name, display_label, type }] = emulator().world.module(module).views;
	return { id, name, displayLabel: display_label, type };
};

/** What people see of a module, as the SDK reads it back. */
const seen = (module: string, permissions: object, fields: string[]) => {
	const { id, api_name, plural_label, shared_type } = emulator().world.module(module);
	const layout = layoutOf(module);
	return {
		id,
		apiName: api_name,
		pluralLabel: plural_label,
		sharedType: shared_type,
		permissions: {
			view: true,
			edit: false,
			editSharedRecords: false,
			create: false,
			delete1: false,
			...permissions,
		},
		fields: fields.map((name) => ({ id: idOf(module, name), apiName: name, readOnly: false })),
		layouts: [{ ...layout, defaultView: { ...layout, type: 'layout' } }],
		views: viewOf(module),
	};
};

const notes = () => ({
	id: emulator().world.module('Notes').id,
	apiName: 'Notes',
	pluralLabel: 'Notes',
	sharedType: 'private',
	permissions: {
		view: true,
		edit: false,
		create: false,
		delete1: false,
		createAttachment: false,
		deleteAttachment: false,
	},
	fields: [{ id: idOf('Notes', 'Note_Content'), apiName: 'Note_Content', readOnly: false }],
});

const bodyWith = (userType: PortalUserType.UserType) => {
	const body = new PortalUserType.BodyWrapper();
	body.setUserType([userType]);
	return body;
};

/** A module of which only ids are sent: fields, a layout, its view and a filter. */
function moduleWith(name: string, fieldNames: string[], filterName?: string) {
	const { id, shared_type, layouts, views } = emulator().world.module(name);
	const module = new PortalUserType.Modules();
	module.setId(BigInt(id));
	module.setSharedType(shared_type);
	const permissions = new PortalUserType.Permissions();
	permissions.setView(true);
	module.setPermissions(permissions);
	module.setFields(
		fieldNames.map((fieldName) => {
			const field = new PortalUserType.Fields();
			field.setId(BigInt(idOf(name, fieldName)));
			field.setReadOnly(false);
			return field;
		}),
	);
	if (layouts.length > 0) {
		const layout = new PortalUserType.Layouts();
		layout.setId(BigInt(layouts[0].id));
		module.setLayouts([layout]);
		const view = new PortalUserType.Views();
		view.setId(BigInt(views[0].id));
		view.setType('custom_view');
		module.setViews(view);
	}
	if (filterName !== undefined) {
		const filter = new PortalUserType.Filters();
		filter.setId(BigInt(idOf(name, filterName)));
		module.setFilters([filter]);
	}
	return module;
}

function partners() {
	const userType = new PortalUserType.UserType();
	userType.setName('Partners');
	userType.setActive(true);
	const personality = new PortalUserType.PersonalityModule();
	personality.setAPIName('Contacts');
	userType.setPersonalityModule(personality);
	userType.setModules([
		moduleWith('Contacts', ['Last_Name', 'Email']),
		moduleWith('Deals', ['Deal_Name', 'Stage'], 'Contact_Name'),
		moduleWith('Notes', ['Note_Content']),
	]);
	return userType;
}

test('getUserTypes', async () => {
	expect(read(await operations.getUserTypes())).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: {
			userType: [
				{ id: CLIENT_PORTAL, default1: true },
				{ ...dealers, ...ownership },
				{ id: PREMIUM },
				{ id: VENDORS, personalityModule: { apiName: 'Vendors' } },
			],
		},
	});
});

test('getUserTypes, with their modules', async () => {
	const modules = await parameters([PortalUserType.GetUserTypesParam.INCLUDE, 'modules']);
	expect(read(await operations.getUserTypes(modules))).toMatchObject({
		body: { userType: [{}, { modules: [{ apiName: 'Contacts' }, {}, {}] }, {}, {}] },
	});
});

test('getUserTypes of the documentation tells the number of users', async () => {
	emulator().switches.sources = 'docs';
	emulator().world.addPortalUsers(DEALERS, 2);
	expect(read(await operations.getUserTypes())).toMatchObject({
		body: { userType: [{ noOfUsers: 0 }, { noOfUsers: 2 }, { noOfUsers: 0 }, { noOfUsers: 0 }] },
	});
});

test.each(['oas', 'docs'] as const)('getUserType, in the form of the %s', async (sources) => {
	emulator().switches.sources = sources;
	const [filter] = emulator().world.module('Deals').filters;
	expect(read(await operations.getUserType(DEALERS))).toMatchObject({
		status: 200,
		as: 'ResponseWrapper',
		body: {
			userType: [
				{
					...dealers,
					...ownership,
					modules: [
						seen('Contacts', { edit: true, create: true }, ['Last_Name', 'Email']),
						{
							...seen('Deals', {}, ['Deal_Name', 'Stage', 'Contact_Name']),
							filters: [{ id: filter, apiName: 'Contact_Name', displayLabel: 'Contact Name' }],
						},
						notes(),
					],
				},
			],
		},
	});
});

test('createUserType, and what was sent by its id reads back with its name', async () => {
	// Only the OpenAPI files want an invitation field, which this SDK does not know.
	emulator().switches.sources = 'docs';
	const answer = read(await operations.createUserType(bodyWith(partners())));
	const created = [...emulator().world.userTypes.values()].at(-1);
	expect(answer).toMatchObject({
		status: 200,
		as: 'ActionWrapper',
		body: { userType: [{ code: 'SUCCESS', details: { id: created?.id } }] },
	});
	expect(read(await operations.getUserType(String(created?.id)))).toMatchObject({
		body: {
			userType: [
				{
					...ownership,
					name: 'Partners',
					active: true,
					default1: false,
					personalityModule: contacts,
					noOfUsers: 0,
					modules: [
						seen('Contacts', {}, ['Last_Name', 'Email']),
						{
							...seen('Deals', {}, ['Deal_Name', 'Stage']),
							filters: [
								{
									id: idOf('Deals', 'Contact_Name'),
									apiName: 'Contact_Name',
									displayLabel: 'Contact Name',
								},
							],
						},
						notes(),
					],
				},
			],
		},
	});
});

test('createUserType is refused where an invitation field is wanted', async () => {
	expect(read(await operations.createUserType(bodyWith(partners())))).toMatchObject({
		status: 400,
		as: 'ActionWrapper',
		body: {
			userType: [
				{
					code: 'MANDATORY_NOT_FOUND',
					details: { api_name: 'invitation_field', json_path: '$.user_type[0].invitation_field' },
				},
			],
		},
	});
});

test('updateUserType', async () => {
	const change = new PortalUserType.UserType();
	change.setName('Resellers');
	change.setActive(false);
	expect(read(await operations.updateUserType(DEALERS, bodyWith(change)))).toMatchObject({
		status: 200,
		as: 'ActionWrapper',
		body: { userType: [{ code: 'SUCCESS', details: { id: DEALERS } }] },
	});
	expect(read(await operations.getUserType(DEALERS))).toMatchObject({
		body: { userType: [{ name: 'Resellers', active: false }] },
	});
});

test.each(['oas', 'docs'] as const)('deleteUserType, in the form of the %s', async (sources) => {
	emulator().switches.sources = sources;
	expect(read(await operations.deleteUserType(PREMIUM))).toMatchObject({
		status: 200,
		as: 'ActionWrapper',
		body: { userType: [{ code: 'SUCCESS' }] },
	});
	expect(emulator().world.userTypes.has(PREMIUM)).toBe(false);
});

test('deleteUserType is refused while there are users', async () => {
	emulator().world.addPortalUsers(DEALERS, 1);
	expect(read(await operations.deleteUserType(DEALERS))).toMatchObject({
		status: 400,
		as: 'APIException',
		body: { code: 'INVALID_DATA', details: { param_name: 'transfer_To' } },
	});
});

test.each([
	['user type', PORTAL, UNKNOWN],
	['portal', 'NoSuchPortal', DEALERS],
])('an unknown %s', async (_, portal, id) => {
	const elsewhere = new PortalUserType.PortalUserTypeOperations(portal);
	expect(read(await elsewhere.getUserType(id))).toMatchObject({
		status: 400,
		as: 'APIException',
		body: { code: 'INVALID_DATA' },
	});
});
