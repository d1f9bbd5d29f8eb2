import type { IDataObject } from 'n8n-workflow';

/**
 * Integers of 16 digits and more, outside of strings: past `Number.MAX_SAFE_INTEGER`, so
 * `JSON.parse` would round them. The first alternative consumes strings, so that digits inside
 * them are left alone.
 */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g;

/**
 * Parses JSON like `JSON.parse`, but returns long integers as strings with every digit kept.
 * Zoho's ids have up to 19 digits and some answers carry them without quotes ("delete user type").
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseJson(text: string): unknown {
	const exact = text.replace(STRING_OR_LONG_INTEGER, (token) =>
		token.startsWith('"') ? token : `"${token}"`,
	);
	return JSON.parse(exact);
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in an array; nothing for what is no array. */
export function listOf(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
