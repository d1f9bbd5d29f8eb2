import type { Operation } from '../../execution/operation';
import { createdId, outcomeOf, perItem } from '../../execution/perItem';
import { CLIENT_PORTAL, METADATA } from '../../transport/scopes';
import { completeModules } from './completeModules';
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
	scopes: [CLIENT_PORTAL.create, METADATA.fields, METADATA.layouts, METADATA.modules],
	limit: '1 a call, 5 user types per organization',
	thing: 'user type',
	done: 'created',
	strategy: perItem({
		group: (item) => ({
			subject: { name: item.text('name') },
			request: item.request(),
			personality: item.text('personalityModule'),
			active: item.value('active', true),
			modules: readModules(item) ?? [],
			byForm: isForm(item),
		}),
		send: async (connection, { subject, request, personality, active, modules, byForm }) => {
			const { modules: complete, output } = byForm
				? await completeModules(connection, modules, true)
				: { modules, output: {} };
			const userType = {
				...subject,
				personality_module: { api_name: personality },
				active,
				...(await invitationField(connection, personality)),
				modules: complete,
			};
			const { row, lacking } = await writeUserType(connection, request, userType);
			return { ...createdId(row), ...outcomeOf(row), ...output, ...lacking };
		},
	}),
};
