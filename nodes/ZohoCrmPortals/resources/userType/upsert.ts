import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import { createdId, outcomeOf, perItem } from '../../run/perItem';
import type { ZohoRequest } from '../../http/request';
import { userTypePath } from '../../zoho/paths';
import { CLIENT_PORTAL, METADATA } from '../../zoho/scopes';
import { compare } from './compare';
import type { Comparison } from './compare';
import { leftOpen } from '../../form/field';
import { portal } from '../fields';
import { definition } from './definition';
import { nameField, settings } from './fields';
import { readable } from './differences';
import { foreseeChange, foreseeLetters, foreseeModules, foreseePersonality } from './foresee';
import { writeUserType } from './writeUserType';

const otherName = leftOpen(
	nameField({
		displayName: 'Name',
		description:
			'Name of the user type to create or update. Leave it empty to use the name in the definition.',
	}),
);

const NAMELESS = 'Enter a name, or have the definition give one.';

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
	fields: [portal, definition, otherName, settings],
	options: settings,
	strategy: perItem({
		group: (item) => {
			const inPortal = item.read(portal);
			const wanted = item.read(definition);
			const name = item.read(otherName) ?? wanted.name;
			if (name === undefined) throw item.invalid('Name', 'is empty', NAMELESS);
			return {
				subject: { name },
				request: item.request({ portal: inPortal }),
				inPortal,
				wanted: { ...wanted, name },
			};
		},
		send: async (connection, { subject, request, inPortal, wanted }) => {
			const comparison = await compare(connection, inPortal, wanted);
			const { id, body } = comparison;
			if (isUnchanged(comparison)) {
				return { id, ...subject, ...planned(comparison), code: 'UNCHANGED' };
			}
			const call = id === undefined ? request : updateOf(inPortal, id);
			const { row, lacking } = await writeUserType(connection, call, body, id);
			return {
				...(id === undefined ? createdId(row) : { id }),
				...subject,
				...planned(comparison),
				...outcomeOf(row),
				...lacking,
			};
		},
		plan: async (connection, { subject, inPortal, wanted }) => {
			const comparison = await compare(connection, inPortal, wanted);
			const { id, present, personality } = comparison;
			if (id === undefined) {
				foreseeLetters(subject.name);
				await foreseePersonality(connection, personality);
				await foreseeModules(connection, comparison.wanted, personality);
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

function updateOf(inPortal: string, id: string): ZohoRequest {
	return { method: 'PUT', path: userTypePath(inPortal, id), scope: CLIENT_PORTAL.update };
}
