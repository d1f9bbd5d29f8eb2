import type { INodeProperties } from 'n8n-workflow';

import { isObject } from '../http/exactJson';
import { display } from './field';
import type { AnyField, Field, Place, Shown, ValuesOf } from './field';

/** Fields of a collection. Only the fields that the user added have a value. */
type Fields = Record<string, AnyField>;

/** The values that were added to a collection. */
type Added<F> = Partial<ValuesOf<F>>;

/**
 * A collection of optional settings. A field that was added must have a value: otherwise, an
 * expression that returns nothing would silently turn off an option.
 *
 * @param fields by the names under which n8n stores them
 */
export function collection<F extends Fields>(shown: Shown, fields: F): Field<Added<F>> {
	return {
		property: {
			default: {},
			...shown,
			type: 'collection',
			options: Object.values(fields).map(({ property }) => property),
		},
		check: (given, at) => {
			const values: Record<string, unknown> = {};
			for (const [key, value] of Object.entries(objectIn(given, at))) {
				const field = fields[key];
				if (!Object.hasOwn(fields, key)) throw unknownKey(key, Object.keys(fields), at);
				values[key] = field.check(value, at.part(field.property.displayName));
			}
			return values as Added<F>;
		},
		runWide: (values) => {
			const agreed: Record<string, unknown> = {};
			for (const [key, { runWide, property }] of Object.entries(fields)) {
				if (!runWide) continue;
				const value = values[key as keyof F];
				Object.assign(
					agreed,
					value === undefined ? { [property.displayName]: value } : runWide(value),
				);
			}
			return agreed;
		},
	};
}

/**
 * A collection of entries that all have the same fields. Fields that an entry leaves out have their
 * default values.
 *
 * @param entry the name under which n8n stores the entries, and the label of one entry
 */
export function entries<F extends Fields>(
	shown: Shown,
	entry: { name: string; displayName: string },
	fields: F,
): Field<Array<ValuesOf<F>>> {
	const read = (given: unknown, at: Place): ValuesOf<F> => {
		const object = objectIn(given, at);
		const unknown = Object.keys(object).find((key) => !Object.hasOwn(fields, key));
		if (unknown !== undefined) throw unknownKey(unknown, Object.keys(fields), at);
		const values: Record<string, unknown> = {};
		for (const [key, { property, check }] of Object.entries(fields)) {
			const value = key in object ? object[key] : property.default;
			values[key] = check(value, at.part(`${at.label}: ${property.displayName}`));
		}
		return values as ValuesOf<F>;
	};
	return {
		property: {
			default: {},
			...shown,
			type: 'fixedCollection',
			options: [
				{
					...entry,
					values: Object.values(fields).map(({ property }): INodeProperties => property),
				},
			],
		},
		check: (given, at) => {
			const object = objectIn(given, at);
			const unknown = Object.keys(object).find((key) => key !== entry.name);
			if (unknown !== undefined) throw unknownKey(unknown, [entry.name], at);
			if (!(entry.name in object)) return [];
			const list: unknown = object[entry.name];
			return (Array.isArray(list) ? list : [list]).map((one) => read(one, at));
		},
	};
}

function objectIn(given: unknown, at: Place): Record<string, unknown> {
	if (isObject(given)) return given;
	throw at.invalid(
		`is ${display(given)}, which is not a collection`,
		'Add the fields that you need in the form, and use an expression for each value, not for the whole collection.',
	);
}

function unknownKey(key: string, known: string[], at: Place) {
	return at.invalid(
		`has the unknown key ${display(key)}`,
		`The known keys are: ${known.join(', ')}.`,
	);
}
