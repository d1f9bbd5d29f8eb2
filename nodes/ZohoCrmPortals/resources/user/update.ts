import type { Operation } from '../../transport/operation';
import { outcomeOf, single } from '../../transport/single';
import { readFields } from './userFields';

export const update: Operation = {
	name: 'Update',
	value: 'update',
	action: 'Update CRM user',
	description: 'Change role, profile, state or other data of a user of your Zoho CRM organization',
	method: 'PUT',
	path: '/users/{user}',
	scope: 'ZohoCRM.users.UPDATE',
	limit: '1 a call',
	hint: 'A user whose status becomes inactive will no longer be able to log in to Zoho CRM',
	thing: 'CRM user',
	done: 'updated',
	...single({
		subject: (item) => ({ id: item.text('user') }),
		request: (item) => {
			const fields = readFields(item, item.value('updateFields', {}));
			if (Object.keys(fields).length === 0) {
				throw item.refuse('updateFields', 'is empty', 'Add a field to change.');
			}
			// Asked again, Zoho refuses a state that the first call brought about.
			return { body: { users: [fields] }, repeat: 'doubtful' };
		},
		result: (row, { id }) => ({ id, ...outcomeOf(row) }),
	}),
};
