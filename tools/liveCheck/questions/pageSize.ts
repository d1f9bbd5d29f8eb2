import { isObject } from '../../../nodes/ZohoCrmPortals/transport/exactJson';
import { isRefusal, isSuccess, told, unexpected } from '../answers';
import type { Answer } from '../client';
import { open, settled } from '../finding';
import type { Question } from '../question';
import { peopleIn, READ, readUsers } from '../scene';

/** More than any source has. */
const PER_PAGE = 1000;

export const pageSize: Question = {
	id: 'pageSize',
	title: 'How many portal users does a page hold at most?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { portal, userTypes, people }) {
		const amountIn = (id: string) => people.filter((one) => one.userTypeId === id).length;
		const [largest] = [...userTypes].sort((a, b) => amountIn(b.id) - amountIn(a.id));
		const answer = await readUsers(call, portal, largest.id, {
			page: '1',
			per_page: String(PER_PAGE),
		});
		if (isRefusal(answer)) {
			return settled(`fewer than ${PER_PAGE}`, `per_page=${PER_PAGE}: ${told(answer)}.`);
		}
		if (!isSuccess(answer)) return unexpected(answer, `per_page=${PER_PAGE}`);
		const rows = peopleIn(answer, largest.id).length;
		const total = totalOf(answer);
		const seen = `per_page=${PER_PAGE} gave ${rows} of ${total ?? 'an untold number of'} people.`;
		if (total !== undefined && total > rows) {
			return settled(String(rows), seen, `pageSize: ${rows}`);
		}
		return rows > 200
			? settled(`${rows} or more`, seen)
			: open(seen, 'a user type with more than 200 people');
	},
};

function totalOf({ body }: Answer): number | undefined {
	const info = isObject(body) && isObject(body.info) ? body.info : {};
	return typeof info.total_count === 'number' ? info.total_count : undefined;
}
