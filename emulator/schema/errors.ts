import { isObject } from '../answers';
import { allErrors, commonErrors } from '../contract';
import type { DocumentedError, DocumentedOperation } from '../contractTypes';
import { anyOf, objectOf } from './json';
import type { Schema } from './json';

/** Errors of an operation, by HTTP status and by the key of the array that contains them. */
export interface ErrorGroup {
	http: number;
	/** null if the error is the body itself. */
	wrapper: string | null;
	/** Schema of one error: the body itself, or a row of the array. */
	row: Schema;
}

/** The documented errors of an operation, and those that any call may return. */
export function documentedErrors(operation: DocumentedOperation | undefined): ErrorGroup[] {
	const own = operation ? allErrors(operation) : [];
	return errorGroups([...own, ...commonErrors], operation?.success[0].wrapper ?? null);
}

/** @param usual the array of the operation, for errors whose position no source documents */
export function errorGroups(errors: DocumentedError[], usual: string | null): ErrorGroup[] {
	const groups = new Map<string, Omit<ErrorGroup, 'row'> & { errors: DocumentedError[] }>();
	for (const error of errors.filter(({ code }) => code !== null)) {
		const wrappers = error.wrapper === '?' ? [null, usual] : [error.wrapper];
		for (const wrapper of new Set(wrappers)) {
			const http = error.http ?? 400;
			const key = JSON.stringify([http, wrapper]);
			const group = groups.get(key) ?? { http, wrapper, errors: [] };
			groups.set(key, group);
			group.errors.push(error);
		}
	}
	return [...groups.values()].map(({ http, wrapper, errors: found }) => ({
		http,
		wrapper,
		row: rowSchema(found),
	}));
}

/** The schema of these errors. The code determines the details. */
function rowSchema(errors: DocumentedError[]): Schema {
	const codes = [...new Set(errors.map(({ code }) => code))];
	return {
		type: 'object',
		required: ['code', 'message', 'status'],
		properties: {
			code: { enum: codes },
			details: { type: 'object' },
			message: { type: 'string' },
			status: { const: 'error' },
		},
		additionalProperties: false,
		allOf: codes.map((code) => ({
			if: { properties: { code: { const: code } } },
			then: anyOf(errors.filter((one) => one.code === code).map(withDetails)),
		})),
	};
}

function withDetails({ details, detailsKnown }: DocumentedError): Schema {
	if (details !== null) return { required: ['details'], properties: { details: shape(details) } };
	return detailsKnown === true ? { properties: { details: { not: {} } } } : {};
}

/** The documented keys. IDs among the values repeat the IDs of the request. */
function shape(value: unknown, key = ''): Schema {
	if (Array.isArray(value)) {
		return { type: 'array', items: anyOf(value.map((one) => shape(one))), minItems: 1 };
	}
	if (isObject(value)) {
		const properties = Object.entries(value).map(([name, one]) => [name, shape(one, name)]);
		return objectOf(Object.fromEntries(properties));
	}
	if (key === 'json_path')
		return { type: 'string', pattern: '^\\$(\\.[$\\w]+|\\[(\\d+|\\*)\\])*$' };
	return { type: typeof value === 'number' ? 'integer' : typeof value };
}
