import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import { createdId, answerIn, perItem } from '../../run/perItem';
import type { Connection } from '../../http/connection';
import { readUserType, toUserType } from '../../zoho/directory';
import { isObject, listOf } from '../../http/exactJson';
import { userTypePath } from '../../zoho/paths';
import { CLIENT_PORTAL, METADATA } from '../../zoho/scopes';
import { leftOpen, shownAs } from '../../form/field';
import { nameOf, otherPortal, subjectIn } from '../../form/locator';
import { portal, userType } from '../fields';
import { nameField, settings } from './fields';
import { foreseeName } from './foresee';
import { invitationField } from './invitationField';
import { toModuleInput } from './modules';
import { plannedTypes } from './plannedTypes';
import { writeUserType } from './writeUserType';

const newName = shownAs(
	nameField({
		displayName: 'New Name',
		description: 'Name of the copy: letters, digits and spaces, at most 50',
	}),
	{ required: true, placeholder: 'e.g. Dealers North' },
);

const targetPortal = leftOpen(
	otherPortal({
		displayName: 'Target Portal',
		name: 'targetPortal',
		required: false,
		description: 'The portal that gets the copy. Leave it empty to use the portal of the original.',
	}),
);

export const duplicate: Operation = {
	name: 'Duplicate',
	value: 'duplicate',
	action: 'Duplicate user type',
	description: 'Create a copy of a user type under a new name. Users stay with the original.',
	method: 'POST',
	path: '/settings/portals/{portal}/user_type',
	scopes: [CLIENT_PORTAL.create, CLIENT_PORTAL.read, METADATA.fields],
	limit: '1 a call, 5 user types per organization',
	thing: 'user type',
	done: 'duplicated',
	fields: [portal, userType, newName, targetPortal, settings],
	options: settings,
	strategy: perItem({
		inOrder: true,
		subject: (item) => item.read(subjectIn(userType)),
		group: (item) => {
			const id = item.read(userType);
			const source = item.read(portal);
			const target = item.read(targetPortal) ?? source;
			return {
				subject: { id },
				subjectName: item.read(nameOf(userType)),
				source: userTypePath(source, id),
				request: item.request({ portal: target }),
				target,
				name: item.read(newName),
			};
		},
		send: async (connection, { source, request, name }) => {
			const original = await readUserType(connection, source);
			const copy = { name, ...(await copyOf(original, connection)) };
			const { row, lacking } = await writeUserType(connection, request, copy);
			const left_out = notCopied(original);
			return { ...createdId(row), name, ...answerIn(row), left_out, ...lacking };
		},
		plan: async (connection, { source, target, name }) => {
			const original = await readUserType(connection, source);
			const types = await plannedTypes(connection, target);
			foreseeName(types, name);
			types.set(name, toUserType({ ...original, name }));
			return { name, action: 'duplicated', left_out: notCopied(original) };
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

/** The parts of the original that the copy does not have, in plain words. */
function notCopied(source: IDataObject): string[] {
	const { users = 0 } = toUserType(source);
	const unknown = listOf(source.modules).flatMap((module) => {
		const sent = toModuleInput(module);
		const dropped = Object.keys(module).filter((key) => !(key in sent));
		return dropped.map((key) => `${String(module.api_name)}.${key}`);
	});
	return [
		...(users > 0 ? [`${users} users, who stay with the original`] : []),
		...(source.default === true ? ['the status of default user type'] : []),
		...unknown,
	];
}
