import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../run/operation';
import { createdId, answerIn, perItem } from '../../run/perItem';
import type { Connection } from '../../http/connection';
import { choice, shownAs } from '../../form/field';
import { toUserType } from '../../zoho/directory';
import { CLIENT_PORTAL, METADATA } from '../../zoho/scopes';
import { portal } from '../fields';
import { completeModules } from './completeModules';
import { active, nameField, personalityModule, settings } from './fields';
import type { Completed } from './completeModules';
import { foreseeModules, foreseeName, foreseePersonality } from './foresee';
import { invitationField } from './invitationField';
import { readModules } from './modules';
import { modules, modulesJson, modulesMode, personalityEntry, WAYS } from './modulesFields';
import { plannedTypes } from './plannedTypes';
import { writeUserType } from './writeUserType';

const name = shownAs(
	nameField({
		displayName: 'Name',
		description: 'Name of the user type: letters, digits and spaces, at most 50',
	}),
	{ required: true },
);

const personality = personalityModule({
	required: true,
	description: 'The module whose records are the people of this user type, such as Contacts',
});

const mode = choice({ ...modulesMode, default: 'fields', options: WAYS });

/** The form starts with the personality module. */
const modulesForm = modules({ module: [personalityEntry] });

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create user type',
	description:
		'Add a user type to a portal, with its personality module and the modules that its users see',
	method: 'POST',
	path: '/settings/portals/{portal}/user_type',
	scopes: [
		CLIENT_PORTAL.create,
		CLIENT_PORTAL.read,
		METADATA.fields,
		METADATA.layouts,
		METADATA.modules,
	],
	limit: '1 a call, 5 user types per organization',
	thing: 'user type',
	done: 'created',
	fields: [portal, name, personality, active, mode, modulesForm, modulesJson, settings],
	options: settings,
	strategy: perItem({
		inOrder: true,
		subject: (item) => ({ name: item.read(name) }),
		group: (item) => {
			const inPortal = item.read(portal);
			return {
				subject: { name: item.read(name) },
				request: item.request({ portal: inPortal }),
				portal: inPortal,
				personality: item.read(personality),
				active: item.read(active),
				...readModules(item, item.read(mode), modulesForm),
			};
		},
		send: async (connection, group) => {
			const { subject, request } = group;
			const { modules, output } = await modulesOf(connection, group);
			const userType = {
				...subject,
				personality_module: { api_name: group.personality },
				active: group.active,
				...(await invitationField(connection, group.personality)),
				modules,
			};
			const { row, lacking } = await writeUserType(connection, request, userType);
			return { ...createdId(row), ...subject, ...answerIn(row), ...output, ...lacking };
		},
		plan: async (connection, group) => {
			const { subject } = group;
			const types = await plannedTypes(connection, group.portal);
			foreseeName(types, subject.name);
			await foreseePersonality(connection, group.personality);
			const { modules, output } = await modulesOf(connection, group);
			await foreseeModules(connection, modules, group.personality);
			types.set(subject.name, toUserType(subject));
			return { action: 'created', ...output };
		},
	}),
};

interface Modules {
	personality: string;
	modules: IDataObject[];
	byForm: boolean;
}

async function modulesOf(
	connection: Connection,
	{ personality: module, modules, byForm }: Modules,
): Promise<Completed> {
	return byForm ? await completeModules(connection, modules, module) : { modules, output: {} };
}
