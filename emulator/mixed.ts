import { ok, Refusal } from './answers';
import type { Answer, Json } from './answers';
import type { Behaviour } from './behaviour';

/** One of the users that a call names. */
export interface Part {
	/** What to do to it; unset where it is refused. */
	act?: () => void;
	/** Said of it: a success when it is done, or the error that refuses it. */
	row: Json;
}

/**
 * Does what a call asks for each of its users, with those that are refused dealt with as the switch
 * says. Where all are refused the answer is a 400 with their rows.
 *
 * @throws Refusal where the call as a whole is refused, in part done or not
 */
export function settle(mixedIds: Behaviour['mixedIds'], parts: Part[]): Answer {
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

function told(mixedIds: Behaviour['mixedIds'], wrong: Json[]): Json[] {
	const [first] = wrong;
	if (mixedIds === 'unnamed') return [{ ...first, code: 'INVALID_DATA', details: {} }];
	return mixedIds === 'first' ? [first] : wrong;
}
