import type { Operation } from '../../transport/operation';
import { createdId, outcomeOf, single } from '../../transport/single';
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
	...single({
		subject: (item) => ({ email: item.text('email') }),
		request: (item) => ({
			body: {
				users: [
					{
						email: item.text('email'),
						first_name: item.text('first_name'),
						last_name: item.value('last_name', '') || undefined,
						role: item.text('role'),
						profile: item.text('profile'),
						...readFields(item, item.value('additionalFields', {})),
					},
				],
			},
		}),
		result: (row) => ({ id: createdId(row), ...outcomeOf(row) }),
	}),
};
