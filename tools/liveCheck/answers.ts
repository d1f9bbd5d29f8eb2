import { isObject, listOf } from '../../nodes/ZohoCrmPortals/http/exactJson';
import { isDocumented } from './redact';

/** What an organization shows about a question. Without an answer the question stays open. */
export interface Finding {
	answer?: string;
	/** The switch of the emulator that plays such an organization: "mixedIds: rows". */
	emulator?: string;
	observation: string;
	/** What it takes to settle a question that stays open. */
	needed?: string;
	/** Who is not as before, with ids, which a report does not show; undefined: everybody is. */
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

/** Ends a run before its end, for a reason that a person can do something about. */
export class Stopped extends Open {}

/** A call that got no answer. */
export class NoAnswer extends Stopped {}

/** What became of a question, also where it was thrown. */
export async function found<T>(work: Promise<T>): Promise<T | Open> {
	return await work.catch((error: unknown) => {
		if (error instanceof Open) return error;
		throw error;
	});
}

export function settled(answer: string, observation: string, emulator?: string): Finding {
	return { answer, observation, emulator };
}

/** An answer: JSON, in which long numbers are texts, or the text itself, or undefined for no body. */
export class Answer {
	constructor(
		readonly status: number,
		readonly body: unknown,
	) {}

	get isSuccess(): boolean {
		return this.status >= 200 && this.status < 300;
	}

	/** A refusal of what was asked, and not of who asks. */
	get isRefusal(): boolean {
		return this.status >= 400 && this.status < 500 && ![401, 403].includes(this.status);
	}

	/** The rows under a key of the body. */
	rows(key: string) {
		return isObject(this.body) ? listOf(this.body[key]) : [];
	}

	/** Everything that has a code: the body itself, or rows of the lists in it. */
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

/** @throws Open where an answer is no success */
export function succeeded(answer: Answer, what: string): Answer {
	if (answer.isSuccess) return answer;
	throw unexpected(answer, what);
}

/** What to say where an answer leaves the question open. */
export function unexpected(answer: Answer, what: string): Open {
	return new Open(
		`${what} was answered ${answer.told}.`,
		[401, 403].includes(answer.status)
			? 'a person who may do that: a profile with the permissions for portals and for the API'
			: 'somebody to look at the answer, which is in the report',
	);
}

/** Whether a list was refused for its length: true, for an id in it: false, or for what is unclear. */
function isTooLong(answer: Answer): boolean | undefined {
	if ([413, 414].includes(answer.status)) return true;
	const results = answer.status === 400 ? answer.results : [];
	const ofLength = ({ details, message }: (typeof results)[number]) =>
		'maximum_length' in details || /length|too (long|many)/i.test(message);
	if (results.some(ofLength)) return true;
	return results.some(({ details }) => 'personality_id' in details) ? false : undefined;
}

/**
 * Sends lists of more and more ids until one is refused for its length.
 *
 * @param send sends so many ids
 * @param works whether an answer shows that the whole list was read, where it is a success
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
