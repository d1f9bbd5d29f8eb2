import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import { createdId, answerIn, perItem } from '../../run/perItem';
import type { Connection } from '../../http/connection';
import { ZohoApiError } from '../../http/error';
import { missingScopes } from '../../zoho/metadata';
import { oncePerRun } from '../../http/once';
import { writeRow } from '../../http/request';
import { METADATA, USERS } from '../../zoho/scopes';
import { crmUsersByEmail } from '../../zoho/crmUsers';
import { optional, shownAs } from '../../form/field';
import { additionalFields, profile, role, settings, textField, toCrmUserFields } from './fields';
import { emailTaken } from './foresee';
import { foreseeFields } from './foreseeFields';

const email = shownAs(
	textField('Email', 'email', 'Email address of the new user, which is also the login'),
	{ placeholder: 'name@email.com', required: true },
);

const firstName = shownAs(textField('First Name', 'first_name', 'First name of the new user'), {
	required: true,
});

const lastName = optional(textField('Last Name', 'last_name', 'Last name of the new user'));

const newRole = shownAs(role, { required: true });

const newProfile = shownAs(profile, { required: true });

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create CRM user',
	description: 'Add a user to your Zoho CRM organization; Zoho mails them an invitation',
	method: 'POST',
	path: '/users',
	scopes: [USERS.create, USERS.read, METADATA.profiles, METADATA.roles],
	limit: '1 a call',
	warnings: [{ message: 'Zoho will mail an invitation to the new user' }],
	thing: 'CRM user',
	done: 'created',
	fields: [email, firstName, lastName, newRole, newProfile, additionalFields, settings],
	options: settings,
	strategy: perItem({
		subject: (item) => ({ email: item.read(email) }),
		group: (item) => {
			const address = item.read(email);
			const user = {
				email: address,
				first_name: item.read(firstName),
				last_name: item.read(lastName),
				role: item.read(newRole),
				profile: item.read(newProfile),
				...toCrmUserFields(item.read(additionalFields)),
			};
			return {
				subject: { email: address },
				user,
				request: { ...item.request(), body: { users: [user] } },
				name: [user.first_name, user.last_name].filter(Boolean).join(' '),
			};
		},
		send: async (connection, { request, name }) => {
			const row = await writeRow(connection, request);
			return { ...createdId(row), name, ...answerIn(row) };
		},
		plan: async (connection, { user, name }) => ({
			name,
			...(await planCreation(connection, user)),
		}),
	}),
};

/** Email addresses of the users that a dry run would have created. */
const planned = oncePerRun(async () => new Set<string>());

/** @throws ZohoApiError for anything that Zoho would refuse, if it can be known in advance */
async function planCreation(
	connection: Connection,
	user: IDataObject & { email: string },
): Promise<{ action: string } & IDataObject> {
	const refused = await foreseeFields(connection, user);
	if (refused) throw new ZohoApiError({ ...refused, foreseen: true });
	const { email: address } = user;
	const users = await crmUsersByEmail(connection);
	const emails = await planned(connection);
	const key = address.toLowerCase();
	if (emails.has(key) || users.has(key)) {
		throw new ZohoApiError({ ...emailTaken(), foreseen: true });
	}
	emails.add(key);
	return { action: 'created', ...missingScopes(connection) };
}
