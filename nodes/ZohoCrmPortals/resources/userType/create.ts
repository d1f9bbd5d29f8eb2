import type { Operation } from '../../execution/operation';
import { createdId, outcomeOf, perItem } from '../../execution/perItem';
import { sendForRow } from '../../transport/request';
import { completeModules } from './completeModules';
import { invitationField } from './invitationField';
import { isForm, readModules } from './modules';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Create user type',
	description: 'Add a user type to a portal: whom it is for and which modules they see',
	method: 'POST',
	path: '/settings/portals/{portal}/user_type',
	scope: 'ZohoCRM.settings.clientportal.CREATE',
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
			const body = { user_type: [userType] };
			const row = await sendForRow(connection, { ...request, body });
			return { id: createdId(row), ...outcomeOf(row), ...output };
		},
	}),
};
