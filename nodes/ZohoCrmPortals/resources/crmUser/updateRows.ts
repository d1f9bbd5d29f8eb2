import type { IDataObject } from 'n8n-workflow';

import { resultOf } from '../../run/idResults';
import type { IdResults } from '../../run/idResults';
import type { Result } from '../../run/result';
import type { ZohoErrorData } from '../../http/error';
import { isObject } from '../../http/exactJson';
import { isSuccess } from '../../http/proof';
import { rowError } from '../../http/response';
import type { ZohoResponse } from '../../http/response';

/**
 * Reads the answer to an update of several users in one call. A success counts only for the ID that
 * it names. Most refusals contain no ID, but the position of the user in the request:
 * `$.users[3].email`.
 *
 * @param ids in the order of the request
 */
export function readUpdateRows(response: ZohoResponse, ids: string[]): IdResults {
	const { httpStatus, rows } = response;
	const results = new Map<string, Result>();
	const refusals: ZohoErrorData[] = [];
	const placed = isCounted(rows.filter((row) => rowError(response, row)).map(placeInRequest));
	let unnamed: ZohoErrorData | undefined;
	for (const row of rows) {
		const error = rowError(response, row);
		const id = error ? refusedId(row, ids, placed) : doneId(row, ids);
		if (error) refusals.push(error);
		if (id !== undefined) results.set(id, resultOf(response, row, {}));
		else unnamed ??= error;
	}
	if (!isSuccess(httpStatus) || results.size === 0) return { results, untouched: refusals[0] };
	// An error that names nobody, next to successful rows. If some users have no row, it is uncertain
	// whether they were updated.
	const open = rows.length < ids.length;
	return { results, untouched: unnamed && { ...unnamed, ...(open && { uncertain: true }) } };
}

function doneId(row: IDataObject, ids: string[]): string | undefined {
	const said = (isObject(row.details) ? row.details.id : undefined) ?? row.id;
	if (said === undefined) return ids.length === 1 ? ids[0] : undefined;
	return ids.find((id) => id === String(said));
}

/** An ID next to the name of another field belongs to a user who already has the same value. */
function refusedId(row: IDataObject, ids: string[], placed: boolean): string | undefined {
	if (ids.length === 1) return ids[0];
	const { id: said, api_name: field = 'id' } = isObject(row.details) ? row.details : {};
	const named = field === 'id' ? ids.find((id) => id === String(said)) : undefined;
	const place = placed ? placeInRequest(row) : undefined;
	return named ?? (place === undefined ? undefined : ids[place]);
}

/** The position of a user in the request. One of Zoho's examples has the position but no ID. */
function placeInRequest({ details }: IDataObject): number | undefined {
	const { json_path: path, id } = isObject(details) ? details : {};
	const [, place] = /^\$\.users\[(\d+)\]/.exec(String(path ?? id)) ?? [];
	return place === undefined ? undefined : Number(place);
}

/**
 * Whether positions are reliable. All of Zoho's examples have the first position. If no answer has
 * another position, or one occurs twice, nothing proves that Zoho counts them.
 */
function isCounted(places: Array<number | undefined>): boolean {
	const known = places.filter((place) => place !== undefined);
	return new Set(known).size === known.length && known.some((place) => place > 0);
}
