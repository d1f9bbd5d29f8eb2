import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { createdId, outcomeOf, perItem } from '../../execution/perItem';
import type { Connection } from '../../transport/connection';
import { isObject, listOf } from '../../transport/exactJson';
import { userTypePath, userTypesPath } from '../../transport/paths';
import { readRow } from '../../transport/request';
import { CLIENT_PORTAL, METADATA } from '../../transport/scopes';
import { invitationField } from './invitationField';
import { toModuleInput } from './modules';
import { writeUserType } from './writeUserType';

export const duplicate: Operation = {
	name: 'Duplicate',
	value: 'duplicate',
	action: 'Duplicate user type',
	description:
		'Create a user type like another one, under a new name. Users stay with the original.',
	method: 'POST',
	path: '/settings/portals/{portal}/user_type',
	scopes: [CLIENT_PORTAL.create, CLIENT_PORTAL.read, METADATA.fields],
	limit: '1 a call, 5 user types per organization',
	thing: 'user type',
	done: 'duplicated',
	strategy: perItem({
		group: (item) => {
			const id = item.text('userType');
			const target = item.optionalText('targetPortal') ?? item.text('portal');
			return {
				subject: { id },
				source: userTypePath(item.text('portal'), id),
				request: { ...item.request(), path: userTypesPath(target) },
				name: item.text('name'),
			};
		},
		send: async (connection, { source, request, name }) => {
			const original = await readRow(connection, {
				method: 'GET',
				path: source,
				scope: CLIENT_PORTAL.read,
			});
			const copy = { name, ...(await copyOf(original, connection)) };
			const { row, lacking } = await writeUserType(connection, request, copy);
			return { ...createdId(row), ...outcomeOf(row), left_out: leftOut(original), ...lacking };
		},
	}),
};

async function copyOf(source: IDataObject, connection: Connection): Promise<IDataObject> {
	const { personality_module: personality, invitation_field: field, active } = source;
	const { id, api_name } = isObject(personality) ? personality : {};
	return {
		personality_module: { id, api_name },
		...(field ? { invitation_field: field } : await invitationField(connection, String(api_name))),
		active,
		modules: listOf(source.modules).map(toModuleInput),
	};
}

/** What the copy does not have of the original, in words. */
function leftOut(source: IDataObject): string[] {
	const { active_user_count: active, deactive_user_count: inactive, no_of_users: all } = source;
	const users = Number(all ?? 0) + Number(active ?? 0) + Number(inactive ?? 0);
	const unknown = listOf(source.modules).flatMap((module) => {
		const sent = toModuleInput(module);
		const dropped = Object.keys(module).filter((key) => !(key in sent));
		return dropped.map((key) => `${String(module.api_name)}.${key}`);
	});
	return [
		...(users > 0 ? [`${users} users, who stay with the original`] : []),
		...(source.default === true ? ['being the default user type'] : []),
		...unknown,
	];
}
