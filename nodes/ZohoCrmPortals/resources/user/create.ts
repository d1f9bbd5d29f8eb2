import type { Operation } from '../../execution/operation';
import { createdId, outcomeOf, perItem } from '../../execution/perItem';
import { sendForRow } from '../../transport/request';
import { readFields } from './userFields';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create CRM user',
	description: 'Add a user to your Zoho CRM organization; Zoho mails them an invitation',
	method: 'POST',
	path: '/users',
	scope: 'ZohoCRM.users.CREATE',
	limit: '1 a call',
	hint: 'Zoho will mail an invitation to the new user',
	thing: 'CRM user',
	done: 'created',
	strategy: perItem({
		group: (item) => {
			const email = item.text('email');
			const user = {
				email,
				first_name: item.text('first_name'),
				last_name: item.value('last_name', '') || undefined,
				role: item.text('role'),
				profile: item.text('profile'),
				...readFields(item, item.value('additionalFields', {})),
			};
			return { subject: { email }, request: { ...item.request(), body: { users: [user] } } };
		},
		send: async (connection, { request }) => {
			const row = await sendForRow(connection, request);
			return { id: createdId(row), ...outcomeOf(row) };
		},
	}),
};
