import { pickModule, World } from './world';
import type { FieldMeta, ModuleMeta } from './world';

/** Ids that examples and tests may name. */
export const PORTAL = 'AcmeClients';
export const CLIENT_PORTAL = '7310000000000310001';
export const DEALERS = '7310000000000310002';
export const PREMIUM = '7310000000000310003';
export const VENDORS = '7310000000000310004';

/** CRM users, by their first names. */
export const ASHA = '7310000000000101001';
export const BEN = '7310000000000101002';
export const CHLOE = '7310000000000101003';
export const DANA = '7310000000000101004';
export const EMIL = '7310000000000101005';

/** What nothing has for an id. */
export const UNKNOWN = '7310000000000999999';

let nextMeta = 0;
const metaId = (): string => `73100000000002${String(10_001 + nextMeta++)}`;

function field(api_name: string, data_type = 'text', extra: Partial<FieldMeta> = {}): FieldMeta {
	return { id: metaId(), api_name, field_label: api_name.replace(/_/g, ' '), data_type, ...extra };
}

function addModule(
	world: World,
	id: string,
	api_name: string,
	fields: FieldMeta[],
	mandatory: string[],
	extra: Partial<ModuleMeta> = {},
): ModuleMeta {
	const byName = (name: string) => fields.find((one) => one.api_name === name)?.id ?? '';
	const module: ModuleMeta = {
		id,
		api_name,
		plural_label: api_name.replace(/_/g, ' '),
		shared_type: 'private',
		api_supported: true,
		viewable: true,
		personality: false,
		generated_type: 'default',
		fields,
		layouts: [
			{
				id: metaId(),
				name: 'Standard',
				fields: fields.map((one) => one.id),
				mandatory: mandatory.map(byName),
			},
		],
		views: [
			{
				id: metaId(),
				name: `All_${api_name}`,
				display_label: `All ${api_name}`,
				type: 'custom_view',
			},
		],
		filters: fields.filter((one) => one.data_type === 'lookup').map((one) => one.id),
		...extra,
	};
	world.modules.set(api_name, module);
	return module;
}

function addModules(world: World): void {
	nextMeta = 0;
	addModule(
		world,
		'7310000000000200001',
		'Contacts',
		[
			field('First_Name'),
			field('Last_Name'),
			field('Email', 'email'),
			field('Phone', 'phone'),
			field('Account_Name', 'lookup', { lookup: 'Accounts' }),
			field('Owner', 'ownerlookup', { allowedInPortals: false }),
		],
		['Last_Name', 'Email'],
		{ personality: true, filters: [] },
	);
	addModule(
		world,
		'7310000000000200002',
		'Deals',
		[
			field('Deal_Name'),
			field('Stage', 'picklist'),
			field('Amount', 'currency'),
			field('Contact_Name', 'lookup', { lookup: 'Contacts' }),
		],
		['Deal_Name', 'Stage'],
	);
	addModule(world, '7310000000000200003', 'Notes', [field('Note_Content', 'textarea')], [], {
		layouts: [],
		views: [],
	});
	addModule(
		world,
		'7310000000000200004',
		'Vendors',
		[field('Vendor_Name'), field('Email', 'email')],
		['Vendor_Name'],
		{ personality: true, filters: [] },
	);
	addModule(world, '7310000000000200005', 'Products', [field('Product_Name')], ['Product_Name'], {
		shared_type: 'public',
		filters: [],
	});
	addModule(
		world,
		'7310000000000200007',
		'Members',
		[field('Name'), field('Secondary_Email', 'email'), field('Email', 'email')],
		['Name'],
		{ personality: true, generated_type: 'custom' },
	);
	addModule(world, '7310000000000200006', 'Visits', [field('Visited_Page')], [], {
		api_supported: false,
	});
}

/** A small organization: one portal, four user types, a few people in every state, CRM users. */
export function seededWorld(): World {
	const world = new World();
	addModules(world);
	world.addPortal(PORTAL);
	const contacts = world.module('Contacts');
	const notes = world.module('Notes');
	const [{ id: layoutId }] = contacts.layouts;
	const layout = { display_label: 'Standard', name: 'Standard', id: layoutId };
	const modules = [
		{
			...pickModule(contacts),
			shared_type: 'private',
			permissions: {
				view: true,
				edit: true,
				edit_shared_records: false,
				create: true,
				delete: false,
			},
			filters: null,
			fields: ['Last_Name', 'Email'].map((api_name) => ({
				read_only: false,
				api_name,
				id: world.field('Contacts', api_name).id,
			})),
			layouts: [{ ...layout, _default_view: { ...layout, type: 'layout' } }],
			views: {
				display_label: 'Default List View',
				name: contacts.views[0].name,
				id: contacts.views[0].id,
				type: 'custom_view',
			},
		},
		{
			...pickModule(notes),
			shared_type: 'private',
			permissions: {
				view: true,
				edit: false,
				create: false,
				delete: false,
				create_attachment: false,
				delete_attachment: false,
			},
			filters: null,
			fields: [{ read_only: false, api_name: 'Note_Content', id: notes.fields[0].id }],
			layouts: null,
			views: null,
		},
	];
	world.addUserType(PORTAL, 'Client Portal', { id: CLIENT_PORTAL, default: true, modules });
	world.addUserType(PORTAL, 'Dealers', { id: DEALERS, modules });
	world.addUserType(PORTAL, 'Premium', { id: PREMIUM, modules });
	const vendors = world.module('Vendors');
	world.addUserType(PORTAL, 'Suppliers', {
		id: VENDORS,
		personality_module: pickModule(vendors),
		invitation_field: { api_name: 'Email', id: world.field('Vendors', 'Email').id },
		modules,
	});
	const [ceo] = world.roles;
	const [administrator] = world.profiles;
	const asha = world.addUser('Asha', 'Rao', {
		id: ASHA,
		role: ceo,
		profile: administrator,
	});
	world.addUser('Ben', 'Ortiz', { id: BEN });
	world.addUser('Chloe', 'Meyer', { id: CHLOE });
	world.addUser('Dana', 'Kim', { id: DANA, confirm: false });
	world.addUser('Emil', 'Novak', { id: EMIL, status: 'inactive' });
	world.superAdmin = asha.id;
	world.primaryContact = asha.id;
	world.currentUser = asha.id;
	return world;
}
