import type { Operation } from '../../execution/operation';
import { createdId, outcomeOf, perItem } from '../../execution/perItem';
import { writeRow } from '../../transport/request';
import { USERS } from '../../transport/scopes';
import { readFields } from './userFields';
import { usersByEmail } from './userByEmail';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create CRM user',
	description: 'Add a user to your Zoho CRM organization; Zoho mails them an invitation',
	method: 'POST',
	path: '/users',
	scopes: [USERS.create, USERS.read],
	limit: '1 a call',
	hint: 'Zoho will mail an invitation to the new user',
	thing: 'CRM user',
	done: 'created',
	strategy: usersByEmail(
		perItem({
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
				const row = await writeRow(connection, request);
				return { ...createdId(row), ...outcomeOf(row) };
			},
		}),
		(item) => ({ email: item.text('email') }),
	),
};
