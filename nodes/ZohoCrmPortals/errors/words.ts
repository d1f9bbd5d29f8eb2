/** A text from Zoho, to be appended to a sentence: ` ("the text")`; empty if there is none. */
export function said(message: string): string {
	return message === '' ? '' : ` ("${message}")`;
}

/**
 * The day of one of Zoho's times, in the offset of that time: "2 June 2026"; undefined if there is
 * none.
 */
export function dayIn(time: unknown): string | undefined {
	const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(String(time)) ?? [];
	const name = MONTHS[Number(month) - 1];
	return name === undefined ? undefined : `${Number(day)} ${name} ${year}`;
}

const MONTHS =
	'January February March April May June July August September October November December'.split(
		' ',
	);

export function inDigits(amount: number): string {
	return amount.toLocaleString('en-US');
}

export function upper(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

export function lower(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
