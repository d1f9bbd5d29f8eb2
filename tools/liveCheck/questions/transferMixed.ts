import { open } from '../finding';
import type { Question } from '../question';
import { everybodyIn, madeUp, NOT_THERE, READ, USERS } from '../scene';
import { thenUndo } from '../undo';
import { judgeMixed } from './mixed';

export const TRANSFER = `${USERS}/action/transfer`;

/** Sources differ in which of the two it takes. */
export const TRANSFER_SCOPES = [
	'ZohoCRM.settings.clientportal.CREATE',
	'ZohoCRM.settings.clientportal.UPDATE',
	READ,
];

export const transferMixed: Question = {
	id: 'transferMixed',
	title: 'What do right and wrong IDs in one transfer get?',
	needs: 'writes',
	write: 'transfer',
	scopes: TRANSFER_SCOPES,
	async ask(call, scene) {
		const { people, userType, targetUserType } = scene.named;
		const [person] = people;
		if (!person || !userType || !targetUserType) {
			return open('Nobody or no target was named.', '--people and --target-user-type');
		}
		const before = await everybodyIn(call, scene, userType.id);
		if (!before.has(person)) return open(NOT_THERE, '--people with people in the user type');
		const transfer = async (from: string, to: string, ids: string[]) =>
			await call('POST', TRANSFER, {
				path: { portal: scene.portal, user_type_id: from },
				query: { transfer_To: to, personality_ids: ids.join(',') },
			});
		const move = async () => {
			const wrong = madeUp(person, 2);
			const ids = [wrong[0], person, wrong[1]];
			const answer = await transfer(userType.id, targetUserType.id, ids);
			await scene.wait();
			const there = await everybodyIn(call, scene, targetUserType.id);
			return judgeMixed({ answer, wrong, done: there.has(person) });
		};
		return await thenUndo(move, {
			people: [person],
			todo: 'to be moved back by hand',
			undo: async () => await transfer(targetUserType.id, userType.id, [person]),
			read: async () => {
				await scene.wait();
				return await everybodyIn(call, scene, userType.id);
			},
			isBack: (there) => there !== undefined,
		});
	},
};
