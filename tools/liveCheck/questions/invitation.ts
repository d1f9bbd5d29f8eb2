import { isRefusal, isSuccess, told, unexpected } from '../answers';
import { open, settled } from '../finding';
import type { Question } from '../question';
import { madeUp } from '../scene';

export const invitation: Question = {
	id: 'invitation',
	title: 'How is an invitation refused to who is invited already, and to nobody?',
	needs: 'writes',
	write: 'invite',
	scopes: ['ZohoCRM.settings.clientportal.CREATE'],
	async ask(call, { named: { people, userType } }) {
		const [person] = people;
		if (!person || !userType) return open('Nobody was named.', '--people');
		const send = async (record_id: string, query: Record<string, string>) =>
			await call('POST', '/{module}/{record_id}/actions/portal_invite', {
				path: { module: userType.module, record_id },
				query,
			});
		const asked = { user_type_id: userType.id, type: 'invite' };
		const first = await send(person, asked);
		if (!isSuccess(first)) return unexpected(first, 'The invitation');
		const again = await send(person, asked);
		const [stranger] = madeUp(person, 1);
		const nobody = await send(stranger, asked);
		const seen = [
			`The invitation: ${told(first)}.`,
			`The same again: ${told(again)}.`,
			`A record that does not exist: ${told(nobody)}.`,
		].join(' ');
		if (isSuccess(again)) return settled('it is not refused', seen);
		if (!isRefusal(again)) return unexpected(again, 'The same invitation again');
		// Asked only here: who can be invited again would get one more email.
		const untyped = await send(person, { user_type_id: userType.id });
		return settled(`${told(again)}; ${told(nobody)}`, `${seen} Without type: ${told(untyped)}.`);
	},
};
