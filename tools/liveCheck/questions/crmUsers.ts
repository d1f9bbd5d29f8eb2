import { isRefusal, isSuccess, rowsIn, told, unexpected } from '../answers';
import { open, settled } from '../finding';
import type { Question } from '../question';

const PORTAL_USER = 'Client Portal User';

export const crmUsers: Question = {
	id: 'crmUsers',
	title: 'Are portal users among the CRM users?',
	needs: 'reads',
	scopes: ['ZohoCRM.users.READ'],
	async ask(call, { people }) {
		if (people.length === 0) {
			return open('Nobody is in the portal.', 'a portal with at least one user');
		}
		const answer = await call('GET', '/users', {
			query: { type: 'AllUsers', type__s: PORTAL_USER },
		});
		if (isRefusal(answer)) return settled('no, they cannot be asked for', `${told(answer)}.`);
		if (!isSuccess(answer)) return unexpected(answer, 'A list of CRM users of that type');
		const found = rowsIn(answer, 'users').filter(({ type__s }) => type__s === PORTAL_USER);
		const seen = `type__s=${PORTAL_USER}: ${told(answer)}, ${found.length} of them of that type.`;
		return settled(found.length > 0 ? 'yes' : 'no', seen);
	},
};
