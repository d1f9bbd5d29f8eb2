import { open } from '../finding';
import type { Question } from '../question';
import { madeUp } from '../scene';
import { longest } from './lengths';
import { TRANSFER, TRANSFER_SCOPES } from './transferMixed';

/** The sources have 100 results and 200 at once. */
const AMOUNTS = [12, 13, 100, 200, 201];

export const transferLength: Question = {
	id: 'transferLength',
	title: 'How many IDs may one transfer name, and from how many on is it a job?',
	needs: 'writes',
	write: 'transfer',
	scopes: TRANSFER_SCOPES,
	async ask(call, { portal, named: { people, userType, targetUserType } }) {
		const [person] = people;
		if (!person || !userType || !targetUserType) {
			return open('Nobody or no target was named.', '--people and --target-user-type');
		}
		// Nobody has these ids: nobody is moved.
		const strangers = madeUp(person, Math.max(...AMOUNTS));
		return await longest(
			AMOUNTS,
			async (amount) =>
				await call('POST', TRANSFER, {
					path: { portal, user_type_id: userType.id },
					query: {
						transfer_To: targetUserType.id,
						personality_ids: strangers.slice(0, amount).join(','),
					},
				}),
		);
	},
};
