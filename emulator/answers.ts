import { documentedError } from './contract';
import type { DocumentedError } from './contractTypes';
import type { LaterWork } from './later';

export type Json = Record<string, unknown>;

/** An answer of the emulator. `raw` stands in for `body` where it is not JSON. */
export interface Answer {
	status: number;
	body?: Json;
	raw?: string;
	headers?: Record<string, string>;
	/** Whether the work was done, where the status does not tell: it was below 400. */
	done?: boolean;
	/** What goes on once the answer is out. */
	later?: LaterWork[];
}

/** Thrown to refuse a request. */
export class Refusal extends Error {
	constructor(readonly answer: Answer) {
		super(JSON.stringify(answer.body));
	}
}

/** Puts a documented error into its documented shape. */
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

/** Refuses with the error that the contract documents for this operation, code and cause. */
export function refuse(id: string, code: string, cause = '', details?: Json): Refusal {
	return new Refusal(errorAnswer(documentedError(id, code, cause), details));
}

/** A copy without these keys. */
export function without(object: object, ...keys: string[]): Json {
	return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or an empty one in the place of anything else. */
export function objectIn(value: unknown): Json {
	return isObject(value) ? value : {};
}

/** The objects of a list; none where there is no list. */
export function objectsIn(value: unknown): Json[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The answer of a refusal; other errors go on their way. */
export function answerOf(error: unknown): Answer {
	if (error instanceof Refusal) return error.answer;
	throw error;
}

export const ok = (body: Json): Answer => ({ status: 200, body });

export const noContent: Answer = { status: 204 };
