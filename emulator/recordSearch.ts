import { noContent, ok, refuse } from './answers';
import type { Answer, Json } from './answers';
import { indexed, readCriteria } from './criteria';
import type { Test, ValueOf } from './criteria';
import { inferred } from './guards';
import type { ApiRequest } from './handler';
import type { FieldMeta, ModuleMeta } from './modules';
import { MOST_CHARACTERS, MOST_FOUND } from './searchContract';
import { emailIn } from './world';
import type { CrmRecord } from './world';

const SEARCH = 'searchRecords';

/**
 * Finds records of a module, the newest first: by criteria, else by a part of what is in any of its
 * e-mail fields. Not those in the recycle bin, nor those that the index does not have yet.
 */
export function searchRecords(request: ApiRequest): Answer {
	const { world, behaviour, query } = request;
	const module = moduleOf(request);
	const fits = testOf(query, fieldsOf(module));
	const perPage = Math.min(Number(query.per_page ?? behaviour.pageSize), behaviour.pageSize);
	const page = Number(query.page ?? 1);
	if (page * perPage > MOST_FOUND) throw refuse(SEARCH, 'LIMIT_REACHED');
	const now = Date.now();
	const found = [...world.records.values()]
		.filter((record) => record.module === module.api_name && record.state !== 'recycled')
		.filter((record) => now - record.written >= behaviour.searchDelay)
		.filter((record) => fits(valueIn(record, module)))
		.sort((a, b) => b.id.localeCompare(a.id, 'en', { numeric: true }));
	const rows = found.slice((page - 1) * perPage, page * perPage);
	if (rows.length === 0) return noContent;
	const info = {
		per_page: perPage,
		count: rows.length,
		sort_by: 'id',
		page,
		sort_order: 'desc',
		more_records: page * perPage < found.length,
	};
	return ok({ data: rows.map((record) => present(request, record, module)), info });
}

function moduleOf({ world, behaviour, params }: ApiRequest): ModuleMeta {
	const module = world.modules.get(params.module);
	if (!module) throw refuse(SEARCH, 'INVALID_MODULE');
	if (!module.api_supported) {
		throw refuse(SEARCH, 'NOT_SUPPORTED', '', { module: module.api_name });
	}
	if (behaviour.lacking.includes(`Crm_Implied_View_${module.api_name}`)) {
		throw refuse(SEARCH, 'NO_PERMISSION');
	}
	return module;
}

/** Of criteria and an e-mail the criteria count. */
function testOf({ criteria, email }: ApiRequest['query'], fields: FieldMeta[]): Test {
	if (criteria) {
		if (criteria.length > MOST_CHARACTERS) {
			throw inferred('INVALID_DATA', { param_name: 'criteria', maximum_length: MOST_CHARACTERS });
		}
		return readCriteria(criteria, fields);
	}
	if (!email) throw refuse(SEARCH, 'EXPECTED_PARAM_MISSING');
	const emailFields = fields.filter(({ data_type }) => data_type === 'email');
	const wanted = indexed(email);
	return (valueOf) =>
		emailFields.some(({ api_name }) => indexed(valueOf(api_name) ?? '').includes(wanted));
}

/** What records are called by; in custom modules `Name`. */
const NAMES: Record<string, string> = { Contacts: 'Full_Name', Vendors: 'Vendor_Name' };

const nameOf = ({ api_name }: ModuleMeta) => NAMES[api_name] ?? 'Name';

/** The fields of a module, with the full name that contacts have without a layout showing it. */
function fieldsOf(module: ModuleMeta): FieldMeta[] {
	const api_name = nameOf(module);
	const full = { id: '', api_name, field_label: '', data_type: 'text' };
	return [...module.fields.filter((field) => field.api_name !== api_name), full];
}

/** Records have a name and e-mail addresses, and nothing in other fields. */
const valueIn =
	(record: CrmRecord, module: ModuleMeta): ValueOf =>
	(field) =>
		field === nameOf(module) ? record.name : emailIn(record, field);

/** A record with the fields that were asked for, all if none were. */
function present({ world, query }: ApiRequest, record: CrmRecord, module: ModuleMeta): Json {
	const written = `${new Date(record.written).toISOString().slice(0, 19)}+00:00`;
	const owner = world.users.get(world.superAdmin);
	const emails = module.fields.filter(({ data_type }) => data_type === 'email');
	const valueOf = valueIn(record, module);
	const all: Json = {
		Owner: owner && { name: owner.full_name, id: owner.id, email: owner.email },
		[nameOf(module)]: record.name,
		...Object.fromEntries(emails.map(({ api_name }) => [api_name, valueOf(api_name)])),
		Created_Time: written,
		Modified_Time: written,
	};
	const wanted = query.fields?.split(',');
	const kept = Object.entries(all).filter(([key]) => wanted?.includes(key) ?? true);
	return { ...Object.fromEntries(kept), id: record.id };
}
