import type { Operation } from '../../execution/operation';
import { outcomeOf, perItem } from '../../execution/perItem';
import { writeRow } from '../../transport/request';
import { USERS } from '../../transport/scopes';
import { readFields } from './userFields';
import { usersByEmail } from './userByEmail';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update CRM user',
	description: 'Change role, profile, state or other data of a user of your Zoho CRM organization',
	method: 'PUT',
	path: '/users/{user}',
	scopes: [USERS.update, USERS.read],
	limit: '1 a call',
	hint: 'A user whose status becomes inactive will no longer be able to log in to Zoho CRM',
	thing: 'CRM user',
	done: 'updated',
	strategy: usersByEmail(
		perItem({
			group: (item) => {
				const fields = readFields(item, item.value('updateFields', {}));
				if (Object.keys(fields).length === 0) {
					throw item.invalid('updateFields', 'is empty', 'Add a field to change.');
				}
				return {
					subject: { id: item.text('user') },
					request: {
						...item.request(),
						body: { users: [fields] },
					},
				};
			},
			send: async (connection, { subject, request }) => ({
				...subject,
				...outcomeOf(await writeRow(connection, request, subject.id)),
			}),
		}),
	),
};
