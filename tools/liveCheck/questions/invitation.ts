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
		const untyped = await send(person, { user_type_id: userType.id });
		const seen = [
			`The invitation: ${told(first)}.`,
			`The same again: ${told(again)}.`,
			`A record that does not exist: ${told(nobody)}.`,
			`Without type: ${told(untyped)}.`,
		].join(' ');
		return isRefusal(again)
			? settled(`${told(again)}; ${told(nobody)}`, seen)
			: settled('it is not refused', seen);
	},
};
