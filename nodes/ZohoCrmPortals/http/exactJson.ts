import type { IDataObject } from 'n8n-workflow';

/**
 * Integers with this many digits exceed `Number.MAX_SAFE_INTEGER`, so `JSON.parse` would round
 * them.
 */
const LONG = 16;

/**
 * Parses JSON like `JSON.parse`, but returns long integers as strings that keep every digit. Zoho's
 * IDs have up to 19 digits, and some answers contain them without quotes ("delete user type"). The
 * time is linear in the length of the text, whatever its content.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseJson(text: string): unknown {
	return JSON.parse(quoteLongIntegers(text));
}

/**
 * Splits the text at the quotes that begin or end a string: only text outside strings can contain
 * integers.
 */
function quoteLongIntegers(text: string): string {
	let exact = '';
	let position = 0;
	while (position < text.length) {
		const quote = text.indexOf('"', position);
		if (quote === -1) return exact + quoted(text.slice(position));
		const end = endOfString(text, quote);
		exact += quoted(text.slice(position, quote)) + text.slice(quote, end);
		position = end;
	}
	return exact;
}

const INTEGERS = new RegExp(`(?<![\\d.eE+-])-?\\d{${LONG},}(?![\\d.eE])`, 'g');

function quoted(text: string): string {
	return text.length < LONG ? text : text.replace(INTEGERS, '"$&"');
}

/** The position after the closing quote; the end of the text if there is none. */
function endOfString(text: string, start: number): number {
	let quote = text.indexOf('"', start + 1);
	while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
	return quote === -1 ? text.length : quote + 1;
}

/** An odd number of backslashes before a quote makes it part of the string. */
function isEscaped(text: string, quote: number): boolean {
	let first = quote;
	while (text[first - 1] === '\\') first--;
	return (quote - first) % 2 === 1;
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in an array; an empty list for any other value. */
export function listOf(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
