import { isRefusal, isSuccess, told, unexpected } from '../answers';
import { settled } from '../finding';
import type { Question } from '../question';
import { madeUp, READ } from '../scene';
import { INVITATIONS } from './invitations';

export const unknownJob: Question = {
	id: 'unknownJob',
	title: 'How is an unknown job of invitations answered?',
	needs: 'reads',
	scopes: [READ],
	async ask(call, { userTypes: [{ id, module }] }) {
		const [unknown] = madeUp(id, 1);
		const answer = await call('GET', INVITATIONS, {
			path: { module },
			query: { job_id: unknown },
		});
		const all = await call('GET', INVITATIONS, { path: { module } });
		if (!isSuccess(answer) && !isRefusal(answer)) return unexpected(answer, 'An unknown job');
		return settled(told(answer), `Without job_id, which stands for all jobs: ${told(all)}.`);
	},
};
