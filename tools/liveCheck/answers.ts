import { isObject, listOf } from '../../nodes/ZohoCrmPortals/transport/exactJson';
import type { Answer } from './client';
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

export function settled(answer: string, observation: string, emulator?: string): Finding {
	return { answer, observation, emulator };
}

export function open(observation: string, needed: string): Finding {
	return { observation, needed };
}

/** The rows under a key of the body. */
export function rowsIn({ body }: Answer, key: string) {
	return isObject(body) ? listOf(body[key]) : [];
}

/** Everything in an answer that has a code: the body itself, or rows of the lists in it. */
export function resultsIn({ body }: Answer) {
	if (!isObject(body)) return [];
	const lists = Object.entries(body).map(([key, list]) => ({
		where: `in the list ${named(key)}`,
		rows: listOf(list),
	}));
	const alone = { where: 'in the body itself', rows: [body] };
	return (typeof body.code === 'string' ? [alone] : lists).flatMap(({ where, rows }) =>
		rows.flatMap(({ code, details, message }) => {
			if (typeof code !== 'string') return [];
			return { where, code, details: isObject(details) ? details : {}, message: String(message) };
		}),
	);
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
	const { status, body } = answer;
	const results = resultsIn(answer).map(({ where, code, details }) => {
		const keys = Object.keys(details).map(named).join(', ');
		return `${named(code)} ${where}, ${keys === '' ? 'no details' : `details: ${keys}`}`;
	});
	if (results.length > 0) return `${status} ${[...new Set(results)].join('; ')}`;
	if (body === undefined) return `${status} without a body`;
	if (!isObject(body)) return `${status} with a body that is no JSON object`;
	const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
	const lengths = lists.map(([key, value]) => `${named(key)}: ${listOf(value).length}`);
	return `${status} with ${lengths.join(', ')}`;
}

function named(name: string): string {
	return isDocumented(name) ? name : '(undocumented)';
}

/** What to say where an answer leaves the question open. */
export function unexpected(answer: Answer, what: string): Finding {
	return open(
		`${what} was answered ${told(answer)}.`,
		[401, 403].includes(answer.status)
			? 'a person who may do that: a profile with the permissions for portals and for the API'
			: 'somebody to look at the answer, which is in the report',
	);
}

/** Whether a list was refused for its length: true, for an id in it: false, or for what is unclear. */
function isTooLong(answer: Answer): boolean | undefined {
	if ([413, 414].includes(answer.status)) return true;
	const results = answer.status === 400 ? resultsIn(answer) : [];
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
		seen = `${seen} ${amount} IDs: ${told(answer)}.`.trimStart();
		const tooLong = isSuccess(answer) ? !works(answer) : isTooLong(answer);
		if (tooLong && isSuccess(answer)) return settled(`${most} IDs; further ones are ignored`, seen);
		if (tooLong)
			return settled(
				most === 0 ? `fewer than ${amount} IDs` : `${most} IDs, and not ${amount}`,
				seen,
			);
		if (tooLong === undefined)
			return open(seen, 'an answer that tells whether the length is what it refuses');
		if (hasCode(answer, 'SCHEDULED')) jobs ||= `; a job with ${amount} IDs`;
		most = amount;
	}
	return settled(`${most} IDs or more${jobs}`, seen);
}
