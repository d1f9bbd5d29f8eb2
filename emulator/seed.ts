import type { Json } from './answers';
import { pickModule } from './modules';
import type { FieldMeta, ModuleMeta } from './modules';
import { described } from './userTypeModules';
import { World } from './world';

/** IDs that examples and tests may use. */
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

/** An ID that no object has. */
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
	addModule(
		world,
		'7310000000000200008',
		'Accounts',
		[
			field('Account_Name'),
			field('Industry', 'picklist'),
			field('Phone', 'phone'),
			field('Website', 'website'),
			field('Owner', 'ownerlookup', { allowedInPortals: false }),
		],
		['Account_Name'],
		// A hidden tab, whose records can be read nevertheless.
		{ viewable: false },
	);
}

/**
 * What the people of a user type see of a module: some of its fields, in its own layout and list.
 */
function tab(world: World, name: string, permissions: Json, fields: string[]): Json {
	const module = world.module(name);
	return described(module, {
		shared_type: module.shared_type,
		permissions,
		filters: module.filters.map((id) => ({ id })),
		fields: writable(world, name, ...fields),
		layouts: module.layouts.map(({ id }) => ({ id })),
		views: module.views[0],
	});
}

function writable(world: World, module: string, ...fields: string[]): Json[] {
	return fields.map((name) => ({ read_only: false, id: world.field(module, name).id }));
}

/** A small organization: one portal, four user types, a few people in every state, CRM users. */
export function seededWorld(): World {
	const world = new World();
	addModules(world);
	world.addPortal(PORTAL);
	const notes = described(world.module('Notes'), {
		shared_type: 'private',
		permissions: { view: true },
		fields: writable(world, 'Notes', 'Note_Content'),
	});
	const deals = tab(world, 'Deals', { view: true }, ['Deal_Name', 'Stage', 'Contact_Name']);
	const contacts = tab(world, 'Contacts', { view: true, edit: true, create: true }, [
		'Last_Name',
		'Email',
	]);
	const modules = [contacts, deals, notes];
	world.addUserType(PORTAL, 'Client Portal', { id: CLIENT_PORTAL, default: true, modules });
	world.addUserType(PORTAL, 'Dealers', { id: DEALERS, modules });
	world.addUserType(PORTAL, 'Premium', { id: PREMIUM, modules });
	const vendors = world.module('Vendors');
	world.addUserType(PORTAL, 'Suppliers', {
		id: VENDORS,
		personality_module: pickModule(vendors),
		invitation_field: { api_name: 'Email', id: world.field('Vendors', 'Email').id },
		modules: [tab(world, 'Vendors', { view: true, edit: true }, ['Vendor_Name', 'Email']), notes],
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
