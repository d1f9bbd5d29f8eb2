import type { IDataObject } from 'n8n-workflow';

import { resultOf } from '../../run/idResults';
import type { Result } from '../../run/result';
import { errorData } from '../../http/error';
import { isObject } from '../../http/exactJson';

/**
 * Matches the rows of an invitation job with the records that were sent. Zoho's documentation shows
 * failed rows without a record ID, so a row may have to be matched in other ways:
 * - by its position, if there are as many rows as records, every row with an ID is at the position
 *   of that record, and one of them is between rows without an ID;
 * - if all rows without an ID are the same, and there are as many of them as remaining records.
 *
 * If neither applies, the remaining records get an unclear refusal instead of a guess. It is not
 * `uncertain` if there are as many failed rows as remaining records, because then none of them was
 * invited.
 *
 * @param done the output for a record that was invited
 */
export function matchJobRows(
	rows: IDataObject[],
	ids: string[],
	done: IDataObject,
): Map<string, Result> {
	const rowResult = (row: IDataObject) =>
		resultOf({ httpStatus: 200, rows: [], info: {} }, row, done);
	const results = new Map<string, Result>();
	const named = rows.map(idOf);
	rows.forEach((row, position) => {
		const id = named[position];
		if (id !== undefined && ids.includes(id)) results.set(id, rowResult(row));
	});
	const left = ids.filter((id) => !results.has(id));
	const anonymous = rows.filter((_, position) => named[position] === undefined);
	if (left.length === 0 || anonymous.length === 0) return results;

	// A row with an ID between others shows that failed rows are put neither first nor last.
	const between = named.slice(named.indexOf(undefined), named.lastIndexOf(undefined));
	const isMixed = between.some((id) => id !== undefined);
	const inPlace =
		rows.length === ids.length &&
		isMixed &&
		named.every((id, position) => id === undefined || id === ids[position]);
	const codes = [...new Set(anonymous.map(({ code }) => String(code)))];
	const asMany = anonymous.length === left.length;
	const allFailed = asMany && anonymous.every((row) => isRefused(rowResult(row)));
	for (const id of left) {
		if (inPlace) results.set(id, rowResult(rows[ids.indexOf(id)]));
		else if (asMany && codes.length === 1) results.set(id, rowResult(anonymous[0]));
		else results.set(id, unclear(left.length, codes, !allFailed));
	}
	return results;
}

function isRefused(result: Result): boolean {
	return 'error' in result && !result.error.uncertain;
}

function idOf({ details }: IDataObject): string | undefined {
	if (!isObject(details)) return undefined;
	// In the answer to a single invitation, the record ID is record_id, and the job ID is id.
	const id = details.id ?? details.record_id;
	return id === undefined ? undefined : String(id);
}

function unclear(records: number, codes: string[], uncertain: boolean): Result {
	return {
		error: {
			...errorData(200, 'UNCLEAR_ROWS', { details: { records, codes } }),
			...(uncertain && { uncertain }),
		},
	};
}

/** Whether a record was certainly not invited, but the reason is unknown. */
export function failedUnclearly(result: Result | undefined): boolean {
	if (!result || !('error' in result)) return false;
	const { code, uncertain } = result.error;
	return code === 'UNCLEAR_ROWS' && !uncertain;
}
