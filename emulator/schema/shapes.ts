import { isObject } from '../answers';
import type { Json } from '../answers';
import { enums } from '../contract';
import { anyOf, DIGITS, ID, objectOf, orNull, SCALAR } from './json';
import type { Schema } from './json';

/** Facts about the keys of one operation's answers that examples cannot show. */
export interface Hints {
	/** Keys that may be missing, by the object that contains them: "/portals/*". */
	optional: (at: string) => string[];
	/** Keys that may be null. */
	nullable: (at: string) => string[];
	/** Schema of a key that the examples show too narrowly, or not at all; these may be missing. */
	known: (at: string) => Record<string, Schema>;
	/** Codes that rows of a job may have, and values for the status of the job. */
	rowCodes?: string[];
	jobStatuses?: string[];
}

/** The positions of keys whose values are in a list of the contract. */
const LISTS: Array<[at: RegExp, values: string[]]> = [
	[/\/shared_type$/, enums.sharedType],
	[/\/views(\/\*)?\/type$/, enums.viewType],
	[/\/_default_view\/type$/, enums.defaultViewType],
	[/\/type__s$/, enums.orgUserType__s],
	[/\/owner_status$/, enums.transferOwnerStatus],
];

/**
 * The schema of these examples, by their structure and not by their values. Keys that some examples
 * lack are optional, IDs are digits, times have an offset, and codes are those in the examples.
 *
 * @param examples at least one
 * @param at the position in the body: "/users/*"
 */
export function shapeOf(examples: unknown[], hints: Hints, at = ''): Schema {
	const present = examples.filter((one) => one !== null);
	if (present.length < examples.length) {
		return present.length === 0 ? SCALAR : orNull(shapeOf(present, hints, at));
	}
	const [first] = examples;
	const list = LISTS.find(([place]) => place.test(at))?.[1];
	if (list) return { enum: list };
	if (Array.isArray(first)) return ofRows(examples.flat(), hints, `${at}/*`);
	if (isObject(first)) return ofObjects(examples.filter(isObject), hints, at);
	if (typeof first === 'string') return ofString(at);
	return { type: Number.isInteger(first) ? 'integer' : typeof first };
}

/** Rows with results are distinguished by their status. */
function ofRows(rows: unknown[], hints: Hints, at: string): Schema {
	if (rows.length === 0) return { type: 'array', maxItems: 0 };
	const results = rows.filter(isResult);
	if (results.length === 0) return { type: 'array', items: shapeOf(rows, hints, at) };
	const statuses = [...new Set(results.map(({ status }) => status))];
	const groups = statuses.map((status) => results.filter((row) => row.status === status));
	const items = anyOf(groups.map((group) => shapeOf(group, hints, at)));
	// A job may have no rows yet. Any other call has at least one.
	return { type: 'array', items, ...(!hints.rowCodes && { minItems: 1 }) };
}

const isResult = (row: unknown): row is Json => isObject(row) && 'code' in row && 'status' in row;

function ofObjects(examples: Array<Record<string, unknown>>, hints: Hints, at: string): Schema {
	const known = hints.known(at);
	const shown = new Set(examples.flatMap((one) => Object.keys(one)));
	const properties: Record<string, Schema> = { ...known };
	for (const key of shown) {
		const values = examples.filter((one) => key in one).map((one) => one[key]);
		const place = `${at}/${key}`;
		const shape = ofCode(key, examples, hints) ?? shapeOf(values, hints, place);
		properties[key] = known[key] ?? (hints.nullable(at).includes(key) ? orNull(shape) : shape);
	}
	const optional = hints.optional(at);
	const inAll = (key: string) => examples.every((one) => key in one);
	const required = [...shown].filter((key) => inAll(key) && !optional.includes(key));
	return objectOf(properties, required);
}

/** Codes and status values count by their values. */
function ofCode(key: string, examples: Schema[], hints: Hints): Schema | undefined {
	const values = [...new Set(examples.map((one) => one[key]))];
	const results = examples.every(isResult);
	if (key === 'status' && results) return { enum: values };
	if (key === 'status' && hints.jobStatuses) return { enum: hints.jobStatuses };
	if (key === 'code' && results) {
		const failed = examples.every(({ status }) => status === 'error');
		const codes = hints.rowCodes?.filter((code) => failed !== (code === 'SUCCESS'));
		return { enum: codes ?? values };
	}
	return undefined;
}

function ofString(at: string): Schema {
	if (/_time$/i.test(at)) return { type: 'string', format: 'date-time' };
	if (/\/zuid$|\/zaid$/.test(at)) return DIGITS;
	if (/(\/|_)id$|\/jobId$/.test(at)) return ID;
	return { type: 'string' };
}
