import { open } from '../finding';
import type { Question } from '../question';
import { everybodyIn, madeUp, NOT_THERE, READ, USERS } from '../scene';
import { judgeMixed } from './mixed';

export const deleteMixed: Question = {
	id: 'deleteMixed',
	title: 'What do right and wrong IDs in one deletion get?',
	needs: 'writes',
	write: 'delete',
	scopes: ['ZohoCRM.settings.clientportal.DELETE', READ],
	async ask(call, scene) {
		const { people, userType } = scene.named;
		const [person] = people;
		if (!person || !userType) return open('Nobody was named.', '--people');
		const before = await everybodyIn(call, scene, userType.id);
		if (!before.has(person)) return open(NOT_THERE, '--people with people in the user type');
		const wrong = madeUp(person, 2);
		const answer = await call('DELETE', USERS, {
			path: { portal: scene.portal, user_type_id: userType.id },
			query: { personality_ids: [wrong[0], person, wrong[1]].join(',') },
		});
		await scene.wait();
		const left = await everybodyIn(call, scene, userType.id);
		return judgeMixed({ answer, wrong, done: !left.has(person) });
	},
};
