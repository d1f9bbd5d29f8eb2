import type { IDataObject } from 'n8n-workflow';

import { isObject, listOf } from '../../transport/answer';
import type { Operation } from '../../transport/operation';
import { send } from '../../transport/send';
import type { Connection } from '../../transport/send';
import { createdId, onlyRow, outcomeOf, single } from '../../transport/single';
import { invitationField } from './invitationField';
import { asSent } from './modules';
import { userTypesPath } from './path';

export const duplicate: Operation = {
	name: 'Duplicate',
	value: 'duplicate',
	action: 'Duplicate user type',
	description:
		'Create a user type like another one, under a new name. Users stay with the original.',
	method: 'POST',
	path: '/settings/portals/{portal}/user_type',
	scope: 'ZohoCRM.settings.clientportal.CREATE',
	limit: '1 a call, 5 user types per organization',
	thing: 'user type',
	done: 'duplicated',
	...single({
		subject: (item) => ({ id: item.text('userType') }),
		request: (item) => ({
			path: userTypesPath(item.optionalText('targetPortal') ?? item.text('portal')),
			body: { user_type: [{ name: item.text('name') }] },
		}),
		complete: async (request, connection, item) => {
			const path = `${userTypesPath(item.text('portal'))}/${item.text('userType')}`;
			const source = onlyRow(await send(connection, { method: 'GET', path }), true);
			const copy = { name: item.text('name'), ...(await copyOf(source, connection)) };
			const body = { user_type: [copy] };
			return { request: { ...request, body }, output: { left_out: leftOut(source) } };
		},
		result: (row) => ({ id: createdId(row), ...outcomeOf(row) }),
	}),
};

async function copyOf(source: IDataObject, connection: Connection): Promise<IDataObject> {
	const { personality_module: personality, invitation_field: field, active } = source;
	const { id, api_name } = isObject(personality) ? personality : {};
	return {
		personality_module: { id, api_name },
		...(field ? { invitation_field: field } : await invitationField(connection, String(api_name))),
		active,
		modules: listOf(source.modules).map(asSent),
	};
}

/** What the copy does not have of the original, in words. */
function leftOut(source: IDataObject): string[] {
	const { active_user_count: active, deactive_user_count: inactive, no_of_users: all } = source;
	const users = Number(all ?? 0) + Number(active ?? 0) + Number(inactive ?? 0);
	const unknown = listOf(source.modules).flatMap((module) => {
		const sent = asSent(module);
		const dropped = Object.keys(module).filter((key) => !(key in sent));
		return dropped.map((key) => `${String(module.api_name)}.${key}`);
	});
	return [
		...(users > 0 ? [`${users} users, who stay with the original`] : []),
		...(source.default === true ? ['being the default user type'] : []),
		...unknown,
	];
}
