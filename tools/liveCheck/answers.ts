import { isObject, listOf } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import type { Answer } from './client';
import { open } from './finding';
import type { Finding } from './finding';

type Row = ReturnType<typeof listOf>[number];

/** A result in an answer: the body itself, or a row of the list under `wrapper`. */
interface Result {
	wrapper: string | null;
	code: string;
	status: unknown;
	details: Row;
	/** Zoho's text, which may hold personal data. */
	message: string;
}

/** The rows under a key of the body. */
export function rowsIn({ body }: Answer, key: string): Row[] {
	return isObject(body) ? listOf(body[key]) : [];
}

/** Everything in an answer that has a code: the body itself, or rows of the lists in it. */
export function resultsIn({ body }: Answer): Result[] {
	if (!isObject(body)) return [];
	if (typeof body.code === 'string') return [resultOf(body, null)];
	return Object.entries(body).flatMap(([wrapper, list]) =>
		listOf(list)
			.filter(({ code }) => typeof code === 'string')
			.map((row) => resultOf(row, wrapper)),
	);
}

function resultOf({ code, status, details, message }: Row, wrapper: string | null): Result {
	return {
		wrapper,
		code: codeOf(code),
		status,
		details: isObject(details) ? details : {},
		message: String(message ?? ''),
	};
}

/** Codes go into reports as they are; what does not look like one does not. */
function codeOf(code: unknown): string {
	return /^[A-Z][A-Z_]{1,60}$/i.test(String(code)) ? String(code) : '(a code that is no word)';
}

/** Whether an answer has a result with this code. */
export function hasCode(answer: Answer, code: string): boolean {
	return resultsIn(answer).some((result) => result.code === code);
}

export function isSuccess({ status }: Answer): boolean {
	return status >= 200 && status < 300;
}

/** A refusal of what was asked, and not of who asks. */
export function isRefusal({ status }: Answer): boolean {
	return status >= 400 && status < 500 && status !== 401 && status !== 403;
}

/** An answer in words: "400 INVALID_DATA in the body itself, details: personality_id". */
export function told(answer: Answer): string {
	const results = resultsIn(answer).map(({ wrapper, code, details }) => {
		const where = wrapper === null ? 'in the body itself' : `in the list ${keyOf(wrapper)}`;
		const keys = Object.keys(details).map(keyOf).join(', ');
		return `${code} ${where}, ${keys === '' ? 'no details' : `details: ${keys}`}`;
	});
	if (results.length === 0) return `${answer.status} ${withoutResults(answer)}`;
	return `${answer.status} ${[...new Set(results)].join('; ')}`;
}

function withoutResults({ body }: Answer): string {
	if (body === undefined) return 'without a body';
	if (!isObject(body)) return 'with a body that is no JSON object';
	const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
	return `with ${lists.map(([key, value]) => `${keyOf(key)}: ${listOf(value).length}`).join(', ')}`;
}

function keyOf(key: string): string {
	return /^[$A-Za-z]\w{0,40}$/.test(key) && !/\d{6}/.test(key) ? key : '(another key)';
}

/** What to say where an answer leaves the question open. */
export function unexpected(answer: Answer, what: string): Finding {
	return open(
		`${what} was answered ${told(answer)}.`,
		answer.status === 401 || answer.status === 403
			? 'a person who may do that: a profile with the permissions for portals and for the API'
			: 'somebody to look at the answer, which is in the report',
	);
}
