import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import { answerIn, perItem } from '../../run/perItem';
import type { Connection } from '../../http/connection';
import { canMove, readUserType } from '../../zoho/directory';
import type { UserType } from '../../zoho/directory';
import { dataOf, ZohoApiError } from '../../http/error';
import { writeRow } from '../../http/request';
import type { ZohoRequest } from '../../http/request';
import { CLIENT_PORTAL } from '../../zoho/scopes';
import { leftOpen } from '../../form/field';
import { nameOf, subjectIn } from '../../form/locator';
import { portal, targetUserType, userType } from '../fields';
import { settings } from './fields';
import { refusal } from './foresee';
import { plannedTypes } from './plannedTypes';

const target = leftOpen(
	targetUserType({
		description:
			'The user type that takes over the remaining users. Leave it empty to delete a user type that has no users.',
	}),
);

export const remove: Operation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete user type',
	description:
		'Remove a user type from a portal for good. Zoho refuses while it has users, unless a target user type takes them over.',
	method: 'DELETE',
	path: '/settings/portals/{portal}/user_type/{userType}',
	scopes: [CLIENT_PORTAL.delete, CLIENT_PORTAL.read],
	limit: '1 a call',
	warnings: [
		{ message: 'This deletes the user type for good' },
		{
			message: 'Its users will move to the target user type',
			when: '$rawParameter["targetUserType"]',
		},
	],
	thing: 'user type',
	done: 'deleted',
	fields: [portal, userType, target, settings],
	options: settings,
	strategy: perItem({
		inOrder: true,
		subject: (item) => item.read(subjectIn(userType)),
		group: (item) => {
			const known = { portal: item.read(portal), userType: item.read(userType) };
			return {
				subject: { id: known.userType },
				subjectName: item.read(nameOf(userType)),
				portal: known.portal,
				request: { ...item.request(known), query: { transfer_To: item.read(target) } },
			};
		},
		// Zoho's answer has the ID as a number greater than 2^53; the ID in the request is exact.
		send: async (connection, { subject, request }) => ({
			...subject,
			deleted: true,
			...answerIn(await deleteOne(connection, request, subject.id)),
		}),
		plan: async (connection, { subject, portal: inPortal, request }) => {
			const types = await plannedTypes(connection, inPortal);
			const from = types.get(subject.id);
			if (!from) throw refusal('INVALID_DATA', { resource_path_index: 4 });
			const { name, users, isDefault } = from;
			if (isDefault) throw refusal('NOT_ALLOWED', { resource_path_index: 4 });
			const to = request.query.transfer_To;
			if (to !== undefined) types.set(to, afterTransfer(from, types.get(to), to));
			else if (users) throw refusal('INVALID_DATA', TARGET_MISSING);
			types.delete(from.id);
			return {
				name,
				action: 'deleted',
				...(users !== undefined && { users }),
				...(to !== undefined && { target_user_type_id: to }),
			};
		},
	}),
};

/** The detail of the error for a user type that still has users. */
const TARGET_MISSING = { param_name: 'transfer_To' };

/** The target user type after the transfer. Throws the error with which Zoho would refuse it. */
function afterTransfer(from: UserType, target: UserType | undefined, to: string): UserType {
	if (!target || to === from.id || !canMove(from, target)) {
		throw refusal('INVALID_DATA', { transfer_To: to });
	}
	const { users: present } = target;
	const { users: moved } = from;
	const isCounted = present !== undefined && moved !== undefined;
	return { ...target, users: isCounted ? present + moved : undefined };
}

/**
 * Deletes a user type. Zoho answers INVALID_DATA if it has users, but also if the portal is
 * unknown, and its documentation says no more. Therefore the node checks whether the user type
 * exists.
 */
async function deleteOne(
	connection: Connection,
	request: ZohoRequest,
	id: string,
): Promise<IDataObject> {
	return await writeRow(connection, request, id).catch(async (error) => {
		const data = dataOf(error);
		const unexplained = data.code === 'INVALID_DATA' && Object.keys(data.details).length === 0;
		if (!unexplained || data.uncertain || request.query?.transfer_To !== undefined) throw error;
		const found = await readUserType(connection, request.path).catch(dataOf);
		if (!('id' in found)) throw error;
		throw new ZohoApiError({ ...data, details: TARGET_MISSING });
	});
}
