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

/** IDs that a list of records takes. */
const MOST_IDS = 100;

/** Fields that one call may ask for, beside the ID, which always comes along. */
export const MOST_FIELDS = 50;

/**
 * Reads records of a module by their IDs, 100 a call, also those that wait for approval. Records in
 * the recycle bin are left out, and those that the connected user may not see.
 *
 * Source: zoho/crm-oas, v8.0/record, and https://www.zoho.com/crm/developer/docs/api/v8/get-records.html
 *
 * @param module API name
 * @param fields API names, at most `MOST_FIELDS`
 * @throws ZohoApiError where Zoho does not answer for all
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

/** What is known of records that were asked for. */
export interface KnownRecords {
	/** Those that were read, by ID. Nothing follows from a record that is missing. */
	records: Map<string, IDataObject>;
	/** Why some of them could not be read, where Zoho said so. */
	error?: ZohoErrorData;
}

/**
 * Reads fields of records, as far as Zoho lets one: never an error. Where Zoho refuses a call, which
 * is about the fields or the connected user, no more calls are made; without the scope, none.
 *
 * @param module API name
 * @param fields API names, at most `MOST_FIELDS`. A record has those that Zoho answers with: names
 * that the module does not have may be left out, and may be refused.
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

/** Somebody who was read, and the fields that are asked for of the record behind them. */
export interface WithRecord {
	/** API name of the personality module; empty where it is not known. */
	module: string;
	/** Of the record. */
	id: string;
	/** API names, at most `MOST_FIELDS`. */
	fields: string[];
	/** What is returned of them; gets `record`. */
	json: IDataObject;
}

/** What became of the records of one module. */
interface RecordsRead extends Pick<KnownRecords, 'error'> {
	/** API name; empty where it is not known. */
	module: string;
	/** How many people have no record, for whatever reason. */
	missing: number;
	/** The fields that none of the records has. */
	unknown: string[];
}

/**
 * Adds `record` to what is returned of people: `null` where the record could not be read. Those of a
 * module with the same fields are read together, 100 a call. Never an error.
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
