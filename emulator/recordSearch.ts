import { isObject, noContent, ok, refuse } from './answers';
import type { Answer } from './answers';
import { indexed, readCriteria } from './criteria';
import type { Test } from './criteria';
import { inferred } from './guards';
import type { ApiRequest } from './handler';
import type { FieldMeta, ModuleMeta } from './modules';
import { fieldsOf, namesOf, valueIn, valuesOf } from './recordValues';
import { pageOf } from './pages';
import { MOST_CHARACTERS, MOST_FOUND } from './searchContract';

const SEARCH = 'searchRecords';

/**
 * Finds records of a module, newest first: by criteria, or else by part of any of its email fields.
 * Records in the recycle bin are not found, nor records that are not indexed yet.
 */
export function searchRecords(request: ApiRequest): Answer {
	const { world, switches, query } = request;
	const module = moduleOf(request);
	const fits = testOf(query, fieldsOf(module));
	const now = Date.now();
	const found = [...world.records.values()]
		.filter((record) => record.module === module.api_name && record.state !== 'recycled')
		.filter((record) => now - record.written >= switches.searchDelay)
		.filter((record) => fits((field) => textOf(valueIn(world, record, module, field))))
		.sort((a, b) => b.id.localeCompare(a.id, 'en', { numeric: true }));
	const { rows, info } = pageOf(found, request, { limited: false, tokens: false });
	if (info.page * info.per_page > MOST_FOUND) throw refuse(SEARCH, 'LIMIT_REACHED');
	if (rows.length === 0) return noContent;
	const data = rows.map((record) => {
		if (query.fields) return valuesOf(world, record, module, query.fields.split(','));
		const all = Object.entries(valuesOf(world, record, module, namesOf(module)));
		return Object.fromEntries(all.filter(([, value]) => value !== null));
	});
	return ok({ data, info: { ...info, sort_by: 'id', sort_order: 'desc' } });
}

function moduleOf({ world, switches, params }: ApiRequest): ModuleMeta {
	const module = world.modules.get(params.module);
	if (!module) throw refuse(SEARCH, 'INVALID_MODULE');
	if (!module.api_supported) {
		throw refuse(SEARCH, 'NOT_SUPPORTED', '', { module: module.api_name });
	}
	if (switches.lacking.includes(`Crm_Implied_View_${module.api_name}`)) {
		throw refuse(SEARCH, 'NO_PERMISSION');
	}
	return module;
}

/** If there are both criteria and an email, the criteria count. */
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

/** The indexed text of a field: its text, or the name of the object that a lookup points to. */
function textOf(value: unknown): string | null {
	const text = isObject(value) ? value.name : value;
	return typeof text === 'string' ? text : null;
}
