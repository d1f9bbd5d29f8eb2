/** A JSON schema, or a part of one. */
export type Schema = Record<string, unknown>;

export const DIGITS: Schema = { type: 'string', pattern: '^[0-9]+$' };

/** The contract's conventions: "15-19 digit strings; never numbers". */
export const ID: Schema = { type: 'string', pattern: '^[0-9]{15,19}$' };

/** Text, numbers, booleans and null: any value that is not a list or an object. */
export const SCALAR: Schema = { type: ['string', 'number', 'boolean', 'null'] };

export const NEVER: Schema = { not: {} };

/** An object with these keys and no others. All are required unless `required` names some. */
export function objectOf(
	properties: Record<string, Schema>,
	required = Object.keys(properties),
): Schema {
	return { type: 'object', properties, required, additionalProperties: false };
}

export function orNull(schema: Schema): Schema {
	if (typeof schema.type === 'string') return { ...schema, type: [schema.type, 'null'] };
	return anyOf([{ type: 'null' }, schema]);
}

/** Any of these schemas, without duplicates. */
export function anyOf(schemas: Schema[]): Schema {
	const different = new Map(schemas.map((schema) => [JSON.stringify(schema), schema]));
	const [only, ...others] = different.values();
	return others.length === 0 ? only : { anyOf: [...different.values()] };
}

/** The texts in a list; an empty list for any other value. */
export function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}
