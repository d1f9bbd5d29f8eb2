import type { IDataObject } from 'n8n-workflow';

import { mapWithConcurrency } from '../http/concurrency';
import type { Connection } from '../http/connection';
import { dataOf, errorData, ZohoApiError } from '../http/error';
import { readPages } from '../http/paginate';
import { segment } from './paths';
import { readRecordRows } from './records';
import { RECORD_SEARCH, recordsScope } from './scopes';

/** A CRM record that a search found. */
export interface FoundRecord {
	id: string;
	/** The name of the record; empty if it cannot be seen. */
	name: string;
	/** The address in the invitation field; empty if there is none, or if it cannot be seen. */
	email: string;
	/** Set if the invitation field is certainly empty. */
	hasNoEmail?: true;
}

/** A format of search criteria for email addresses, and the most addresses that it takes. */
interface CriteriaForm {
	most: number;
	criteria: (field: string, emails: string[]) => string;
}

/** One condition can have 100 values. Zoho lists `in` among the operators of email fields. */
const LISTED: CriteriaForm = {
	most: 100,
	criteria: (field, emails) => `(${field}:in:${emails.map(escaped).join(',')})`,
};

/** A search can have 10 conditions. `equals` is the only operator for encrypted fields. */
const ONE_BY_ONE: CriteriaForm = {
	most: 10,
	criteria: (field, emails) =>
		`(${emails.map((email) => `(${field}:equals:${escaped(email)})`).join('or')})`,
};

/** The most characters of the criteria, according to Zoho's OpenAPI file. */
const MOST_CHARACTERS = 3_000;

/** The fields with the names of records, if it is not `Name` as in custom modules. */
const NAMES: Record<string, string> = { Contacts: 'Full_Name', Vendors: 'Vendor_Name' };

/**
 * Finds the records of a module that have these addresses in one of its email fields, in as few
 * searches as the criteria allow. Zoho also finds records whose field contains an address or is
 * similar to it; only records with an equal field are returned, ignoring case. A new record may not
 * be found yet, and a record in the recycle bin is never found.
 *
 * Source: https://www.zoho.com/crm/developer/docs/api/v8/search-records.html and zoho/crm-oas,
 * v8.0/module_search. It needs two scopes, `RECORD_SEARCH` and `recordsScope`.
 *
 * @param module API name
 * @param field API name of the email field
 * @returns the records by email address in lower case, with an entry for every address, empty if
 *   there are none
 * @throws ZohoApiError if Zoho does not answer for all of them; then none counts as not found
 */
export async function findRecords(
	connection: Connection,
	module: string,
	field: string,
	emails: readonly string[],
): Promise<Map<string, FoundRecord[]>> {
	const asked = new Map(emails.map((email) => [email.toLowerCase(), email]));
	const searchBy = async (form: CriteriaForm): Promise<IDataObject[]> => {
		const chunks = chunksOf([...asked.values()], field, form);
		const found = await mapWithConcurrency(
			chunks.map((chunk) => form.criteria(field, chunk)),
			connection.concurrency,
			async (criteria) => await search(connection, module, field, criteria),
		);
		return found.flat();
	};
	const rows = await searchBy(LISTED).catch(async (error) => {
		if (dataOf(error).code !== 'INVALID_QUERY') throw error;
		return await searchBy(ONE_BY_ONE);
	});
	const found = new Map([...asked.keys()].map((email) => [email, new Map<string, FoundRecord>()]));
	for (const row of rows) {
		const record = toFoundRecord(row, module, field);
		// Several searches may find the same record.
		found.get(record.email.toLowerCase())?.set(record.id, record);
	}
	return new Map([...found].map(([email, records]) => [email, [...records.values()]]));
}

/**
 * Reads the names and email addresses of records, by ID.
 *
 * @param module API name
 * @param field API name of the email field that invitations go to
 * @returns the existing records, by ID; see `readRecordRows`
 */
export async function readRecords(
	connection: Connection,
	module: string,
	field: string,
	ids: readonly string[],
): Promise<Map<string, FoundRecord>> {
	const rows = await readRecordRows(connection, module, [field, nameKey(module)], ids);
	const records = rows.map((row) => toFoundRecord(row, module, field));
	return new Map(records.map((record) => [record.id, record]));
}

/** The record in a row. */
export function toFoundRecord(row: IDataObject, module: string, field: string): FoundRecord {
	const [name, email] = [row[nameKey(module)] ?? '', row[field] ?? ''];
	const isEmpty = row[field] === null || row[field] === '';
	return {
		id: String(row.id),
		name: String(name),
		email: String(email),
		...(isEmpty && { hasNoEmail: true }),
	};
}

/** @throws ZohoApiError also with FIELD_NOT_SHOWN if it is not visible why a record was found */
async function search(
	connection: Connection,
	module: string,
	field: string,
	criteria: string,
): Promise<IDataObject[]> {
	const rows = await readPages(
		connection,
		{
			method: 'GET',
			path: `/${segment(module)}/search`,
			query: { criteria, fields: `${field},${nameKey(module)}` },
			scope: RECORD_SEARCH,
			secondScope: recordsScope(module),
		},
		Infinity,
	);
	// Null is an address that was removed after the search index had stored it.
	if (rows.some((row) => row[field] === undefined || row.id === undefined)) {
		const details = { api_name: field, module };
		throw new ZohoApiError(errorData(200, 'FIELD_NOT_SHOWN', { details }));
	}
	return rows;
}

/** Splits addresses into as few parts as the criteria of a search allow. */
function chunksOf(emails: string[], field: string, { most, criteria }: CriteriaForm): string[][] {
	const chunks: string[][] = [];
	for (const email of emails) {
		const last = chunks[chunks.length - 1];
		const fits = last?.length < most && criteria(field, [...last, email]).length <= MOST_CHARACTERS;
		if (fits) last.push(email);
		else chunks.push([email]);
	}
	return chunks;
}

/** Escapes characters that have a meaning in criteria. */
function escaped(value: string): string {
	return value.replace(/[\\(),]/g, '\\$&');
}

/** API name of the name field of a module. */
export function nameKey(module: string): string {
	return NAMES[module] ?? 'Name';
}
