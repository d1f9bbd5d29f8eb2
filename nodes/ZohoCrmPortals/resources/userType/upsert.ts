import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { createdId, outcomeOf, perItem } from '../../execution/perItem';
import type { ZohoRequest } from '../../transport/request';
import { userTypePath } from '../../transport/paths';
import { CLIENT_PORTAL, METADATA } from '../../transport/scopes';
import { compare } from './compare';
import type { Comparison } from './compare';
import { readDefinition } from './definition';
import { readable } from './differences';
import { foreseeChange, foreseeLetters, foreseeModules, foreseePersonality } from './foresee';
import { writeUserType } from './writeUserType';

export const upsert: Operation = {
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update user type',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	method: 'POST',
	path: '/settings/portals/{portal}/user_type',
	scopes: [
		CLIENT_PORTAL.create,
		CLIENT_PORTAL.read,
		CLIENT_PORTAL.update,
		METADATA.custom_views,
		METADATA.fields,
		METADATA.layouts,
		METADATA.modules,
	],
	limit: '1 a call, 5 user types per organization',
	thing: 'user type',
	done: 'created or updated',
	strategy: perItem({
		group: (item) => {
			const definition = readDefinition(item);
			return {
				subject: { name: definition.name },
				request: item.request(),
				portal: item.text('portal'),
				definition,
			};
		},
		send: async (connection, { subject, request, portal, definition }) => {
			const comparison = await compare(connection, portal, definition);
			const { id, body } = comparison;
			if (isUnchanged(comparison)) {
				return { id, ...subject, ...planned(comparison), code: 'UNCHANGED' };
			}
			const call = id === undefined ? request : updateOf(portal, id);
			const { row, lacking } = await writeUserType(connection, call, body, id);
			return {
				...(id === undefined ? createdId(row) : { id }),
				...subject,
				...planned(comparison),
				...outcomeOf(row),
				...lacking,
			};
		},
		plan: async (connection, { portal, definition }) => {
			const comparison = await compare(connection, portal, definition);
			const { id, present, wanted, personality } = comparison;
			if (id === undefined) {
				foreseeLetters(definition.name);
				await foreseePersonality(connection, personality);
				await foreseeModules(connection, wanted, personality);
			} else {
				await foreseeChange(connection, present, personality);
			}
			return { ...(id !== undefined && { id }), ...planned(comparison) };
		},
	}),
};

function isUnchanged({ id, changed }: Comparison): boolean {
	return id !== undefined && changed.length === 0;
}

/** What is done to a user type, in the past tense, and what that changes. */
function planned(comparison: Comparison): { action: string } & IDataObject {
	const { id, changed } = comparison;
	const action = id === undefined ? 'created' : 'updated';
	return {
		...(isUnchanged(comparison) ? { action: 'unchanged', unchanged: true } : { action }),
		changed: readable(changed),
	};
}

function updateOf(portal: string, id: string): ZohoRequest {
	return { method: 'PUT', path: userTypePath(portal, id), scope: CLIENT_PORTAL.update };
}
