import { errorAnswer, isObject } from '../../emulator/answers';
import { allErrors, allOperations as all, commonErrors } from '../../emulator/contract';
import type { DocumentedOperation, DocumentedSuccess } from '../../emulator/contractTypes';
import { ContractCheck } from '../../emulator/schema/check';
import type { Violation } from '../../emulator/schema/check';
import { hintsFor } from '../../emulator/schema/loose';
import { toldInWords } from '../../emulator/schema/words';

/** Values for the placeholders of a path and for the parameters that a query must have. */
const VALUES: Record<string, string> = {
	portal: 'AcmeClients',
	module: 'Contacts',
	type: 'invite',
	active: 'true',
};

/** Nothing in the contract is a list of lists. */
const PLANTED = [[]];

/** Keys that one of several forms has, or one of several rows. */
const DIFFERING: Record<string, string[]> = {
	deleteUser: ['users/0/details/id'],
	getFields: ['fields/0/lookup'],
};

const valueOf = (name: string) => VALUES[name] ?? '7310000000000310002';

/** The address of a call that has what it must have. */
function addressOf({ path, query }: DocumentedOperation): string {
	const search = new URLSearchParams();
	for (const { name, required } of query) if (required === true) search.set(name, valueOf(name));
	return `/crm/v8${path.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name))}?${search}`;
}

const bodyOf = ({ body }: DocumentedOperation) => (isObject(body) ? body.example : undefined);

function judge(
	operation: DocumentedOperation,
	status: number,
	answer: unknown,
	request: { url?: string; body?: unknown } = {},
): Violation[] {
	const check = new ContractCheck();
	const { method } = operation;
	const sent = { url: addressOf(operation), body: bodyOf(operation), ...request };
	check.see({ method, ...sent, status, answer, fault: false });
	return check.take();
}

/** Paths of keys to everything in a value: `['users', '0', 'email']`. */
function pathsOf(value: unknown): string[][] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, one]) => [
		[key],
		...pathsOf(one).map((rest) => [key, ...rest]),
	]);
}

function child(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** A copy in which the object or list at the end of the path was changed. */
function edited(
	value: unknown,
	path: string[],
	change: (at: object, key: string) => void,
): unknown {
	const copy: unknown = structuredClone(value);
	let at: unknown = copy;
	for (const key of path.slice(0, -1)) at = child(at, key);
	change(Object(at), path[path.length - 1]);
	return copy;
}

const documentedSuccesses = all.flatMap((operation) =>
	[...operation.success, ...toldInWords(operation.id)].map(
		(success, index): [string, DocumentedOperation, DocumentedSuccess, string[]] => [
			`${operation.id}, ${index} (${success.basis})`,
			operation,
			success,
			index === 0 ? (DIFFERING[operation.id] ?? []) : [],
		],
	),
);

describe.each(documentedSuccesses)(
	'the success of %s',
	(_, operation, { http, body }, differing) => {
		const outside = (answer: unknown) => judge(operation, http, answer).length > 0;

		test('is inside the contract', () => {
			expect(judge(operation, http, body)).toEqual([]);
		});

		test('is outside with a value of another type', () => {
			const planted = pathsOf(body).filter(
				(path) => !outside(edited(body, path, (at, key) => Reflect.set(at, key, PLANTED))),
			);
			expect(planted.map((path) => path.join('/'))).toEqual([]);
		});

		test('is outside without one of its keys, but for those known to be optional', () => {
			const { optional, known } = hintsFor(operation.id);
			const left = pathsOf(body)
				.filter((path) => !/^\d+$/.test(path[path.length - 1]))
				.filter(
					(path) => !outside(edited(body, path, (at, key) => Reflect.deleteProperty(at, key))),
				)
				.filter((path) => {
					const at = `/${path.slice(0, -1).join('/')}`.replace(/\/\d+(?=\/|$)/g, '/*');
					const key = path[path.length - 1];
					return !optional(at).includes(key) && !(key in known(at));
				});
			expect(left.map((path) => path.join('/'))).toEqual(differing);
		});

		test('is outside with a key that nobody knows', () => {
			const objects = [[], ...pathsOf(body)].filter((path) =>
				isObject(path.reduce<unknown>(child, body)),
			);
			const planted = objects.filter(
				(path) =>
					!outside(edited(body, [...path, 'planted'], (at, key) => Reflect.set(at, key, 1))),
			);
			expect(planted.map((path) => path.join('/'))).toEqual([]);
		});

		test('is outside with another status', () => {
			expect(judge(operation, 207, body)).toMatchObject([{ part: 'answer', pointer: '/status' }]);
		});
	},
);

describe.each(all.map((operation) => [operation.id, operation] as const))(
	'errors of %s',
	(_, operation) => {
		const errors = [...allErrors(operation), ...commonErrors].filter(({ code }) => code !== null);
		const answers = errors.map((error) => errorAnswer(error));

		test('are inside the contract', () => {
			for (const { status, body } of answers) expect(judge(operation, status, body)).toEqual([]);
		});

		test('are outside with another code, another key in the details, or no message', () => {
			for (const { status, body = {} } of answers) {
				const at = pathsOf(body).find((path) => path[path.length - 1] === 'code') ?? [];
				const beside = (key: string) => [...at.slice(0, -1), key];
				const changes = [
					edited(body, at, (item, key) => Reflect.set(item, key, 'UNHEARD_OF')),
					edited(body, beside('message'), (item, key) => Reflect.deleteProperty(item, key)),
					edited(body, beside('planted'), (item, key) => Reflect.set(item, key, 1)),
				];
				for (const change of changes) expect(judge(operation, status, change)).not.toEqual([]);
			}
		});
	},
);

describe.each(all.map((operation) => [operation.id, operation] as const))(
	'the request of %s',
	(_, operation) => {
		const [{ http, body: answer }] = operation.success;
		const judged = (request: { url?: string; body?: unknown }) =>
			judge(operation, http, answer, request);
		const address = addressOf(operation);

		test('is outside with a parameter that nobody knows', () => {
			expect(judged({ url: `${address}&planted=1` })).toEqual([
				{
					call: `${operation.method} ${address}&planted=1`,
					part: 'request',
					pointer: '/query/planted',
					schema: `${operation.id}/request`,
					message: 'is not known',
				},
			]);
		});

		test('is outside without a parameter that it must have', () => {
			for (const { name } of operation.query.filter(({ required }) => required === true)) {
				const url = new URL(address, 'http://emulator.invalid');
				url.searchParams.delete(name);
				expect(judged({ url: url.pathname + url.search })).not.toEqual([]);
			}
		});

		test('is outside with a body in place of none, none in place of one, or another one', () => {
			const body = bodyOf(operation);
			expect(judged({ body: body === undefined ? {} : undefined })).not.toEqual([]);
			for (const path of pathsOf(body)) {
				const changed = edited(body, path, (at, key) => Reflect.set(at, key, PLANTED));
				expect([path, judged({ body: changed })]).not.toEqual([path, []]);
			}
		});

		test('may be outside where it is refused', () => {
			const [refusal] = commonErrors.map((error) => errorAnswer(error));
			const url = `${address}&planted=1`;
			expect(judge(operation, refusal.status, refusal.body, { url })).toEqual([]);
		});
	},
);
