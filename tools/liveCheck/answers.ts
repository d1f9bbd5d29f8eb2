import { isObject, listOf } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { isDocumented } from './redact';

/** The answer of an organization to a question. Without an answer, the question stays open. */
export interface Finding {
	answer?: string;
	/** The switch of the emulator with the same behavior: "mixedIds: rows". */
	emulator?: string;
	observation: string;
	/** What is needed to settle a question that stays open. */
	needed?: string;
	/**
	 * The people whose changes were not undone, with IDs, which a report does not show; undefined
	 * if there are none.
	 */
	notUndone?: string;
}

/** A question that stays open, returned or thrown. */
export class Open extends Error implements Finding {
	notUndone?: string;

	constructor(
		public observation: string,
		readonly needed = 'another run, later',
	) {
		super(observation);
	}
}

/** Stops a run early, for a reason that the user can do something about. */
export class Stopped extends Open {}

/** The error for a call without an answer. */
export class NoAnswer extends Stopped {}

/** The finding of a question, even if it was thrown. */
export async function found<T>(work: Promise<T>): Promise<T | Open> {
	return await work.catch((error: unknown) => {
		if (error instanceof Open) return error;
		throw error;
	});
}

export function settled(answer: string, observation: string, emulator?: string): Finding {
	return { answer, observation, emulator };
}

/** An answer: JSON in which long numbers are text, or plain text, or undefined without a body. */
export class Answer {
	constructor(
		readonly status: number,
		readonly body: unknown,
	) {}

	get isSuccess(): boolean {
		return this.status >= 200 && this.status < 300;
	}

	/** Whether the request was refused, rather than the caller. */
	get isRefusal(): boolean {
		return this.status >= 400 && this.status < 500 && ![401, 403].includes(this.status);
	}

	/** The rows under a key of the body. */
	rows(key: string) {
		return isObject(this.body) ? listOf(this.body[key]) : [];
	}

	/** All objects with a code: the body itself, or rows of its lists. */
	get results() {
		const { body } = this;
		if (!isObject(body)) return [];
		const places: Array<[where: string, rows: (typeof body)[]]> =
			typeof body.code === 'string'
				? [['in the body itself', [body]]]
				: Object.keys(body).map((key) => [`in the list ${named(key)}`, this.rows(key)]);
		return places.flatMap(([where, rows]) =>
			rows.flatMap(({ code, details, message }) => {
				if (typeof code !== 'string') return [];
				return { where, code, details: isObject(details) ? details : {}, message: String(message) };
			}),
		);
	}

	/** Whether there is a result with this code. */
	has(code: string): boolean {
		return this.results.some((result) => result.code === code);
	}

	/** In words: "400 INVALID_DATA in the body itself, details: personality_id". */
	get told(): string {
		const { status, body } = this;
		const results = this.results.map(({ where, code, details }) => {
			const keys = Object.keys(details).map(named).join(', ');
			return `${named(code)} ${where}, ${keys === '' ? 'no details' : `details: ${keys}`}`;
		});
		if (results.length > 0) return `${status} ${[...new Set(results)].join('; ')}`;
		if (body === undefined) return `${status} without a body`;
		if (!isObject(body)) return `${status} with a body that is no JSON object`;
		const lists = Object.keys(body).filter((key) => Array.isArray(body[key]));
		const lengths = lists.map((key) => `${named(key)}: ${this.rows(key).length}`);
		return `${status} with ${lengths.join(', ')}`;
	}
}

function named(name: string): string {
	return isDocumented(name) ? name : '(undocumented)';
}

/** @throws Open if an answer is not a success */
export function succeeded(answer: Answer, what: string): Answer {
	if (answer.isSuccess) return answer;
	throw unexpected(answer, what);
}

/** The finding if an answer leaves the question open. */
export function unexpected(answer: Answer, what: string): Open {
	return new Open(
		`${what} was answered ${answer.told}.`,
		[401, 403].includes(answer.status)
			? 'a person who may do that: a profile with the permissions for portals and for the API'
			: 'somebody to look at the answer, which is in the report',
	);
}

/**
 * Whether a list was refused for its length (true) or for an ID in it (false); undefined if
 * unclear.
 */
function isTooLong(answer: Answer): boolean | undefined {
	if ([413, 414].includes(answer.status)) return true;
	const results = answer.status === 400 ? answer.results : [];
	const ofLength = ({ details, message }: (typeof results)[number]) =>
		'maximum_length' in details || /length|too (long|many)/i.test(message);
	if (results.some(ofLength)) return true;
	return results.some(({ details }) => 'personality_id' in details) ? false : undefined;
}

/**
 * Sends longer and longer lists of IDs until one is refused for its length.
 *
 * @param send sends this many IDs
 * @param works whether a successful answer shows that the whole list was read
 */
export async function longest(
	amounts: number[],
	send: (amount: number) => Promise<Answer>,
	works: (answer: Answer) => boolean = () => true,
): Promise<Finding> {
	let [most, jobs, seen] = [0, '', ''];
	for (const amount of amounts) {
		const answer = await send(amount);
		seen = `${seen} ${amount} IDs: ${answer.told}.`.trimStart();
		if (answer.isSuccess && !works(answer)) {
			return settled(`${most} IDs; further ones are ignored`, seen);
		}
		const tooLong = !answer.isSuccess && isTooLong(answer);
		if (tooLong === undefined) {
			return new Open(seen, 'an answer that tells whether the length is what it refuses');
		}
		const known = most === 0 ? `fewer than ${amount} IDs` : `${most} IDs, and not ${amount}`;
		if (tooLong) return settled(known, seen);
		if (answer.has('SCHEDULED')) jobs ||= `; a job with ${amount} IDs`;
		most = amount;
	}
	return settled(`${most} IDs or more${jobs}`, seen);
}
