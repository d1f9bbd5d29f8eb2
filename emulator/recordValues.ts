import type { Json } from './answers';
import type { FieldMeta, ModuleMeta } from './modules';
import { emailIn } from './world';
import type { CrmRecord, World } from './world';

/** What records are called by; in custom modules `Name`. */
const NAMES: Record<string, string> = {
	Accounts: 'Account_Name',
	Contacts: 'Full_Name',
	Vendors: 'Vendor_Name',
};

const nameOf = ({ api_name }: ModuleMeta) => NAMES[api_name] ?? 'Name';

/** Fields that every record has. */
const OF_ALL = ['id', 'Owner', 'Created_Time', 'Modified_Time'];

/** The fields of a module, with the full name that contacts have without a layout showing it. */
export function fieldsOf(module: ModuleMeta): FieldMeta[] {
	const api_name = nameOf(module);
	const full = { id: '', api_name, field_label: '', data_type: 'text' };
	return [...module.fields.filter((field) => field.api_name !== api_name), full];
}

/** API names of all that a record of a module has. */
export function namesOf(module: ModuleMeta): string[] {
	return [...new Set([...OF_ALL, ...fieldsOf(module).map(({ api_name }) => api_name)])];
}

/** These fields of a record, as an answer has them, and the id, which always comes along. */
export function valuesOf(
	world: World,
	record: CrmRecord,
	module: ModuleMeta,
	fields: string[],
): Json {
	const known = namesOf(module).filter((name) => name === 'id' || fields.includes(name));
	return Object.fromEntries(known.map((name) => [name, valueIn(world, record, module, name)]));
}

/** What a record has in a field; null for nothing. */
export function valueIn(
	world: World,
	record: CrmRecord,
	module: ModuleMeta,
	field: string,
): unknown {
	if (field === nameOf(module)) return record.name;
	switch (field) {
		case 'id':
			return record.id;
		case 'Owner': {
			const owner = world.users.get(record.owner ?? world.superAdmin);
			return owner ? { name: owner.full_name, id: owner.id, email: owner.email } : null;
		}
		case 'Created_Time':
		case 'Modified_Time':
			return `${new Date(record.written).toISOString().slice(0, 19)}+00:00`;
		case 'Account_Name': {
			const account = world.records.get(record.account ?? '');
			return account ? { name: account.name, id: account.id } : null;
		}
		default:
			return emailIn(record, field) ?? record.fields?.[field] ?? null;
	}
}
