import { documentedError } from './contract';
import type { DocumentedError } from './contractTypes';
import type { LaterWork } from './later';

export type Json = Record<string, unknown>;

/** An answer of the emulator. If it is not JSON, `raw` takes the place of `body`. */
export interface Answer {
	status: number;
	body?: Json;
	raw?: string;
	headers?: Record<string, string>;
	/**
	 * Whether the work was done, if the status does not show it; by default, if the status is below
	 * 400.
	 */
	done?: boolean;
	/** Work that continues after the answer was sent. */
	later?: LaterWork[];
}

/** An error that refuses a request. */
export class Refusal extends Error {
	constructor(readonly answer: Answer) {
		super(JSON.stringify(answer.body));
	}
}

/** Builds the documented answer for a documented error. */
export function errorAnswer(error: DocumentedError, details?: Json): Answer {
	const item = {
		code: error.code,
		...(error.detailsKnown !== true && { details: details ?? error.details ?? {} }),
		message: error.message ?? String(error.code).toLowerCase(),
		status: 'error',
	};
	const wrapped = error.wrapper !== null && error.wrapper !== '?';
	return {
		status: error.http ?? 400,
		body: wrapped ? { [error.wrapper as string]: [item] } : item,
	};
}

/** Builds the error that the contract documents for this operation, code and cause. */
export function refuse(id: string, code: string, cause = '', details?: Json): Refusal {
	return new Refusal(errorAnswer(documentedError(id, code, cause), details));
}

/** A copy without some keys. */
export function without(object: object, ...keys: string[]): Json {
	return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A deep copy of JSON with objects and arrays of the caller's own realm; `structuredClone` creates
 * foreign ones.
 */
export function copyOf<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}

/** The value if it is an object, otherwise an empty object. */
export function objectIn(value: unknown): Json {
	return isObject(value) ? value : {};
}

/** An object without the keys that are null. */
export function withoutNulls(value: unknown): Json {
	return Object.fromEntries(Object.entries(objectIn(value)).filter(([, one]) => one !== null));
}

/** The objects in a list; an empty list for any other value. */
export function objectsIn(value: unknown): Json[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The answer for a refusal. Other errors are thrown again. */
export function answerOf(error: unknown): Answer {
	if (error instanceof Refusal) return error.answer;
	throw error;
}

export const ok = (body: Json): Answer => ({ status: 200, body });

export const noContent: Answer = { status: 204 };
