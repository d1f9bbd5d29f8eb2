import type { IDataObject } from 'n8n-workflow';

import { chunk } from '../http/chunk';
import { mapWithConcurrency } from '../http/concurrency';
import { credentialOf } from '../http/connection';
import type { Connection } from '../http/connection';
import { dataOf, errorData } from '../http/error';
import type { ZohoErrorData } from '../http/error';
import { isCovered, scopesOf } from '../http/grantedScopes';
import { readPages } from '../http/paginate';
import { pick } from '../http/pick';
import { isRefusal } from '../http/proof';
import { segment } from './paths';
import { idIn } from './people';
import { recordsScope } from './scopes';

/** The most IDs in a call that lists records. */
const MOST_IDS = 100;

/** The most fields in one call, in addition to the ID, which is always returned. */
export const MOST_FIELDS = 50;

/**
 * Reads records of a module by their IDs, 100 per call, including those that wait for approval.
 * Records in the recycle bin are left out, and those that the connected user cannot see.
 *
 * Source: zoho/crm-oas, v8.0/record, and
 * https://www.zoho.com/crm/developer/docs/api/v8/get-records.html
 *
 * @param module API name
 * @param fields API names, at most `MOST_FIELDS`
 * @throws ZohoApiError if Zoho does not answer for all of them
 */
export async function readRecordRows(
	connection: Connection,
	module: string,
	fields: readonly string[],
	ids: readonly string[],
): Promise<IDataObject[]> {
	const rows = await mapWithConcurrency(
		chunk([...ids], MOST_IDS),
		connection.concurrency,
		async (part) => await readPart(connection, module, fields, part),
	);
	return rows.flat();
}

async function readPart(
	connection: Connection,
	module: string,
	fields: readonly string[],
	ids: string[],
): Promise<IDataObject[]> {
	const read = async (approved?: 'both'): Promise<IDataObject[]> =>
		await readPages(
			connection,
			{
				method: 'GET',
				path: `/${segment(module)}`,
				query: { ids: ids.join(','), fields: fields.join(','), approved },
				scope: recordsScope(module),
			},
			ids.length,
		);
	return await read('both').catch(async (error: unknown) => {
		if (dataOf(error).details.param_name !== 'approved') throw error;
		return await read();
	});
}

/** The known data of the requested records. */
export interface KnownRecords {
	/** The records that were read, by ID. A missing record proves nothing. */
	records: Map<string, IDataObject>;
	/** Why some of them could not be read, if Zoho returned an error. */
	error?: ZohoErrorData;
}

/**
 * Reads fields of records if Zoho allows it; it never fails. If Zoho refuses a call because of the
 * fields or the connected user, no more calls are made. Without the scope, none are made.
 *
 * @param module API name
 * @param fields API names, at most `MOST_FIELDS`. A record has the fields that Zoho returns:
 *   unknown names may be left out or refused.
 */
export async function readKnownRecords(
	connection: Connection,
	module: string,
	fields: readonly string[],
	ids: readonly string[],
): Promise<KnownRecords> {
	const known: KnownRecords = { records: new Map() };
	const scope = recordsScope(module);
	if (!isCovered(scope, scopesOf(await credentialOf(connection)))) {
		return { ...known, error: errorData(0, 'OAUTH_SCOPE_MISMATCH', { details: { scope } }) };
	}
	const asked = new Set(ids);
	const parts = chunk([...asked], MOST_IDS);
	await mapWithConcurrency(parts, connection.concurrency, async (part) => {
		if (known.error && isRefusal(known.error.httpStatus)) return;
		try {
			for (const row of await readPart(connection, module, fields, part)) {
				const id = idIn(row, 'id');
				if (asked.has(id)) known.records.set(id, row);
			}
		} catch (error) {
			known.error ??= dataOf(error);
		}
	});
	return known;
}

/** A person who was read, and the requested fields of the record. */
export interface WithRecord {
	/** API name of the personality module; empty if unknown. */
	module: string;
	/** The ID of the record. */
	id: string;
	/** API names, at most `MOST_FIELDS`. */
	fields: string[];
	/** The output for the person, which gets `record`. */
	json: IDataObject;
}

/** The result for the records of one module. */
interface RecordsRead extends Pick<KnownRecords, 'error'> {
	/** API name; empty if unknown. */
	module: string;
	/** How many people have no record, for any reason. */
	missing: number;
	/** Fields that none of the records has. */
	unknown: string[];
}

/**
 * Adds `record` to the output of people; `null` if the record could not be read. People of a module
 * with the same fields are read together, 100 per call. It never fails.
 */
export async function addRecords(
	connection: Connection,
	people: WithRecord[],
): Promise<RecordsRead[]> {
	const groups = new Map<string, WithRecord[]>();
	for (const person of people) {
		const key = JSON.stringify([person.module, person.fields]);
		const group = groups.get(key);
		if (group) group.push(person);
		else groups.set(key, [person]);
	}
	const read: RecordsRead[] = [];
	for (const group of groups.values()) {
		const [{ module, fields }] = group;
		const ids = [...new Set(group.map(({ id }) => id))];
		const { records, error }: KnownRecords =
			module === ''
				? { records: new Map() }
				: await readKnownRecords(connection, module, fields, ids);
		for (const { id, json } of group) {
			const record = records.get(id);
			json.record = record ? pick(record, fields) : null;
		}
		const rows = [...records.values()];
		const unknown =
			rows.length === 0 ? [] : fields.filter((field) => !rows.some((row) => field in row));
		read.push({ module, missing: ids.length - records.size, unknown, error });
	}
	return read;
}
