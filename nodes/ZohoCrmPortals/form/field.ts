import { NodeOperationError } from 'n8n-workflow';
import type { INode, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isObject, parseJson } from '../http/exactJson';

/** Where a value was found. Errors name the place, and some checks depend on it. */
export interface Place {
	/** The label of the parameter in the editor. */
	label: string;
	/** Whether the value comes from an expression. */
	byExpression: boolean;
	/** Whether blank entries in a list of values are skipped instead of being errors. */
	skipsBlank: boolean;
	/** Builds the error for an invalid value: "'Users' is empty [row 1]". */
	invalid: (complaint: string, description?: string) => NodeOperationError;
	/** The same place, for a part of the value that has its own label. */
	part: (label: string) => Place;
	/**
	 * Registers a name that has to be looked up. Once known, returns the ID (for a portal, the name)
	 * that Zoho uses for it.
	 */
	reference: (to: 'portal' | 'userType' | 'crmUser', name: string) => string;
}

/** A place in a node that has no items. Names are not looked up there. */
export function placeOf(node: INode, label: string, byExpression = false): Place {
	return {
		label,
		byExpression,
		skipsBlank: false,
		part: (other) => placeOf(node, other, byExpression),
		invalid: (complaint, description) =>
			new NodeOperationError(node, `'${label}' ${complaint}`, { description }),
		reference: (_, name) => name,
	};
}

/** Whether a stored parameter value is an expression. */
export function hasExpression(raw: unknown): boolean {
	return JSON.stringify(raw ?? '').includes('"=');
}

/**
 * A field of the form: how n8n shows it, and how its value is read. Operations read parameters only
 * through fields.
 */
export interface Field<T> {
	/** The property that n8n shows. The operations that list the field decide where it is shown. */
	property: INodeProperties;
	/**
	 * Returns the value if its meaning is certain. Throws NodeOperationError for any other value.
	 */
	check: (given: unknown, at: Place) => T;
	/**
	 * Values that must be the same for all items of a run, by label; nothing if they may differ.
	 */
	runWide?: (value: T) => Record<string, unknown>;
	/** Whether a value is blank. Only for fields whose blank values allow a row to be skipped. */
	isBlank?: (given: unknown) => boolean;
}

/** A field with any type of value. */
export type AnyField = Pick<Field<unknown>, 'property' | 'check' | 'isBlank'> & {
	// Declared as a method, so that fields of any type are assignable.
	runWide?(value: unknown): Record<string, unknown>;
};

/** The values of fields, by key. */
export type ValuesOf<F> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/**
 * The properties that n8n shows for a field, without the type and the default if the kind of field
 * sets them.
 */
export type Shown = Omit<INodeProperties, 'type' | 'default'> &
	Partial<Pick<INodeProperties, 'default'>>;

/** The same field, but all items of a run must have the same value. */
export function runWide<T>(field: Field<T>): Field<T> {
	return { ...field, runWide: (value) => ({ [field.property.displayName]: value }) };
}

/** The same field with different texts or display options. */
export function shownAs<T>(field: Field<T>, shown: Partial<INodeProperties>): Field<T> {
	return { ...field, property: { ...field.property, ...shown } };
}

/** The same field, but it may be empty, which is read as undefined. */
export function optional<T>({ property, check }: Field<T>): Field<T | undefined> {
	return { property, check: (given, at) => (isEmpty(given) ? undefined : check(given, at)) };
}

/**
 * The same field, but a user may leave it empty in the form. An expression that returns nothing is
 * still an error.
 */
export function leftOpen<T>({ property, check }: Field<T>): Field<T | undefined> {
	return {
		property,
		check: (given, at) => {
			if (!isEmpty(given)) return check(given, at);
			if (at.byExpression) throw at.invalid('is empty', BY_EXPRESSION);
			return undefined;
		},
	};
}

/**
 * The advice for an expression that returns nothing, if an empty value would affect more than
 * expected.
 */
export const BY_EXPRESSION =
	'The expression returns nothing for this item. Make it return a value, or clear the field.';

type WithOptions<V> = Omit<Shown, 'options'> & {
	options: ReadonlyArray<Readonly<INodePropertyOptions> & { value: V }>;
};

/** One of a few values, spelled exactly as in the form. */
export function choice<const V extends string>(shown: WithOptions<V>): Field<V> {
	return {
		property: {
			default: shown.options[0].value,
			...shown,
			options: [...shown.options],
			type: 'options',
		},
		check: (given, at) => oneOf(shown.options, given, at),
	};
}

/**
 * Several of a few values, without duplicates. An expression may return an array, or text with
 * commas.
 */
export function choices<const V extends string>(shown: WithOptions<V>): Field<V[]> {
	return {
		property: { default: [], ...shown, options: [...shown.options], type: 'multiOptions' },
		check: (given, at) => [
			...new Set(partsOf(given, at).map((part) => oneOf(shown.options, part, at))),
		],
	};
}

/** Texts from a list, or other texts from an expression: an array, or text with commas. */
export function texts(shown: Shown, check: Field<string>['check'] = asText): Field<string[]> {
	return {
		property: { default: [], ...shown, type: 'multiOptions' },
		check: (given, at) => [...new Set(partsOf(given, at).map((part) => check(part, at)))],
	};
}

/** A switch: a boolean, or the words true and false in any case. */
export function flag(shown: Shown): Field<boolean> {
	return { property: { default: false, ...shown, type: 'boolean' }, check: asBoolean };
}

/** Text that is not empty, trimmed. */
export function text(shown: Shown): Field<string> {
	return { property: { default: '', ...shown, type: 'string' }, check: asText };
}

/** A whole number that is at least `least`. */
export function wholeNumber(shown: Shown, least = 1): Field<number> {
	return {
		property: { ...numeric(shown), type: 'number' },
		check: (given, at) => {
			const value = numberIn(given);
			if (value !== undefined && Number.isSafeInteger(value) && value >= least) return value;
			const bound = least === -Infinity ? '' : ` of at least ${least}`;
			throw noNumber(given, at, `a whole number${bound}`);
		},
	};
}

/** A number that is at least `least`. */
export function anyNumber(shown: Shown, least: number): Field<number> {
	return {
		property: { ...numeric(shown), type: 'number' },
		check: (given, at) => {
			const value = numberIn(given);
			if (value !== undefined && value >= least) return value;
			throw noNumber(given, at, `a number of at least ${least}`);
		},
	};
}

/** A number greater than 0, such as a duration in the unit that the label names. */
export function positiveNumber(shown: Shown): Field<number> {
	return {
		property: { ...numeric(shown), type: 'number' },
		check: (given, at) => {
			const value = numberIn(given);
			if (value !== undefined && value > 0) return value;
			throw noNumber(given, at, 'a number above 0');
		},
	};
}

function numeric(shown: Shown): Omit<INodeProperties, 'type'> {
	return { default: 0, ...shown };
}

/** A date, or a date and time, with or without an offset, as trimmed ISO text. */
export function dateTime(shown: Shown): Field<string> {
	return {
		property: { default: '', ...shown, type: 'dateTime' },
		check: (given, at) => {
			const iso = isoOf(given);
			if (iso !== undefined) return iso;
			if (isEmpty(given)) throw at.invalid('is empty', DATES);
			throw at.invalid(`is ${display(given)}, which is not a date`, DATES);
		},
	};
}

const DATES =
	'Enter a date like 2026-02-07, with a time like 2026-02-07 10:00:00 if needed, or an ISO date and time.';

const FIXED =
	'n8n reads this as fixed text. To have n8n evaluate it, switch the field from Fixed to Expression.';

/** JSON as text, or the value that an expression returns instead. Long numbers keep all digits. */
export function json(shown: Shown): Field<unknown> {
	return {
		property: { default: '', ...shown, type: 'json' },
		check: (given, at) => {
			if (typeof given !== 'string') return given;
			if (isEmpty(given))
				throw at.invalid('is empty', 'Enter JSON, or an expression that returns JSON.');
			if (/^\s*\{\{/.test(given)) throw at.invalid(`is the text ${display(given)}`, FIXED);
			try {
				return parseJson(given);
			} catch (error) {
				throw at.invalid('is not valid JSON', error instanceof Error ? error.message : undefined);
			}
		},
	};
}

/** Text that is not empty, trimmed. A number counts as text. */
export function asText(given: unknown, at: Place): string {
	if (isEmpty(given))
		throw at.invalid('is empty', 'Enter text, or an expression that returns text.');
	if (typeof given === 'number' && !Number.isSafeInteger(given)) {
		throw at.invalid(
			`is the number ${given}, which has lost digits`,
			'Zoho CRM IDs are too long for exact numbers. Pass them as text.',
		);
	}
	if (typeof given === 'string' || typeof given === 'number') return String(given).trim();
	throw at.invalid(`is ${display(given)}, which is not text`);
}

export function asBoolean(given: unknown, at: Place): boolean {
	const value = booleanIn(given);
	if (value !== undefined) return value;
	throw at.invalid(
		isEmpty(given) ? 'is empty' : `is ${display(given)}, which is neither true nor false`,
		'Use true or false, or an expression that returns one of them.',
	);
}

/** The boolean that a value certainly stands for; undefined if that is not certain. */
export function booleanIn(given: unknown): boolean | undefined {
	if (typeof given === 'boolean') return given;
	if (typeof given !== 'string') return undefined;
	const word = given.toLowerCase();
	return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** The parts of a value that may have several: an array, or text with at least one between commas. */
function partsOf(given: unknown, at: Place): unknown[] {
	if (Array.isArray(given)) return given;
	const isText = typeof given === 'string';
	if (!isText && !isEmpty(given)) {
		throw at.invalid(`is ${display(given)}, which is not a list`);
	}
	const parts = isText ? given.split(',').flatMap((part) => part.trim() || []) : [];
	if (parts.length > 0) return parts;
	throw at.invalid('is empty', 'Choose from the list, or pass an array.');
}

function oneOf<V extends string>(
	options: ReadonlyArray<{ value: V }>,
	given: unknown,
	at: Place,
): V {
	const found = options.find(({ value }) => value === given);
	if (found) return found.value;
	const known = options.map(({ value }) => (value === '' ? 'empty' : value)).join(', ');
	throw at.invalid(
		given === '' || given === undefined || given === null
			? 'is empty'
			: `is ${display(given)}, which is not one of the choices`,
		`The choices are: ${known}.`,
	);
}

function numberIn(given: unknown): number | undefined {
	const value =
		typeof given === 'string' && /^[+-]?\d+(\.\d+)?$/.test(given.trim()) ? Number(given) : given;
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function noNumber(given: unknown, at: Place, expected: string): NodeOperationError {
	const description = 'Enter a number, or an expression that returns one.';
	if (isEmpty(given)) return at.invalid('is empty', description);
	return at.invalid(`is ${display(given)}, which is not ${expected}`, description);
}

const ISO =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A date as ISO text; undefined for a value that is not certainly a date, such as the 31st of
 * February.
 */
function isoOf(given: unknown): string | undefined {
	if (given instanceof Date) return Number.isNaN(given.getTime()) ? undefined : given.toISOString();
	// Dates in n8n's expressions are Luxon objects, which convert themselves to ISO text.
	const written = isObject(given) && typeof given.toISO === 'function' ? String(given) : given;
	if (typeof written !== 'string') return undefined;
	const [, date, time, seconds = '', offset = ''] = ISO.exec(written.trim()) ?? [];
	if (date === undefined) return undefined;
	const midnight = new Date(`${date}T00:00:00Z`);
	if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) {
		return undefined;
	}
	if (time === undefined) return date;
	const iso = `${date}T${time}${seconds}${offset.toUpperCase()}`;
	return Number.isNaN(Date.parse(iso)) ? undefined : iso;
}

/** Whether a value is that of a resource locator. */
export function isLocator(given: unknown): given is { mode: unknown; value: unknown } {
	return isObject(given) && 'value' in given && ('mode' in given || given.__rl === true);
}

/** The value that was chosen in a resource locator. Any other value is returned unchanged. */
export function valueIn(given: unknown): unknown {
	return isLocator(given) ? given.value : given;
}

/** Whether a value, or the value chosen in a resource locator, is empty. */
export function isEmpty(given: unknown): boolean {
	const value = valueIn(given);
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

const MOST_DISPLAYED = 100;

/** A value as an error shows it. */
export function display(value: unknown): string {
	const written = JSON.stringify(value) ?? 'nothing';
	return written.length > MOST_DISPLAYED ? `${written.slice(0, MOST_DISPLAYED)}…` : written;
}
