import { ok, Refusal } from './answers';
import type { Answer, Json } from './answers';
import type { Switches } from './switches';

/** One of the users in a call. */
export interface Part {
	/** Makes the change; undefined if the user is refused. */
	act?: () => void;
	/** The row in the answer: a success, or the error that refuses the user. */
	row: Json;
}

/**
 * Makes the requested change for each user of a call, and treats refused users as the switch says.
 * If all are refused, the answer is a 400 with their rows.
 *
 * @throws Refusal if the whole call is refused, whether or not part of it was done
 */
export function settle(mixedIds: Switches['mixedIds'], parts: Part[]): Answer {
	const wrong = parts.filter(({ act }) => !act).map(({ row }) => row);
	const allWrong = wrong.length === parts.length;
	if (wrong.length > 0 && (allWrong || mixedIds !== 'rows')) {
		const done = mixedIds === 'doneThenNamed' && !allWrong;
		if (done) parts.forEach(({ act }) => act?.());
		throw new Refusal({ status: 400, body: { users: told(mixedIds, wrong) }, done });
	}
	parts.forEach(({ act }) => act?.());
	return ok({ users: parts.map(({ row }) => row) });
}

function told(mixedIds: Switches['mixedIds'], wrong: Json[]): Json[] {
	const [first] = wrong;
	if (mixedIds === 'unnamed') return [{ ...first, code: 'INVALID_DATA', details: {} }];
	return mixedIds === 'first' ? [first] : wrong;
}
