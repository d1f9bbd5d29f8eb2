import type { IDataObject } from 'n8n-workflow';

import { isDryRun } from '../../execution/dryRun';
import type { Operation } from '../../execution/operation';
import { createdId, outcomeOf, perItem } from '../../execution/perItem';
import type { Connection } from '../../transport/connection';
import { ZohoApiError } from '../../transport/error';
import { missingScopes } from '../../transport/metadata';
import { oncePerRun } from '../../transport/once';
import { writeRow } from '../../transport/request';
import { METADATA, USERS } from '../../transport/scopes';
import { crmUsers } from '../../transport/users';
import { emailTaken, isTaken } from './foresee';
import { foreseeFields } from './foreseeFields';
import { readFields } from './userFields';
import { usersByEmail } from './userByEmail';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create CRM user',
	description: 'Add a user to your Zoho CRM organization; Zoho mails them an invitation',
	method: 'POST',
	path: '/users',
	scopes: [USERS.create, USERS.read, METADATA.profiles, METADATA.roles],
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
				return {
					subject: { email },
					user,
					request: { ...item.request(), body: { users: [user] } },
					name: [user.first_name, user.last_name].filter(Boolean).join(' '),
					dryRun: isDryRun(item),
				};
			},
			send: async (connection, { user, request, name, dryRun }) => {
				if (dryRun) return { name, ...(await planCreation(connection, user)) };
				const row = await writeRow(connection, request);
				return { ...createdId(row), name, ...outcomeOf(row) };
			},
		}),
		(item) => ({ email: item.text('email') }),
	),
};

/** Email addresses that a dry run would have given to new users. */
const planned = oncePerRun(async () => new Set<string>());

/** @throws ZohoApiError for what Zoho would refuse, as far as that can be known */
async function planCreation(
	connection: Connection,
	user: IDataObject & { email: string },
): Promise<IDataObject> {
	const refused = await foreseeFields(connection, user);
	if (refused) throw new ZohoApiError({ ...refused, foreseen: true });
	const { email } = user;
	const users = new Map((await crmUsers(connection)).map((one) => [String(one.id), one]));
	const emails = await planned(connection);
	const key = email.toLowerCase();
	if (emails.has(key) || isTaken(email, users)) {
		throw new ZohoApiError({ ...emailTaken(), foreseen: true });
	}
	emails.add(key);
	return { planned: true, action: 'created', ...missingScopes(connection) };
}
