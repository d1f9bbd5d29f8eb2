import { isRefusal, isSuccess, told, unexpected } from '../answers';
import { open, settled } from '../finding';
import type { Question } from '../question';
import { peopleIn, READ, readUsers } from '../scene';

export const pages: Question = {
	id: 'pages',
	title: 'Do page and per_page work on a list of portal users?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { portal, userTypes, people }) {
		const type = userTypes.find(
			({ id }) => people.filter(({ userTypeId }) => userTypeId === id).length > 1,
		);
		if (!type) return open('No user type has two people.', 'a user type with two people');
		const read = async (page: number) =>
			await readUsers(call, portal, type.id, { page: String(page), per_page: '1' });
		const first = await read(1);
		if (isRefusal(first)) return settled('no, they are refused', `A page of one: ${told(first)}.`);
		if (!isSuccess(first)) return unexpected(first, 'A page of one');
		const [one, ...more] = peopleIn(first, type.id);
		if (!one || more.length > 0) {
			return settled('no', `per_page=1 gave ${more.length + 1} people.`);
		}
		const second = await read(2);
		if (!isSuccess(second)) return unexpected(second, 'The second page');
		const [other] = peopleIn(second, type.id);
		return other?.id === one.id
			? settled('no', 'The second page was the first again.', 'ignoresPages: true')
			: settled('yes', `The second page of one: ${told(second)}.`, 'ignoresPages: false');
	},
};
