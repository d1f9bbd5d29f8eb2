import { open } from '../finding';
import type { Question } from '../question';
import { everybodyIn, madeUp, NOT_THERE, READ, USERS } from '../scene';
import { longest } from './lengths';

/** The sources have 255 characters, 200 results, 499 at once. */
const AMOUNTS = [12, 13, 100, 200, 499, 500];

export const deleteLength: Question = {
	id: 'deleteLength',
	title: 'How many IDs may one deletion name, and from how many on is it a job?',
	needs: 'writes',
	write: 'delete',
	scopes: ['ZohoCRM.settings.clientportal.DELETE', READ],
	async ask(call, scene) {
		const { people, userType } = scene.named;
		const [, person] = people;
		if (!person || !userType) {
			return open('Fewer than two people were named.', '--people with two records');
		}
		const before = await everybodyIn(call, scene, userType.id);
		if (!before.has(person)) return open(NOT_THERE, '--people with people in the user type');
		const most = Math.max(...AMOUNTS);
		const strangers = madeUp(person, most);
		// The longest list names the one who is there, so that a job has something to do.
		const ids = (amount: number) =>
			amount === most ? [...strangers.slice(1), person] : strangers.slice(0, amount);
		const path = { portal: scene.portal, user_type_id: userType.id };
		let sent = 0;
		const finding = await longest(AMOUNTS, async (amount) => {
			sent = amount;
			return await call('DELETE', USERS, {
				path,
				query: { personality_ids: ids(amount).join(',') },
			});
		});
		if (sent < most) return finding;
		await scene.wait();
		const left = await everybodyIn(call, scene, userType.id);
		const outcome = left.has(person) ? 'is still there' : 'is gone';
		const observation = `${finding.observation} The one known ID, among ${most}, ${outcome}.`;
		return { ...finding, observation };
	},
};
