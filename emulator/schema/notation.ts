import { isObject } from '../answers';
import { enums } from '../contract';
import { anyOf, DIGITS, NEVER, objectOf, orNull, texts } from './json';
import type { Schema } from './json';

/** Keywords of JSON schema that the contract uses unchanged. */
const KEYWORDS = ['minLength', 'maxLength', 'maxItems', 'pattern', 'enum', 'additionalProperties'];

const TYPES = ['object', 'array', 'string', 'boolean', 'integer', 'null'];

const LISTS: Record<string, string[]> = enums;

/**
 * The schema of a part of a body in the contract's notation. An object with `type` is similar to
 * JSON schema, any other object lists its keys, a list contains the allowed values, and text is a
 * shorthand such as "string<=50|null" or "{id,name}|null".
 *
 * @throws for an unknown notation, so that no part of a body is left unchecked
 */
export function schemaOfNotation(notation: unknown): Schema {
	if (typeof notation === 'string') return ofText(notation);
	if (Array.isArray(notation)) return { enum: notation };
	if (!isObject(notation)) throw new Error(`Not a notation: ${JSON.stringify(notation)}`);
	if (isNode(notation)) return ofNode(notation);
	if ('docs' in notation && 'oas' in notation) {
		return anyOf([schemaOfNotation(notation.docs), schemaOfNotation(notation.oas)]);
	}
	return ofKeys(notation);
}

/** The values in a part of the contract such as "#/enums/languages". */
export function listed(reference: string): string[] {
	const name = reference.replace('#/enums/', '');
	if (!LISTS[name]) throw new Error(`The contract has no list ${reference}`);
	return LISTS[name];
}

/**
 * Keys that are required according to all sources: OpenAPI files and documentation often differ.
 */
function requiredBy(node: Schema, properties: Schema): Schema {
	const lists = Object.entries(node)
		.filter(([key]) => /^required(-|$)/.test(key))
		.map(([, list]) => texts(list));
	const [first = [], ...others] = lists;
	const inAll = (key: string) => others.every((list) => list.some((one) => names(one, key)));
	const required = first.filter(inAll).filter((key) => !differs(properties[key]));
	// "transfer (or move_subordinate)"
	const choice = lists.flat().flatMap((one) => /^(\w+) \(or (\w+)\)$/.exec(one)?.slice(1) ?? []);
	return {
		required: required.filter((key) => !choice.includes(key)),
		...(choice.length > 0 && { anyOf: choice.map((key) => ({ required: [key] })) }),
	};
}

const names = (entry: string, key: string) => entry === key || entry.startsWith(`${key} (or `);

/** Whether the sources differ about a required key: "docs-no/oas-yes". */
const differs = (property: unknown) =>
	isObject(property) && /-(no|absent)\b/.test(String(property.required ?? ''));

/** Whether an object is a schema: its key `type` could also be a key of the body, as in a view. */
function isNode(notation: Schema): boolean {
	const types = [notation.type ?? []].flat();
	return types.length > 0 && types.every((type) => TYPES.includes(String(type)));
}

function ofNode(node: Schema): Schema {
	const kept = Object.entries(node).filter(([key]) => KEYWORDS.includes(key));
	const schema: Schema = { type: node.type, ...Object.fromEntries(kept) };
	if (node.exactly !== undefined) Object.assign(schema, { minItems: 1, maxItems: node.exactly });
	if (isObject(node.items)) {
		// Some lists specify the required keys of their rows separately.
		const lists = Object.entries(node).filter(([key]) => /^required-/.test(key));
		const row = isNode(node.items) ? { ...Object.fromEntries(lists), ...node.items } : node.items;
		schema.items = schemaOfNotation(row);
	}
	if (isObject(node.properties)) {
		const closed = { additionalProperties: node.additionalProperties === true };
		const keys = Object.entries(node.properties);
		const properties = Object.fromEntries(keys.map(([key, one]) => [key, schemaOfNotation(one)]));
		// PUT /users lists it only among the required keys.
		if (texts(node.required).includes('id')) properties.id ??= DIGITS;
		Object.assign(schema, closed, { properties }, requiredBy(node, node.properties));
	}
	return schema;
}

function ofKeys(notation: Schema): Schema {
	const entries = Object.entries(notation);
	const required = entries.filter(([, one]) => /required!/.test(JSON.stringify(one)));
	return objectOf(
		Object.fromEntries(entries.map(([key, one]) => [key, schemaOfNotation(one)])),
		required.map(([key]) => key),
	);
}

/** The meaning of a shorthand, by its beginning. */
const SHORTHAND: Array<[begins: RegExp, schema: (match: RegExpExecArray) => Schema]> = [
	[/^readOnly/, () => NEVER],
	[/^boolean, must be true/, () => ({ const: true })],
	[/^boolean/, () => ({ type: 'boolean' })],
	[/^integer/, () => ({ type: 'integer' })],
	[/^(string digits|id string)/, () => DIGITS],
	[/^yyyy-mm-dd/, () => ({ type: 'string', format: 'date' })],
	[/^(#\/enums\/\w+)/, ([, list]) => ({ enum: listed(list) })],
	[/^string.*?<=(\d+)/, ([, most]) => ({ type: 'string', maxLength: Number(most) })],
	[/^(string|enum)/, () => ({ type: 'string' })],
	[
		/^(?:docs only: )?array.*?(?:<=(\d+) (?!in OAS).*)?of (\{.*\})/,
		([, most, row]) => ({
			type: 'array',
			items: ofBraces(row),
			...(most && { maxItems: Number(most) }),
		}),
	],
	[/^array/, () => ({ type: 'array' })],
	[/^(?:object )?(\{.*\})/, ([, keys]) => ofBraces(keys)],
	[/^object/, () => ({ type: 'object' })],
];

function ofText(notation: string): Schema {
	for (const [begins, schema] of SHORTHAND) {
		const match = begins.exec(notation);
		if (!match) continue;
		const found = schema(match);
		const empty = / or ""/.test(notation) ? [{ const: '' }] : [];
		return /\|null| or null/.test(notation)
			? orNull(anyOf([found, ...empty]))
			: anyOf([found, ...empty]);
	}
	throw new Error(`The contract's notation "${notation}" is not known`);
}

/**
 * "{id,_default_view?{id,type}}": the keys of an object; keys with a question mark are optional.
 */
function ofBraces(notation: string): Schema {
	const properties: Record<string, Schema> = {};
	const required: string[] = [];
	const [, inner] = /^\{(.*)\}$/.exec(notation) ?? [];
	for (const [, key, optional, nested] of inner.matchAll(/(\w+)(\??)(\{[^}]*\})?/g)) {
		properties[key] = nested ? ofBraces(nested) : ofKey(key);
		if (optional === '') required.push(key);
	}
	return objectOf(properties, required);
}

function ofKey(key: string): Schema {
	if (key === 'id') return DIGITS;
	return { type: /^(_delete|read_only)$/.test(key) ? 'boolean' : 'string' };
}
