import type { IDataObject } from 'n8n-workflow';

import { inDigits } from '../../errors/words';
import type { SomeUsers } from '../../zoho/people';

/** A number of people: exact, or a minimum. */
export interface Amount {
	least: number;
	exact: boolean;
}

/**
 * The number of people in a list that was read in part.
 *
 * @param isFiltered whether Zoho filters the list; it may then return the number of all users
 */
export function amountOf(
	{ users, total, more }: SomeUsers,
	limit: number,
	isFiltered: boolean,
): Amount {
	const read = users.length;
	if (total !== undefined && (!isFiltered || total === read)) {
		return { least: Math.max(total, read), exact: total >= read };
	}
	if (more === true) return { least: read + 1, exact: false };
	return { least: read, exact: more === false || read < limit };
}

export function sumOf(amounts: Amount[]): Amount {
	return {
		least: amounts.reduce((sum, { least }) => sum + least, 0),
		exact: amounts.every(({ exact }) => exact),
	};
}

/** Says that not all people are returned; undefined if they are. */
export function leftOut(returned: number, { least, exact }: Amount): string | undefined {
	if (exact && least <= returned) return undefined;
	const more = 'Raise Limit to return more, or narrow the filters.';
	if (least <= returned) return `Returned ${inDigits(returned)} users; there may be more. ${more}`;
	const all = exact ? inDigits(least) : `at least ${inDigits(least)}`;
	return `Returned ${inDigits(returned)} of ${all} users. ${more}`;
}

/** The most characters of an answer to a model that has not asked for more. */
const MOST_CHARACTERS = 3_500;

/** The most users in an answer to a model. A shorter row would have no name or address. */
export const MOST_FOR_MODEL = 50;

/**
 * As many rows as a model should get if it has not asked for more, at least one, followed by the
 * number of rows that were left out.
 */
export function forModel(rows: IDataObject[], amount: Amount): IDataObject[] {
	let length = 0;
	const cut = rows.findIndex((row, position) => {
		length += JSON.stringify(row).length + 1;
		return position > 0 && length > MOST_CHARACTERS;
	});
	const shown = cut < 0 ? rows : rows.slice(0, cut);
	const note = leftOut(shown.length, amount);
	if (note === undefined) return shown;
	const total = amount.exact ? { total: amount.least } : {};
	return [...shown, { returned: shown.length, ...total, note }];
}
