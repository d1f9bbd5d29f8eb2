import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../execution/operation';
import { createdId, outcomeOf, perItem } from '../../execution/perItem';
import type { Connection } from '../../transport/connection';
import { CLIENT_PORTAL, METADATA } from '../../transport/scopes';
import { completeModules } from './completeModules';
import type { Completed } from './completeModules';
import { foreseeModules, foreseeName, foreseePersonality } from './foresee';
import { invitationField } from './invitationField';
import { isForm, readModules } from './modules';
import { writeUserType } from './writeUserType';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create user type',
	description: 'Add a user type to a portal: whom it is for and which modules they see',
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
	strategy: perItem({
		group: (item) => ({
			subject: { name: item.text('name') },
			request: item.request(),
			portal: item.text('portal'),
			personality: item.text('personalityModule'),
			active: item.value('active', true),
			modules: readModules(item) ?? [],
			byForm: isForm(item),
		}),
		send: async (connection, group) => {
			const { subject, request, personality, active } = group;
			const { modules, output } = await modulesOf(connection, group);
			const userType = {
				...subject,
				personality_module: { api_name: personality },
				active,
				...(await invitationField(connection, personality)),
				modules,
			};
			const { row, lacking } = await writeUserType(connection, request, userType);
			return { ...createdId(row), ...subject, ...outcomeOf(row), ...output, ...lacking };
		},
		plan: async (connection, group) => {
			const { subject, portal, personality } = group;
			await foreseeName(connection, portal, subject.name);
			await foreseePersonality(connection, personality);
			const { modules, output } = await modulesOf(connection, group);
			await foreseeModules(connection, modules, personality);
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
	{ personality, modules, byForm }: Modules,
): Promise<Completed> {
	return byForm ? await completeModules(connection, modules, personality) : { modules, output: {} };
}
