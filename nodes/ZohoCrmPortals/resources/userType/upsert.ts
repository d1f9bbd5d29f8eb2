import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import { createdId, answerIn, perItem } from '../../run/perItem';
import type { Item } from '../../form/item';
import { requestOf } from '../../form/runItems';
import { perRun } from '../../http/once';
import { CLIENT_PORTAL, METADATA } from '../../zoho/scopes';
import { compareDefinition } from './compare';
import type { Comparison } from './compare';
import { leftOpen } from '../../form/field';
import { portal } from '../fields';
import { definition } from './definition';
import { nameField, settings } from './fields';
import { readable } from './differences';
import { foreseeChange, foreseeLetters, foreseeModules, foreseePersonality } from './foresee';
import { update } from './update';
import { writeUserType } from './writeUserType';

const otherName = leftOpen(
	nameField({
		displayName: 'Name',
		description:
			'Name of the user type to create or update. Leave it empty to use the name in the definition.',
	}),
);

const NAMELESS = 'Enter a name, or add one to the definition.';

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
		inOrder: true,
		subject: (item) => ({ name: nameIn(item) }),
		group: (item) => {
			const inPortal = item.read(portal);
			const wanted = item.read(definition);
			const name = nameIn(item, wanted);
			return {
				subject: { name },
				request: item.request({ portal: inPortal }),
				inPortal,
				wanted: { ...wanted, name },
			};
		},
		send: async (connection, { subject, request, inPortal, wanted }) => {
			const comparison = await compareDefinition(connection, inPortal, wanted);
			const { id, isNew, body } = comparison;
			if (isUnchanged(comparison)) {
				return { id, ...subject, ...planned(comparison), code: 'UNCHANGED' };
			}
			const known = { portal: inPortal, userType: id };
			const call = isNew ? request : requestOf(update, known);
			const { row, lacking } = await writeUserType(connection, call, body, id);
			return {
				...(isNew ? createdId(row) : { id }),
				...subject,
				...planned(comparison),
				...answerIn(row),
				...lacking,
			};
		},
		plan: async (connection, { subject, inPortal, wanted }) => {
			// Items that name the same user type are planned in order.
			const key = JSON.stringify([inPortal, subject.name.toLowerCase()]);
			const before = plannedIn(connection).get(key);
			const comparison = await compareDefinition(connection, inPortal, wanted, before);
			const { id, isNew, present, personality } = comparison;
			if (isNew) {
				foreseeLetters(subject.name);
				await foreseePersonality(connection, personality);
				await foreseeModules(connection, comparison.wanted, personality);
			} else {
				await foreseeChange(connection, present, personality);
			}
			plannedIn(connection).set(key, comparison);
			return { ...(id !== undefined && { id }), ...planned(comparison) };
		},
	}),
};

/** @throws NodeOperationError if there is no name */
function nameIn(item: Item, wanted = item.read(definition)): string {
	const name = item.read(otherName) ?? wanted.name;
	if (name === undefined) throw item.invalid('Name', 'is empty', NAMELESS);
	return name;
}

/** The planned state of user types in a dry run, by portal and name. */
const plannedIn = perRun(() => new Map<string, Comparison>());

function isUnchanged({ isNew, changed }: Comparison): boolean {
	return !isNew && changed.length === 0;
}

/** The action on a user type, in the past tense, and its changes. */
function planned(comparison: Comparison): { action: string } & IDataObject {
	const { isNew, changed } = comparison;
	const action = isNew ? 'created' : 'updated';
	return {
		...(isUnchanged(comparison) ? { action: 'unchanged', unchanged: true } : { action }),
		changed: readable(changed),
	};
}
