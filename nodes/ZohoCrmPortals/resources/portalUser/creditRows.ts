import type { IDataObject } from 'n8n-workflow';

import { isObject, refusal, rowRefusal } from '../../transport/answer';
import type { Verdict } from '../../transport/batch';

/**
 * Credits the rows of an invitation job to the records that were sent. Zoho's documentation shows
 * failed rows without a record id, so a row may have to be told by other means:
 * - by its position, if there are as many rows as records, and every row with an id stands where
 *   that record stood;
 * - if all rows without an id say the same, and there are as many of them as records left.
 *
 * Where neither holds, the records left are refused as unclear rather than credited by chance; not
 * `uncertain` where there are as many failed rows as records left, so that nobody of these was
 * invited.
 */
export function creditRows(rows: IDataObject[], ids: string[]): Map<string, Verdict> {
	const verdicts = new Map<string, Verdict>();
	const named = rows.map(idOf);
	rows.forEach((row, position) => {
		const id = named[position];
		if (id !== undefined && ids.includes(id)) verdicts.set(id, verdictOf(row));
	});
	const left = ids.filter((id) => !verdicts.has(id));
	const anonymous = rows.filter((_, position) => named[position] === undefined);
	if (left.length === 0 || anonymous.length === 0) return verdicts;

	const inPlace =
		rows.length === ids.length &&
		anonymous.length < rows.length &&
		named.every((id, position) => id === undefined || id === ids[position]);
	const codes = [...new Set(anonymous.map(({ code }) => String(code)))];
	const asMany = anonymous.length === left.length;
	const allFailed = asMany && anonymous.every((row) => 'refusal' in verdictOf(row));
	for (const id of left) {
		if (inPlace) verdicts.set(id, verdictOf(rows[ids.indexOf(id)]));
		else if (asMany && codes.length === 1) verdicts.set(id, verdictOf(anonymous[0]));
		else verdicts.set(id, unclear(left.length, codes, !allFailed));
	}
	return verdicts;
}

function idOf({ details }: IDataObject): string | undefined {
	if (!isObject(details)) return undefined;
	// The single invitation says record_id, the job id.
	const id = details.id ?? details.record_id;
	return id === undefined ? undefined : String(id);
}

function verdictOf(row: IDataObject): Verdict {
	const refused = rowRefusal({ httpStatus: 200, rows: [], info: {}, body: {} }, row);
	return refused ? { refusal: refused } : { row };
}

function unclear(records: number, codes: string[], uncertain: boolean): Verdict {
	return {
		refusal: {
			...refusal(200, 'UNCLEAR_ROWS', { details: { records, codes } }),
			...(uncertain && { uncertain }),
		},
	};
}

/** Whether a record was surely not invited, but nobody knows why. */
export function failedUnclearly(verdict: Verdict | undefined): boolean {
	if (!verdict || !('refusal' in verdict)) return false;
	const { code, uncertain } = verdict.refusal;
	return code === 'UNCLEAR_ROWS' && !uncertain;
}
