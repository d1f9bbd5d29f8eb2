import type { Json } from './answers';
import type { FieldMeta, ModuleMeta } from './modules';
import { emailIn } from './world';
import type { CrmRecord, World } from './world';

/** The fields with the names of records; in custom modules it is `Name`. */
const NAMES: Record<string, string> = {
	Accounts: 'Account_Name',
	Contacts: 'Full_Name',
	Vendors: 'Vendor_Name',
};

const nameOf = ({ api_name }: ModuleMeta) => NAMES[api_name] ?? 'Name';

/** Fields that every record has. */
const OF_ALL = ['id', 'Owner', 'Created_Time', 'Modified_Time'];

/** The fields of a module, including the full name of contacts, which no layout shows. */
export function fieldsOf(module: ModuleMeta): FieldMeta[] {
	const api_name = nameOf(module);
	const full = { id: '', api_name, field_label: '', data_type: 'text' };
	return [...module.fields.filter((field) => field.api_name !== api_name), full];
}

/** API names of all fields of the records of a module. */
export function namesOf(module: ModuleMeta): string[] {
	return [...new Set([...OF_ALL, ...fieldsOf(module).map(({ api_name }) => api_name)])];
}

/** Some fields of a record in the format of an answer, and the ID, which is always included. */
export function valuesOf(
	world: World,
	record: CrmRecord,
	module: ModuleMeta,
	fields: string[],
): Json {
	const known = namesOf(module).filter((name) => name === 'id' || fields.includes(name));
	return Object.fromEntries(known.map((name) => [name, valueIn(world, record, module, name)]));
}

/** The value of a record in a field; null if it is empty. */
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
