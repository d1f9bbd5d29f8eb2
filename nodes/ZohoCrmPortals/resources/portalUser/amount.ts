import type { IDataObject } from 'n8n-workflow';

import { inDigits } from '../../errors/words';
import type { SomeUsers } from '../../zoho/people';

/** How many people there are: so many, or at least so many. */
export interface Amount {
	least: number;
	exact: boolean;
}

/** How many people a list has of which some were read. */
export function amountOf({ users, total, more }: SomeUsers, limit: number): Amount {
	const read = users.length;
	if (total !== undefined) return { least: Math.max(total, read), exact: total >= read };
	if (more === true) return { least: read + 1, exact: false };
	return { least: read, exact: more === false || read < limit };
}

export function sumOf(amounts: Amount[]): Amount {
	return {
		least: amounts.reduce((sum, { least }) => sum + least, 0),
		exact: amounts.every(({ exact }) => exact),
	};
}

/** What to say where not all people are returned; nothing where they are. */
export function leftOut(returned: number, { least, exact }: Amount): string | undefined {
	if (exact && least <= returned) return undefined;
	const more = 'Raise Limit to return more, or narrow the filters.';
	if (least <= returned) return `Returned ${inDigits(returned)} users; there may be more. ${more}`;
	const all = exact ? inDigits(least) : `at least ${inDigits(least)}`;
	return `Returned ${inDigits(returned)} of ${all} users. ${more}`;
}

/** Characters of an answer that a model reads without having asked for more. */
const MOST_CHARACTERS = 3_500;

/** Users whom an answer to a model has at most; a shorter one has no name and no address. */
export const MOST_FOR_MODEL = 50;

/** As many of the rows as a model should read unasked, at least one; then what was left out. */
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
