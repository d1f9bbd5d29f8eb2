import { hasCode, isRefusal, isSuccess, resultsIn, told, unexpected } from '../answers';
import type { Answer } from '../client';
import { settled } from '../finding';
import type { Finding } from '../finding';

/** A call that named one person who is there between two ids that nobody has. */
interface MixedCall {
	answer: Answer;
	wrong: string[];
	/** Whether the lists show that it was done to the one who is there. */
	done: boolean;
}

/** What right and wrong ids in one call get. */
export function judgeMixed({ answer, wrong, done }: MixedCall): Finding {
	const named = resultsIn(answer).filter(({ details }) =>
		wrong.includes(String(details.personality_id)),
	);
	const outcome = done ? 'done' : 'not done';
	const seen = `One who is there between two unknown: ${told(answer)}. It was ${outcome}.`;
	if (isSuccess(answer)) {
		if (hasCode(answer, 'SCHEDULED')) return settled(`a job, ${outcome}`, seen);
		if (named.length < wrong.length) return settled(`a success, ${outcome}`, seen);
		return settled(`a row each, ${outcome}`, seen, done ? 'mixedIds: rows' : undefined);
	}
	if (!isRefusal(answer)) return unexpected(answer, 'The call');
	if (done) return settled('a refusal, done all the same', seen, 'mixedIds: doneThenNamed');
	if (named.length === 0) return settled('a refusal without IDs', seen, 'mixedIds: unnamed');
	return named.length === 1
		? settled('a refusal that names one wrong ID', seen, 'mixedIds: first')
		: settled('a refusal that names the wrong IDs', seen, 'mixedIds: named');
}
