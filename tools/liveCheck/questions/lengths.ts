import { hasCode, isSuccess, resultsIn, told } from '../answers';
import type { Answer } from '../client';
import { open, settled } from '../finding';
import type { Finding } from '../finding';

const OF_LENGTH = /length|too (long|many)/i;

/** Whether a list was refused for its length, and not for the ids in it. */
function isTooLong(answer: Answer): boolean {
	if ([413, 414].includes(answer.status)) return true;
	return (
		answer.status === 400 &&
		resultsIn(answer).some(
			({ details, message }) => 'maximum_length' in details || OF_LENGTH.test(message),
		)
	);
}

/** Whether ids of a list were looked up: a refusal that names one is not for the list's length. */
function namesIds(answer: Answer): boolean {
	return (
		answer.status === 400 && resultsIn(answer).some(({ details }) => 'personality_id' in details)
	);
}

/**
 * Sends lists of more and more ids until one is refused for its length.
 *
 * @param amounts of ids, the least first
 * @param send sends so many ids
 * @param works whether an answer shows that the whole list was read, where it is a success
 */
export async function longest(
	amounts: number[],
	send: (amount: number) => Promise<Answer>,
	works: (answer: Answer) => boolean = () => true,
): Promise<Finding> {
	let most = 0;
	let scheduled: number | undefined;
	const seen: string[] = [];
	for (const amount of amounts) {
		const answer = await send(amount);
		seen.push(`${amount} IDs: ${told(answer)}.`);
		if (isSuccess(answer) && !works(answer)) {
			return settled(`${most} IDs; further ones are ignored`, seen.join(' '));
		}
		if (isTooLong(answer)) {
			const answered = most === 0 ? `fewer than ${amount} IDs` : `${most} IDs, and not ${amount}`;
			return settled(answered, seen.join(' '));
		}
		if (!isSuccess(answer) && !namesIds(answer)) {
			return open(seen.join(' '), 'an answer that tells whether the length is what it refuses');
		}
		if (hasCode(answer, 'SCHEDULED')) scheduled ??= amount;
		most = amount;
	}
	const jobs = scheduled === undefined ? '' : `; a job with ${scheduled} IDs`;
	return settled(`${most} IDs or more${jobs}`, seen.join(' '));
}
