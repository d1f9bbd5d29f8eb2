import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../transport/operation';
import { createdId, outcomeOf, single } from '../../transport/single';
import { invitationField } from './invitationField';
import { mendForm } from './mendForm';
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
	...single({
		subject: (item) => ({ name: item.text('name') }),
		request: (item) => ({
			body: {
				user_type: [
					{
						name: item.text('name'),
						personality_module: { api_name: item.text('personalityModule') },
						active: item.value('active', true),
						modules: readModules(item),
					},
				],
			},
		}),
		complete: async (request, connection, item) => {
			const [userType] = request.body?.user_type as [{ modules: IDataObject[] }];
			const { modules, output } = isForm(item)
				? await mendForm(connection, userType.modules, true)
				: { modules: userType.modules, output: {} };
			const field = await invitationField(connection, item.text('personalityModule'));
			const body = { user_type: [{ ...userType, ...field, modules }] };
			return { request: { ...request, body }, output };
		},
		result: (row) => ({ id: createdId(row), ...outcomeOf(row) }),
	}),
};
