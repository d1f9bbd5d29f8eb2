import type { DocumentedOperation, DocumentedParameter } from '../contractTypes';
import { DIGITS, objectOf } from './json';
import type { Schema } from './json';
import { listed, schemaOfNotation } from './notation';

/**
 * The schema of the request of an operation: `{ path, query, body }`, with the query in the format
 * of `decodeQuery`, and the body only if there is one.
 */
export function requestSchema(operation: DocumentedOperation): Schema {
	const { pathParams, query, body } = operation;
	const required = query.filter((one) => one.required === true).map(({ name }) => name);
	const parts = {
		path: objectOf(byName(pathParams, ({ type, maxLength }) => ofPart(type, maxLength))),
		query: objectOf(
			byName(query, (parameter) => ofParameter(operation, parameter)),
			required,
		),
	};
	return objectOf(body === null ? parts : { ...parts, body: schemaOfNotation(body) });
}

/**
 * Converts lists to lists and numbers to numbers. A parameter that occurs twice becomes a list,
 * which is an error.
 */
export function decodeQuery(
	{ query }: DocumentedOperation,
	given: URLSearchParams,
): Record<string, unknown> {
	const decoded: Record<string, unknown> = {};
	for (const name of new Set(given.keys())) {
		const [value, ...others] = given.getAll(name);
		const parameter = query.find((one) => one.name === name);
		decoded[name] = others.length > 0 ? [[value, ...others]] : decode(parameter, value);
	}
	return decoded;
}

function decode(parameter: DocumentedParameter | undefined, value: string): unknown {
	if (!parameter) return value;
	if (isList(parameter)) return value.split(',');
	return parameter.type === 'integer' && /^\d+$/.test(value) ? Number(value) : value;
}

const isList = ({ type, note = '' }: DocumentedParameter) => /comma list/.test(type + note);

const byName = (
	parameters: DocumentedParameter[],
	schema: (parameter: DocumentedParameter) => Schema,
): Record<string, Schema> =>
	Object.fromEntries(parameters.map((parameter) => [parameter.name, schema(parameter)]));

function ofPart(type: string, maxLength?: number): Schema {
	if (type === 'string(digits)') return DIGITS;
	return { type: 'string', minLength: 1, ...(maxLength !== undefined && { maxLength }) };
}

function listOf(items: Schema, maxItems?: number): Schema {
	return { type: 'array', items, minItems: 1, ...(maxItems !== undefined && { maxItems }) };
}

/** Lengths of texts are not checked, because those in the OpenAPI files come from a generator. */
function ofParameter({ limits }: DocumentedOperation, parameter: DocumentedParameter): Schema {
	const { name, type, values, max, note = '' } = parameter;
	if (isList(parameter)) {
		if (!/ids$/.test(name)) return listOf({ type: 'string', pattern: '^[$\\w]+$' });
		return listOf(DIGITS, limits.syncIdsMax ?? limits.idsMax);
	}
	if (values !== undefined) {
		const list = typeof values === 'string' ? listed(values) : values;
		return { enum: /empty string/.test(note) ? [...list, ''] : list };
	}
	if (type === 'integer') {
		return { type: 'integer', minimum: 1, ...(typeof max === 'number' && { maximum: max }) };
	}
	if (type === 'boolean') return { enum: ['true', 'false'] };
	return ofPart(type);
}
